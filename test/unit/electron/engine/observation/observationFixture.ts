import type { LiveEntry } from "../../../../../electron/engine/discovery/believedEntries.ts";
import { transcriptFacts } from "../../../../../electron/engine/observation/sightedSummary.ts";
import type { SessionFacts } from "../../../../../electron/engine/transcripts/sessionFacts.ts";
import type { TranscriptFacts } from "../../../../../shared/model/session.ts";

export const SESSION_ID = "session-1";

/** 2026-11-20T20:00:00.000Z */
export const AT_MS = Date.UTC(2026, 10, 20, 20);

/** What the index tells of a finished session of two turns, with the given differences. */
export function someFacts(differences: Partial<SessionFacts> = {}): SessionFacts {
  return {
    title: "Told by the transcript",
    projectPath: "/home/dev/shop",
    lastCwd: "/home/dev/shop",
    gitBranch: "main",
    cliVersion: "2.1.300",
    entrypoint: "cli",
    model: "claude-opus-5-5",
    models: ["claude-haiku-5-5", "claude-opus-5-5"],
    startedAtMs: AT_MS,
    lastActivityMs: AT_MS + 60_000,
    turnCount: 2,
    toolCount: 3,
    subagentCount: 1,
    linesAdded: 10,
    linesRemoved: 4,
    pullRequestUrl: null,
    parentSessionId: null,
    costUsd: 0.5,
    brokenLines: 1,
    tooLongLines: 2,
    transcriptPath: "/home/dev/.claude/projects/-home-dev-shop/session-1.jsonl",
    isGone: false,
    ...differences,
  };
}

/** What a summary carries of such a transcript, with the given differences. */
export function someTranscriptFacts(differences: Partial<TranscriptFacts> = {}): TranscriptFacts {
  return { ...transcriptFacts(someFacts(), null), ...differences };
}

/** A believed registry entry of an idle terminal, with the given differences. */
export function anEntry(differences: Partial<LiveEntry> = {}): LiveEntry {
  return {
    pid: 7,
    sessionId: SESSION_ID,
    cwd: "/home/dev/registered",
    startedAt: AT_MS + 1_000,
    procStart: null,
    version: "2.1.329",
    kind: "interactive",
    entrypoint: "cli",
    name: null,
    status: "idle",
    waitingFor: null,
    statusUpdatedAt: null,
    messagingSocketPath: null,
    tmux: null,
    startIdentity: "start-7",
    ...differences,
  };
}
