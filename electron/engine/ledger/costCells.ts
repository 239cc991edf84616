/**
 * Sums of the entries that most questions take together: of one session, one kind of message and one hour (UTC). They are
 * a tenth as many as entries, so that a sum over all of them takes a tenth of the time.
 * Invariants: every entry that has a session is in one cell, and a cell's sum is that of its entries; `firstMs` and the
 * sum's `lastMs` enclose their times, so that a cell that bounds cut is found out, and its entries are looked at instead.
 */
import { type EntryFilter, RunningSum } from "./costSums.ts";
import type { EntryTable } from "./entryTable.ts";

const HOUR_MS = 3_600_000;

/** The hour of entries without a time. */
const NO_HOUR = Number.NEGATIVE_INFINITY;

/** Above any key of a kind of message; times a session's key it is still a safe integer. */
const KINDS = 2 ** 20;

export interface CostCell {
  readonly session: number;
  readonly kind: number;
  readonly sum: RunningSum;
  /** NaN where the entries have no time. */
  firstMs: number;
  /** Its entries, in no order. */
  places: number[];
}

export class CostCells {
  /** Cells whose entries were all removed stay, without any messages. */
  readonly all: CostCell[] = [];
  readonly #hours = new Map<number, Map<number, CostCell>>();

  add(table: EntryTable, place: number): void {
    const session = table.session[place] ?? 0;
    if (session === 0) return;
    put(table, this.#cellOf(table, place), place);
  }

  /** To be called before the entry becomes another one. */
  remove(table: EntryTable, place: number): void {
    if ((table.session[place] ?? 0) === 0) return;
    const cell = this.#cellOf(table, place);
    const left = cell.places.filter((one) => one !== place);
    cell.places = [];
    cell.sum.clear();
    cell.firstMs = Number.NaN;
    for (const one of left) put(table, cell, one);
  }

  /** Hours since 1970 in which there are cells, in no order; one that is not finite for those without a time. */
  hours(): Iterable<number> {
    return this.#hours.keys();
  }

  ofHour(hour: number): Iterable<CostCell> {
    return this.#hours.get(hour)?.values() ?? [];
  }

  #cellOf(table: EntryTable, place: number): CostCell {
    const [session, kind] = [table.session[place] ?? 0, table.kind[place] ?? 0];
    const at = table.atMs[place] ?? Number.NaN;
    const hour = Number.isNaN(at) ? NO_HOUR : Math.floor(at / HOUR_MS);
    let cells = this.#hours.get(hour);
    if (cells === undefined) this.#hours.set(hour, (cells = new Map()));
    const key = session * KINDS + kind;
    const known = cells.get(key);
    if (known !== undefined) return known;
    const cell: CostCell = { session, kind, sum: new RunningSum(), firstMs: Number.NaN, places: [] };
    cells.set(key, cell);
    this.all.push(cell);
    return cell;
  }
}

function put(table: EntryTable, cell: CostCell, place: number): void {
  cell.places.push(place);
  cell.sum.add(table, place);
  const at = table.atMs[place] ?? Number.NaN;
  // Written so that it is true for the first one.
  if (!(at >= cell.firstMs)) cell.firstMs = at;
}

/** How a cell lies to bounds; entries of unknown time are inside of none but infinite ones. */
export function lies(
  { firstMs, sum }: CostCell,
  { fromMs, toMs }: Pick<EntryFilter, "fromMs" | "toMs">,
): "inside" | "across" | "outside" {
  if (sum.messages === 0) return "outside";
  if (Number.isNaN(firstMs)) return fromMs === -Infinity && toMs === Infinity ? "inside" : "outside";
  if (firstMs >= fromMs && sum.lastMs < toMs) return "inside";
  return sum.lastMs < fromMs || firstMs >= toMs ? "outside" : "across";
}

export interface SumVisit {
  /** Answers false when its entries are to be told apart. */
  readonly cell: (cell: CostCell) => boolean;
  /** An entry of a cell that is not taken as a whole. */
  readonly entry: (place: number) => void;
}

/** Shows each entry that passes the filter once: with its whole cell, or alone. */
export function eachSum(table: EntryTable, filter: EntryFilter, visit: SumVisit): void {
  const { sessions, kinds, fromMs, toMs } = filter;
  for (const cell of table.cells.all) {
    if (sessions !== null && !sessions.has(cell.session)) continue;
    if (kinds !== null && !kinds.has(cell.kind)) continue;
    const place = lies(cell, filter);
    if (place === "outside" || (place === "inside" && visit.cell(cell))) continue;
    for (const one of cell.places) {
      const at = table.atMs[one] ?? Number.NaN;
      if (Number.isNaN(at) || (at >= fromMs && at < toMs)) visit.entry(one);
    }
  }
}
