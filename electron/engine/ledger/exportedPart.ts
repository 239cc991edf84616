/**
 * What an export holds, part by part: the CLI's totals first, then messages in the order of their keys. So a message that
 * comes meanwhile is in a later part, and no total speaks of messages that came too late.
 */
import { type EntrySources, toldEntry } from "./costEntries.ts";
import { exportPart, type ExportRow, type ExportSession, messageRow, totalRow } from "./costExport.ts";
import { type EntryFilter, entryFilter, isWithin, passes, passesRemainder } from "./costFilters.ts";
import type { CostAnswers } from "./costMessages.ts";
import type { EntryTable } from "./entryTable.ts";

/** Rows a part: some hundred kilobytes. The totals of one session stay together. */
const EXPORTED_AT_A_TIME = 1000;

/** Stands in a cursor before the number of the session whose totals came last; any other is the key of a message. */
const TOTALS = "t";

type SessionOf = (session: number) => ExportSession;

/** `done` and `total` count messages. */
export function exportedPart(
  sources: EntrySources,
  { format, cursor, ...filters }: CostAnswers["export"]["ask"],
): CostAnswers["export"]["answer"] {
  const filter = entryFilter(sources.table, filters);
  const sessionOf = exportedSessions(sources);
  const isAtTotals = cursor === undefined || cursor.startsWith(TOTALS);
  const totals = isAtTotals
    ? totalsAfter(sources.table, filter, Number(cursor?.slice(TOTALS.length) ?? 0), sessionOf)
    : NO_TOTALS;
  const room = totals.lastSession === null ? Math.max(0, EXPORTED_AT_A_TIME - totals.rows.length) : 0;
  const messages = messagesAfter(sources, filter, { key: isAtTotals ? 0 : Number(cursor), room }, sessionOf);
  const { done, total } = messages;
  const isLast = totals.lastSession === null && done === total;
  const text = exportPart(format, [...totals.rows, ...messages.rows], { isFirst: cursor === undefined, isLast });
  const next = totals.lastSession === null ? String(messages.lastKey) : `${TOTALS}${totals.lastSession}`;
  return { text, done, total, nextCursor: isLast ? null : next };
}

interface MessagesPart {
  readonly rows: readonly ExportRow[];
  readonly lastKey: number;
  readonly done: number;
  readonly total: number;
}

function messagesAfter(
  { table, reads, book }: EntrySources,
  filter: EntryFilter,
  { key, room }: { readonly key: number; readonly room: number },
  sessionOf: SessionOf,
): MessagesPart {
  const places: number[] = [];
  for (let place = 0; place < table.length; place += 1) if (passes(table, place, filter)) places.push(place);
  const from = places.findIndex((place) => (table.key[place] ?? 0) > key);
  const start = from === -1 ? places.length : from;
  const part = places.slice(start, start + room);
  const rows = part.flatMap((place) => {
    const row = reads.fullEntry(table.key[place] ?? 0);
    return row === null ? [] : [messageRow(toldEntry(table, row, book), sessionOf(row.session))];
  });
  const last = part.at(-1);
  const lastKey = last === undefined ? key : (table.key[last] ?? key);
  return { rows, lastKey, done: start + part.length, total: places.length };
}

interface TotalsPart {
  readonly rows: readonly ExportRow[];
  /** The number of the last session in it; null when there are no more. */
  readonly lastSession: number | null;
}

const NO_TOTALS: TotalsPart = { rows: [], lastSession: null };

function totalsAfter(table: EntryTable, filter: EntryFilter, after: number, sessionOf: SessionOf): TotalsPart {
  const rows: ExportRow[] = [];
  let lastSession = after;
  for (const session of [...table.comparisons.keys()].toSorted((a, b) => a - b)) {
    if (session <= after || !passesRemainder(session, filter)) continue;
    if (rows.length >= EXPORTED_AT_A_TIME) return { rows, lastSession };
    rows.push(...totalsOf(table, filter, session, sessionOf(session)));
    lastSession = session;
  }
  return { rows, lastSession: null };
}

/** All of them, as they were told; where bounds cut the session, what those within hold beyond messages, for reading. */
function totalsOf(table: EntryTable, filter: EntryFilter, session: number, known: ExportSession): readonly ExportRow[] {
  const totals = table.totalsOf(session);
  const isWhole =
    totals.every(({ atMs }) => isWithin(atMs, filter)) &&
    table.placesOfSession(session).every((place) => isWithin(table.atMs[place] ?? Number.NaN, filter));
  const remainders = table.comparisons.get(session)?.remainders ?? [];
  const beyond = new Map(remainders.map(({ atMs, nanoUsd }) => [atMs, nanoUsd]));
  return totals
    .filter(({ atMs }) => isWithin(atMs, filter) && (isWhole || beyond.has(atMs)))
    .map((total) => totalRow(total, known, beyond.get(total.atMs) ?? 0, isWhole));
}

/** Each is looked up once. */
function exportedSessions({ table, reads }: EntrySources): SessionOf {
  const known = new Map<number, ExportSession>();
  const lookUp = (session: number): ExportSession => {
    const row = table.sessions.get(session);
    return {
      sessionId: row?.sessionId ?? null,
      sessionTitle: table.titleOf(session),
      label: row?.label ?? null,
      owner: row?.isOwned === 1 ? "owned" : "observed",
      parentSessionId: reads.parentSessionId(session),
      projectPath: row?.projectPath ?? null,
    };
  };
  return (session) => {
    const found = known.get(session) ?? lookUp(session);
    known.set(session, found);
    return found;
  };
}
