/** What is looked at before a session is resumed or forked: who has it open, and what of its past only its transcript has. */
import { stat } from "node:fs/promises";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { EventData } from "../../../shared/model/event.ts";
import type { LiveEntry } from "../discovery/believedEntries.ts";
import type { SessionHistory } from "./sessionHistory.ts";
import type { FoundProcess } from "./unregisteredSessions.ts";

export type TakenHistory = EventData<"session.created">["history"];

export interface TakeOverParts {
  /** Looks at the registry again; resolves when what it tells was taken in. */
  readonly lookAround: () => Promise<void>;
  /** The process of somebody else that has the session open, or null. */
  readonly live: (sessionId: string) => LiveEntry | null;
  /** Looks for a process without a registry entry that has it open, or seems to. */
  readonly findOpen: (sessionId: string) => Promise<FoundProcess | null>;
  readonly isKnown: (sessionId: string) => boolean;
  readonly transcriptOf: (sessionId: string) => { readonly path: string } | null;
  readonly history: Pick<SessionHistory, "goesOnElsewhere">;
}

/** @throws RequestError `session_open_elsewhere` while another process has it open. */
export async function lookBeforeTakeOver(
  { lookAround, live, findOpen, isKnown, transcriptOf, history }: TakeOverParts,
  sessionId: string,
  isFork: boolean,
): Promise<TakenHistory> {
  await lookAround();
  const entry = live(sessionId);
  if (entry !== null) throw openElsewhere(entry, true);
  const process = await findOpen(sessionId);
  if (process !== null) throw openElsewhere(process, process.isNamed);
  const path = transcriptOf(sessionId)?.path;
  const found = path === undefined ? null : await stat(path).catch(() => null);
  if (found === null) return null;
  // The file's own time, because the index may not have read yet what another process has just said.
  const isWholeHere = isKnown(sessionId) && !history.goesOnElsewhere(sessionId, found.mtimeMs);
  return isWholeHere && !isFork ? null : { sessionId, bytes: found.size };
}

function openElsewhere({ pid, sessionId }: Pick<LiveEntry, "pid" | "sessionId">, isSure: boolean): RequestError {
  const words = isSure
    ? `Process ${pid} has this session open, and two writers would tear its transcript.`
    : `Process ${pid} works in this session's directory and seems to write it, and two writers would tear its transcript.`;
  return new RequestError("session_open_elsewhere", `${words} Close it there first.`, { pid, sessionId });
}
