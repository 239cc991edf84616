/** What a restarted host must have in common with one that reads the same files for the first time. */
import { expect } from "vitest";
import type { CostRow } from "../../shared/model/cost.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import { type CostGroup, type KillableHost, listedSessions, toldCosts, toldEntries } from "./killableHost.ts";
import {
  difference,
  ledgerContents,
  type LedgerContents,
  type LedgerRow,
  type LeftBehind,
  NO_DIFFERENCE,
} from "./ledgerContents.ts";
import type { RestlessTranscripts } from "./restlessTranscripts.ts";

/** What sets the two apart. */
export interface Apart {
  /** Sessions that only one of them was told of, by an import or by running them. */
  readonly started: ReadonlySet<string>;
  /** Of which things are gone from disk that the one has read and the other cannot. */
  readonly transcripts?: Pick<RestlessTranscripts, "passingSessions" | "deletedSessions" | "deleted" | "passed">;
}

const NONE: ReadonlySet<string> = new Set();

/** The databases are sound, no message is there twice, and everything that was acknowledged is there. */
export function expectKept({ integrity, messageIds }: LeftBehind, acknowledged: ReadonlySet<string>): void {
  // There is nothing to search before the index is ready.
  expect({ "search.db": "ok", ...integrity }).toEqual({
    "ledger.db": "ok",
    "search.db": "ok",
    "switchboard.db": "ok",
  });
  const counts = new Map<string, number>();
  for (const id of messageIds) counts.set(id, (counts.get(id) ?? 0) + 1);
  const doubled = [...counts].filter(([, count]) => count > 1);
  const lost = [...acknowledged].filter((id) => !counts.has(id));
  expect({ doubled, lost }).toEqual({ doubled: [], lost: [] });
}

/** All rows of a host's ledger, and what it tells of sessions and of what each cost. */
export interface Known {
  readonly rows: LedgerContents;
  readonly sessions: readonly SessionSummary[];
  readonly costs: readonly CostRow[];
}

/** What a host knows once its index is ready. */
export async function knownBy(host: KillableHost): Promise<Known> {
  const rows = ledgerContents(host.dataDir);
  expect(await toldEntries(host)).toBe(rows.messages.length);
  const sessions = [...(await listedSessions(host)).values()];
  return { rows, sessions, costs: (await toldCosts(host, "session")).rows };
}

/** Everything is the same but what sets the two apart. */
export function expectSame(found: Known, fresh: Known, apart: Apart): void {
  expect(comparable(found.rows, fresh.rows, apart)).toEqual({
    files: NO_DIFFERENCE,
    sessions: NO_DIFFERENCE,
    messages: NO_DIFFERENCE,
    remembered: [],
    totals: NO_DIFFERENCE,
    marks: NO_DIFFERENCE,
  });
  const isCompared = (sessionId: string): boolean =>
    !apart.started.has(sessionId) && apart.transcripts?.passingSessions.has(sessionId) !== true;
  const sessionsOf = ({ sessions }: Known) => sessions.filter(({ sessionId }) => isCompared(sessionId));
  const costsOf = ({ costs }: Known) => costs.filter(({ key }) => isCompared(key));
  expect(difference(sessionsOf(found), sessionsOf(fresh))).toEqual(NO_DIFFERENCE);
  expect(difference(costsOf(found), costsOf(fresh))).toEqual(NO_DIFFERENCE);
  expect(sessionsOf(fresh).length).toBeGreaterThan(10);
}

function comparable(found: LedgerContents, expected: LedgerContents, { started, transcripts }: Apart): object {
  const { deleted = NONE, deletedSessions = NONE, passingSessions = NONE, passed = NONE } = transcripts ?? {};
  const isOf = (set: ReadonlySet<string>, column: string) => (row: LedgerRow) => set.has(String(row[column]));
  const [isStarted, isPassing] = [isOf(started, "session_id"), isOf(passingSessions, "session_id")];
  const isDeletedSession = isOf(deletedSessions, "session_id");
  const stillThere = new Set(expected.messages.map((row) => row["message_id"]));
  const transcribed = found.messages.filter((row) => !isStarted(row));
  const lost = new Set(transcribed.filter((row) => !stillThere.has(row["message_id"])));
  // A message that was cut off in its middle: the records that called its tools are gone from disk.
  const lasting = (row: LedgerRow): LedgerRow => (isOf(passed, "message_id")(row) ? { ...row, tools: null } : row);
  return {
    files: difference(
      found.files.filter((row) => row["state"] !== "gone" || !isOf(deleted, "path")(row)),
      expected.files,
    ),
    sessions: difference(
      found.sessions.filter((row) => !isStarted(row) && !isDeletedSession(row)),
      expected.sessions.filter((row) => !isDeletedSession(row)),
    ),
    messages: difference(transcribed.filter((row) => !lost.has(row)).map(lasting), expected.messages.map(lasting)),
    // What was read before it was cut off or deleted is kept, and nothing else.
    remembered: [...lost].filter((row) => !isOf(passed, "message_id")(row)),
    totals: difference(
      found.totals.filter((row) => !isStarted(row) && !isPassing(row)),
      expected.totals.filter((row) => !isPassing(row)),
    ),
    marks: difference(found.marks, expected.marks),
  };
}

const GROUPS: readonly CostGroup[] = ["day", "model", "project"];

/** Costs in all, without those of sessions that were run here or imported. */
export async function toldGroups(host: KillableHost): Promise<readonly unknown[]> {
  const told = GROUPS.map((groupBy) => toldCosts(host, groupBy, "&owner=observed&from=2021-01-01T00:00:00.000Z"));
  return Promise.all(told);
}
