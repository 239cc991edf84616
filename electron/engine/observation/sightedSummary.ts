/**
 * What a list shows of a session that other processes run, or that none does: put together from the transcript's facts,
 * the registry and what was known before. Pure.
 */
import { dirname } from "node:path";
import type { Activity } from "../../../shared/model/activity.ts";
import type { SessionSummary, TranscriptFacts } from "../../../shared/model/session.ts";
import type { TokenUsage } from "../../../shared/model/usage.ts";
import { combineActivity } from "../discovery/combineActivity.ts";
import type { LiveEntry } from "../discovery/believedEntries.ts";
import type { TranscriptActivity } from "../discovery/classifyTranscript.ts";
import type { SessionFacts } from "../transcripts/sessionFacts.ts";

/** What is known of one session. */
export interface SightingSources {
  readonly sessionId: string;
  /** What the list showed until now. */
  readonly before: SessionSummary | undefined;
  /** What its transcript tells; null when there is none, or none any more. */
  readonly facts: SessionFacts | null;
  /** The tokens of its messages; null when none told any. */
  readonly usage: TokenUsage | null;
  /** The process that has it open, as the registry tells; null when none has. */
  readonly live: LiveEntry | null;
  /** The process without a registry entry that was found to have it open; null when none was. */
  readonly process: { readonly pid: number } | null;
  /** What the end of its transcript says it is doing. */
  readonly activity: TranscriptActivity;
  readonly label: string | null;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

const UNTITLED = "Untitled session";

/** Null when nothing is known of it. */
export function sightedSummary(sources: SightingSources): SessionSummary | null {
  const { sessionId, before, facts, live } = sources;
  const open = live ?? sources.process;
  if (before === undefined && facts === null && open === null) return null;
  return {
    sessionId,
    projectPath: projectOf(sources),
    worktree: before?.worktree ?? null,
    isFolderGone: before?.isFolderGone ?? false,
    title: titleOf(sources),
    owner: open === null ? "none" : "observed",
    live: open !== null,
    activity: activityOf(sources),
    model: facts?.model ?? before?.model ?? null,
    permissionMode: before?.permissionMode ?? null,
    gitBranch: facts?.gitBranch ?? before?.gitBranch ?? null,
    cliVersion: live?.version ?? facts?.cliVersion ?? before?.cliVersion ?? null,
    ...timesOf(sources),
    turnCount: facts?.turnCount ?? before?.turnCount ?? 0,
    costUsd: costOf(before, facts),
    // Only the stream of an owned session tells which turn runs.
    turnCostUsd: null,
    context: before?.context ?? null,
    // Only those that can be decided here are counted; a terminal's own prompt is told by the activity.
    pendingPermissions: 0,
    pid: open?.pid ?? null,
    routes: [],
    parentSessionId: facts?.parentSessionId ?? before?.parentSessionId ?? null,
    label: sources.label,
    facts: facts === null ? (before?.facts ?? null) : transcriptFacts(facts, sources.usage),
  };
}

/** The part of a transcript's facts that a summary carries beside its own fields. */
export function transcriptFacts(facts: SessionFacts, usage: TokenUsage | null): TranscriptFacts {
  const { entrypoint, models, toolCount, subagentCount, linesAdded, linesRemoved, pullRequestUrl } = facts;
  const { projectPath, lastCwd, brokenLines, tooLongLines } = facts;
  return {
    entrypoint,
    models,
    usage,
    toolCount,
    subagentCount,
    linesAdded,
    linesRemoved,
    pullRequestUrl,
    lastCwd: lastCwd === projectPath ? null : lastCwd,
    unreadableLines: brokenLines + tooLongLines,
  };
}

function titleOf({ before, facts, live }: SightingSources): string {
  const known = [facts?.title, before?.title === UNTITLED ? null : before?.title, live?.name];
  return known.find((title) => title !== undefined && title !== null && title !== "") ?? UNTITLED;
}

/** A transcript that names no directory is shown with the folder it lies in: the folder's name cannot be decoded. */
function projectOf({ facts, live, before }: SightingSources): string {
  const known = facts?.projectPath ?? live?.cwd ?? before?.projectPath;
  if (known !== undefined && known !== null) return known;
  const path = facts?.transcriptPath ?? null;
  return path === null ? "" : dirname(path);
}

/** How an owned session ended is known better than that it did. */
function activityOf({ before, live, process, activity }: SightingSources): Activity {
  const isOver = before?.activity.kind === "ended" || before?.activity.kind === "failed";
  const isOpen = live !== null || process !== null;
  if (!isOpen && isOver) return before.activity;
  return combineActivity({
    owned: null,
    registry: live,
    process: isOpen ? "running" : "gone",
    transcript: activity,
  });
}

/** What the ledger says, which may be less than before: prices change. */
function costOf(before: SessionSummary | undefined, facts: SessionFacts | null): number | null {
  return facts?.costUsd ?? before?.costUsd ?? null;
}

/** What is dated in the future comes from a clock that is or was wrong: where nothing else is known it is now. */
function timesOf({
  before,
  facts,
  live,
  nowMs,
}: SightingSources): Pick<SessionSummary, "startedAt" | "lastActivityAt"> {
  const latestMs = nowMs + CLOCK_MS;
  const told = [facts?.startedAtMs, msOf(before?.startedAt), facts === null ? live?.startedAt : null].filter(isTime);
  const starts = told.filter((time) => time <= latestMs);
  const all = [facts?.lastActivityMs, msOf(before?.lastActivityAt), live?.startedAt, live?.statusUpdatedAt].filter(
    isTime,
  );
  const ends = all.filter((time) => time <= latestMs);
  const known = ends.length > 0 ? ends : starts;
  const isInFuture = known.length === 0 && all.length > 0;
  const lastActivityMs = isInFuture ? nowMs : Math.max(...known, 0);
  return {
    startedAt: new Date(Math.min(...starts, lastActivityMs)).toISOString(),
    lastActivityAt: new Date(lastActivityMs).toISOString(),
  };
}

/** Clocks of disks and of other machines differ by so much. */
const CLOCK_MS = 60_000;

function isTime(value: number | null | undefined): value is number {
  return typeof value === "number" && value >= 0;
}

function msOf(iso: string | undefined): number | null {
  return iso === undefined ? null : Date.parse(iso);
}
