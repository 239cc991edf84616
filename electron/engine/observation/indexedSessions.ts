/** What the index over transcripts holds, in the shape that lists and histories need. */
import type { TranscriptReader } from "../storage/transcriptReader.ts";
import type { TranscriptSessionRow } from "../storage/transcriptRows.ts";
import type { SearchFile } from "../transcripts/search/searchFile.ts";
import { parseSessionFacts, type SessionFacts } from "../transcripts/sessionFacts.ts";
import { breathing } from "./breathing.ts";
import type { IndexedSession } from "./sightings.ts";

/** What the index has read, and which of it is to be seen. */
export interface IndexSource {
  readonly read: TranscriptReader;
  readonly isShown: (path: string) => boolean;
}

/** The session as the index has it now; null when no transcript that is to be seen tells of it. */
export function indexedSession(source: IndexSource, sessionId: string): IndexedSession | null {
  const row = source.read.session(sessionId);
  return row === null ? null : indexedOf(source, row);
}

/** The facts of a row, and the tokens of its messages; null when it is not to be seen, or another version wrote it. */
export function indexedOf(source: IndexSource, row: TranscriptSessionRow): IndexedSession | null {
  const facts = shownFacts(source, row);
  if (facts === null) return null;
  const { messages, nanoUsd, ...usage } = source.read.messages.useOfSession(row.sessionId);
  const costUsd = nanoUsd === null ? facts.costUsd : inUsd(nanoUsd);
  return { facts: { ...facts, costUsd }, usage: messages === 0 ? null : usage };
}

/** The transcript that a session is shown from, with its last activity; null when there is none (any more). */
export function indexedTranscript(source: IndexSource, sessionId: string): IndexedTranscript | null {
  const row = source.read.session(sessionId);
  const facts = row === null ? null : shownFacts(source, row);
  if (facts === null || facts.isGone || facts.transcriptPath === null) return null;
  const path = facts.transcriptPath;
  const identity = source.read.fileStatesOfSession(sessionId).find((file) => file.path === path)?.identity ?? "";
  return { path, identity, lastActivityMs: facts.lastActivityMs };
}

function shownFacts(
  { read, isShown }: IndexSource,
  { sessionId, facts: text }: TranscriptSessionRow,
): SessionFacts | null {
  const facts = parseSessionFacts(text);
  if (facts === null) return null;
  const path = facts.transcriptPath ?? read.fileStatesOfSession(sessionId)[0]?.path;
  return path === undefined || !isShown(path) ? null : facts;
}

export interface IndexedTranscript {
  readonly path: string;
  /** Stays when the file is moved, and changes when it is replaced. */
  readonly identity: string;
  readonly lastActivityMs: number;
}

/** The files that search reads, of all sessions or of those named, their sub-agents' too; deleted ones are left out. */
export async function* searchedFiles(
  read: TranscriptReader,
  sessionIds?: ReadonlySet<string>,
): AsyncGenerator<SearchFile> {
  const breathe = breathing();
  for (const sessionId of sessionIds ?? idsOf(read)) {
    await breathe();
    for (const { path, kind, state, identity, sizeBytes, modifiedMs } of read.fileStatesOfSession(sessionId)) {
      if (state === "gone" || state === "failed") continue;
      yield { path, sessionId, isSubagent: kind === "subagent", identity, sizeBytes, modifiedMs };
    }
  }
}

/** The ids of all sessions that were ever read. */
export function* idsOf(read: TranscriptReader): Generator<string> {
  for (const { sessionId } of read.allSessions()) yield sessionId;
}

const NANO_PER_MICRO = 1000;
const MICRO_PER_USD = 1_000_000;

/** In dollars with six places. */
function inUsd(nano: number): number {
  return Math.round(nano / NANO_PER_MICRO) / MICRO_PER_USD;
}
