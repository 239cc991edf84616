/**
 * Sums of the entries that most questions take together: of one session, one kind of message and one hour (UTC). They are
 * a tenth as many as entries, so that a sum over all of them takes a tenth of the time.
 * Invariants: every entry that has a session is in one cell, and a cell's sum is that of its entries; `firstMs` and the
 * sum's `lastMs` enclose their times, so that a cell that bounds cut is found out, and its entries are looked at instead.
 */
import type { EntryFilter } from "./costFilters.ts";
import type { EntryTable } from "./entryTable.ts";
import { SumRows } from "./sumRows.ts";

const HOUR_MS = 3_600_000;

/** The hour of entries without a time. */
const NO_HOUR = Number.NEGATIVE_INFINITY;

const FIRST_CELLS = 1024;
const NONE = -1;

/** Cells are numbers, and what is known of them is in columns. */
export class CostCells {
  /** The sum of a cell has its number. Cells whose entries were all removed stay, without any messages. */
  readonly sums = new SumRows();
  session = new Int32Array(FIRST_CELLS);
  kind = new Int32Array(FIRST_CELLS);
  /** NaN where the entries have no time. */
  firstMs = new Float64Array(FIRST_CELLS);
  /** The place of one of its entries; the others follow from that. */
  #first = new Int32Array(FIRST_CELLS);
  /** By place: that of another entry of the same cell. */
  #next = new Int32Array(FIRST_CELLS);
  readonly #byHour = new Map<number, number[]>();

  get length(): number {
    return this.sums.length;
  }

  add(table: EntryTable, place: number): void {
    if ((table.session[place] ?? 0) === 0) return;
    if (place >= this.#next.length) this.#next = larger(this.#next, Math.max(place + 1, this.#next.length * 2));
    this.#put(table, this.#cellOf(table, place), place);
  }

  /** To be called before the entry becomes another one. */
  remove(table: EntryTable, place: number): void {
    if ((table.session[place] ?? 0) === 0) return;
    const cell = this.#cellOf(table, place);
    const left = [...this.placesOf(cell)].filter((one) => one !== place);
    this.#first[cell] = NONE;
    this.sums.clear(cell);
    this.firstMs[cell] = Number.NaN;
    for (const one of left) this.#put(table, cell, one);
  }

  /** Its entries, in no order. */
  *placesOf(cell: number): Generator<number> {
    let place = this.#first[cell] ?? NONE;
    while (place !== NONE) {
      yield place;
      place = this.#next[place] ?? NONE;
    }
  }

  /** Hours since 1970 in which there are cells, in no order; one that is not finite for those without a time. */
  hours(): Iterable<number> {
    return this.#byHour.keys();
  }

  ofHour(hour: number): readonly number[] {
    return this.#byHour.get(hour) ?? [];
  }

  #cellOf(table: EntryTable, place: number): number {
    const [session, kind] = [table.session[place] ?? 0, table.kind[place] ?? 0];
    const at = table.atMs[place] ?? Number.NaN;
    const hour = Number.isNaN(at) ? NO_HOUR : Math.floor(at / HOUR_MS);
    let cells = this.#byHour.get(hour);
    if (cells === undefined) this.#byHour.set(hour, (cells = []));
    // The newest first: entries come session by session.
    const known = cells.findLast((cell) => this.session[cell] === session && this.kind[cell] === kind);
    if (known !== undefined) return known;
    const cell = this.#make(session, kind);
    cells.push(cell);
    return cell;
  }

  #make(session: number, kind: number): number {
    const cell = this.sums.make();
    if (cell === this.session.length) {
      const size = cell * 2;
      this.session = larger(this.session, size);
      this.kind = larger(this.kind, size);
      this.#first = larger(this.#first, size);
      const times = new Float64Array(size);
      times.set(this.firstMs);
      this.firstMs = times;
    }
    this.session[cell] = session;
    this.kind[cell] = kind;
    this.firstMs[cell] = Number.NaN;
    this.#first[cell] = NONE;
    return cell;
  }

  #put(table: EntryTable, cell: number, place: number): void {
    this.#next[place] = this.#first[cell] ?? NONE;
    this.#first[cell] = place;
    this.sums.add(cell, table, place);
    const at = table.atMs[place] ?? Number.NaN;
    // Written so that it is true for the first one.
    if (!(at >= (this.firstMs[cell] ?? Number.NaN))) this.firstMs[cell] = at;
  }
}

function larger(from: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size);
  to.set(from);
  return to;
}

/** How a cell lies to bounds; entries of unknown time are inside of none but infinite ones. */
export function lies(
  cells: CostCells,
  cell: number,
  { fromMs, toMs }: Pick<EntryFilter, "fromMs" | "toMs">,
): "inside" | "across" | "outside" {
  const { sums } = cells;
  if (sums.messages(cell) === 0) return "outside";
  const firstMs = cells.firstMs[cell] ?? Number.NaN;
  if (Number.isNaN(firstMs)) return fromMs === -Infinity && toMs === Infinity ? "inside" : "outside";
  const lastMs = sums.lastMs(cell);
  if (firstMs >= fromMs && lastMs < toMs) return "inside";
  return lastMs < fromMs || firstMs >= toMs ? "outside" : "across";
}

export interface SumVisit {
  /** Answers false when its entries are to be told apart. */
  readonly cell: (cell: number) => boolean;
  /** An entry of a cell that is not taken as a whole. */
  readonly entry: (place: number) => void;
}

/** Shows each entry that passes the filter once: with its whole cell, or alone. */
export function eachSum(table: EntryTable, filter: EntryFilter, visit: SumVisit): void {
  const { sessions, kinds, fromMs, toMs } = filter;
  const { cells } = table;
  for (let cell = 0; cell < cells.length; cell += 1) {
    if (sessions !== null && !sessions.has(cells.session[cell] ?? 0)) continue;
    if (kinds !== null && !kinds.has(cells.kind[cell] ?? 0)) continue;
    const place = lies(cells, cell, filter);
    if (place === "outside" || (place === "inside" && visit.cell(cell))) continue;
    for (const one of cells.placesOf(cell)) {
      const at = table.atMs[one] ?? Number.NaN;
      if (Number.isNaN(at) || (at >= fromMs && at < toMs)) visit.entry(one);
    }
  }
}
