/** The dearest sessions, projects, labels, models, turns and tools. */
import { type CostGroup, NO_LABEL, type TopRow } from "../../../shared/model/cost.ts";
import { firstOnes, labelOf } from "./costReport.ts";
import { FLAG_SIDECHAIN } from "../storage/ledgerReads.ts";
import { costByTool } from "./costByTool.ts";
import { eachSum } from "./costCells.ts";
import { type CostFilters, type EntryFilter, entryFilter, passes, passesRemainder } from "./costFilters.ts";
import type { EntryTable } from "./entryTable.ts";
import type { LedgerReads } from "../storage/ledgerReads.ts";
import { placeOfTurn, type TurnPlace } from "./sessionCost.ts";
import { SumRows } from "./sumRows.ts";

export interface TopAsk extends CostFilters {
  readonly what: "sessions" | "projects" | "labels" | "models" | "turns" | "tools";
  readonly limit: number;
}

interface Found {
  /** Its row. */
  readonly sum: number;
  session: number;
  readonly turn: number;
  /** Of a turn: the place of the first entry. */
  first: number;
}

export interface PlacedTop {
  readonly rows: readonly TopRow[];
  /** Of turns alone. */
  readonly places: readonly TurnPlace[];
}

export function costTop(table: EntryTable, reads: LedgerReads, ask: TopAsk): PlacedTop {
  const filter = entryFilter(table, ask);
  const sums = new SumRows();
  const found = foundFor({ table, reads, filter, sums }, ask);
  const ofOne = ask.what === "sessions" || ask.what === "turns";
  if (ask.what === "sessions" || ask.what === "projects" || ask.what === "labels")
    addRemainders({ table, filter, sums }, found, ask.what);
  if (ask.what === "turns") addTurnRemainders({ table, filter, sums }, found);
  const ordered = [...found].toSorted(([, a], [, b]) => sums.allNano(b.sum) - sums.allNano(a.sum));
  const dearest = firstOnes(ordered, ask.limit, ([key]) => ask.what === "labels" && key === NO_LABEL);
  const places =
    ask.what === "turns"
      ? dearest.flatMap(([, { turn, first }]) => placeOfTurn(reads, table.turns.nameOf(turn), table.key[first]))
      : [];
  const rows = dearest.map(([key, { sum, session, turn }]) => {
    const sessionId = table.sessions.get(session)?.sessionId ?? "";
    const text = ask.what === "turns" ? (table.turns.nameOf(turn) ?? "") : String(key);
    const name = ask.what === "sessions" ? sessionId : text;
    return {
      key: name,
      label: (ofOne ? table.titleOf(session) : null) ?? labelOf(name, groupsOf[ask.what] ?? "model"),
      sessionId: ofOne ? sessionId : null,
      at: Number.isFinite(sums.lastMs(sum)) ? new Date(sums.lastMs(sum)).toISOString() : null,
      ...sums.told(sum),
    };
  });
  return { rows, places };
}

/** How the rows are called in a report, where that makes a difference to what one without a name is called. */
const groupsOf: Readonly<Partial<Record<TopAsk["what"], CostGroup>>> = { projects: "project", labels: "label" };

/** What is gone through, and where it is added up. */
interface Search {
  readonly table: EntryTable;
  readonly filter: EntryFilter;
  readonly sums: SumRows;
}

function foundFor(
  search: Search & { readonly reads: LedgerReads },
  { what, limit }: TopAsk,
): Map<string | number, Found> {
  if (what === "turns") return dearestTurns(search, limit);
  if (what !== "tools") return foundBy(search, what);
  const byTool = costByTool(search, search.reads.tools());
  return new Map([...byTool].map(([name, sum]) => [name, { sum, session: 0, turn: 0, first: 0 }]));
}

function foundBy(
  { table, filter, sums }: Search,
  what: "sessions" | "projects" | "labels" | "models",
): Map<string | number, Found> {
  const found = new Map<string | number, Found>();
  const sumOf = (session: number, kind: number): number => {
    const key = keyOf(table, what, session, kind);
    const known = found.get(key);
    if (known !== undefined) return known.sum;
    const sum = sums.make();
    found.set(key, { sum, session, turn: 0, first: 0 });
    return sum;
  };
  const { cells } = table;
  eachSum(table, filter, {
    cell: (cell) => {
      sums.join(sumOf(cells.session[cell] ?? 0, cells.kind[cell] ?? 0), cells.sums, cell);
      return true;
    },
    entry: (place) => sums.add(sumOf(table.session[place] ?? 0, table.kind[place] ?? 0), table, place),
  });
  return found;
}

function keyOf(
  table: EntryTable,
  what: "sessions" | "projects" | "labels" | "models",
  session: number,
  kind: number,
): string | number {
  if (what === "sessions") return session;
  if (what === "labels") return table.sessions.get(session)?.label ?? NO_LABEL;
  return (what === "projects" ? table.sessions.get(session)?.projectPath : table.models.get(kind)) ?? "";
}

/** What is beyond messages is of no model. */
const NO_KIND = -1;

/** There is a turn for every few entries: which ones are the dearest is found out before they are added up. */
function dearestTurns(search: Search, limit: number): Map<string | number, Found> {
  const { table, filter, sums } = search;
  const found = new Map<number, Found>();
  for (const turn of largest(nanoByTurn(search), limit)) {
    found.set(turn, { sum: sums.make(), session: 0, turn, first: -1 });
  }
  for (let place = 0; place < table.length; place += 1) {
    if (!passes(table, place, filter)) continue;
    const one = found.get(table.turns.of(place));
    if (one === undefined) continue;
    one.session = table.session[place] ?? 0;
    sums.add(one.sum, table, place);
    const isSubagent = ((table.flags[place] ?? 0) & FLAG_SIDECHAIN) !== 0;
    if (!isSubagent && (one.first === -1 || (table.atMs[place] ?? 0) < (table.atMs[one.first] ?? 0))) one.first = place;
  }
  return found;
}

function addTurnRemainders({ table, filter, sums }: Search, found: ReadonlyMap<string | number, Found>): void {
  eachTurnRemainder(table, filter, (turn, session, nanoUsd) => {
    const one = found.get(turn);
    if (one === undefined) return;
    if (one.session === 0) one.session = session;
    sums.addUnattributed(one.sum, nanoUsd);
  });
}

function eachTurnRemainder(
  table: EntryTable,
  filter: EntryFilter,
  visit: (turn: number, session: number, nanoUsd: number) => void,
): void {
  for (const remainder of table.remainders) {
    const { session, atMs, nanoUsd } = remainder;
    if (!passesRemainder(session, filter) || atMs < filter.fromMs || atMs >= filter.toMs) continue;
    visit(table.turns.ofRemainder(session, remainder), session, nanoUsd);
  }
}

/** Used again and again: an array for every question would keep the collector busy. */
let turnNano = new Float64Array(0);

/** By the turn's number; NaN of those that are not asked for, and of what belongs to none. Holds until the next call. */
function nanoByTurn({ table, filter }: Search): Float64Array {
  if (turnNano.length < table.turns.end) turnNano = new Float64Array(2 * table.turns.end);
  const nanoOf = turnNano.fill(Number.NaN);
  for (let place = 0; place < table.length; place += 1) {
    if (!passes(table, place, filter)) continue;
    const turn = table.turns.of(place);
    nanoOf[turn] = (nanoOf[turn] || 0) + (table.nanoUsd[place] || 0);
  }
  eachTurnRemainder(table, filter, (turn, _session, nanoUsd) => {
    nanoOf[turn] = (nanoOf[turn] || 0) + nanoUsd;
  });
  nanoOf[0] = Number.NaN;
  return nanoOf;
}

/** The places of the largest numbers, the largest first; NaN is none. */
function largest(numbers: Float64Array, count: number): readonly number[] {
  const places: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < numbers.length; place += 1) {
    const number = numbers[place] ?? Number.NaN;
    if (!(places.length < count ? number >= Number.NEGATIVE_INFINITY : number > least)) continue;
    let at = places.length;
    while (at > 0 && (numbers[places[at - 1] ?? 0] ?? 0) < number) at -= 1;
    places.splice(at, 0, place);
    if (places.length > count) places.pop();
    least = numbers[places.at(-1) ?? 0] ?? 0;
  }
  return places;
}

function addRemainders(
  { table, filter, sums }: Search,
  found: Map<string | number, Found>,
  what: "sessions" | "projects" | "labels",
): void {
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (!passesRemainder(session, filter) || atMs < filter.fromMs || atMs >= filter.toMs) continue;
    const key = keyOf(table, what, session, NO_KIND);
    // A session of which only the CLI's total is known has no entries.
    const one = found.get(key) ?? { sum: sums.make(), session, turn: 0, first: 0 };
    found.set(key, one);
    sums.addUnattributed(one.sum, nanoUsd);
  }
}
