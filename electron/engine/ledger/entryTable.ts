/**
 * The ledger's entries in memory, a column each, and kept up to date with the file: sums over all of them then take
 * milliseconds, however they are grouped. Some hundred bytes an entry.
 * Invariants: entries have places in the order of their keys; an entry that was removed stays as a gap (`session` 0).
 */
import { CostCells } from "./costCells.ts";
import { EntryTurns } from "./entryTurns.ts";
import { PlaceOrder } from "./placeOrder.ts";
import { UNLISTED } from "../storage/ledgerCharge.ts";
import type { CostTotalRow, EntryNumbers, LedgerReads, LedgerSessionRow } from "../storage/ledgerReads.ts";
import { type ComparedMessage, compareTotals, type Comparison } from "./remainders.ts";

const FIRST_PLACES = 4096;

/** Where a session works may be known this much late, in milliseconds, when none of its entries changed. */
const SESSIONS_MS = 2_000;

export interface PlacedRemainder {
  readonly session: number;
  readonly atMs: number;
  readonly turnId: string | null;
  readonly nanoUsd: number;
}

export class EntryTable {
  length = 0;
  key = new Int32Array(FIRST_PLACES);
  /** NaN where unknown. */
  atMs = new Float64Array(FIRST_PLACES);
  /** 0 for a gap. */
  session = new Int32Array(FIRST_PLACES);
  kind = new Int32Array(FIRST_PLACES);
  /** NaN for an entry without a price. */
  nanoUsd = new Float64Array(FIRST_PLACES);
  savedNano = new Float64Array(FIRST_PLACES);
  /** Unknown counts are 0 here, and the entry's flags say so. */
  input = new Float64Array(FIRST_PLACES);
  output = new Float64Array(FIRST_PLACES);
  cacheRead = new Float64Array(FIRST_PLACES);
  cacheWrite5m = new Float64Array(FIRST_PLACES);
  cacheWrite1h = new Float64Array(FIRST_PLACES);
  flags = new Int32Array(FIRST_PLACES);
  /** The key of its turn and branch; 0 where neither is known. `turns` says which turn that is. */
  turn = new Int32Array(FIRST_PLACES);
  /** 0 for a message that calls no tool. */
  tools = new Int32Array(FIRST_PLACES);
  cells = new CostCells();
  readonly turns: EntryTurns;
  readonly sessions = new Map<number, LedgerSessionRow>();
  readonly sessionKeys = new Map<string, number>();
  readonly models = new Map<number, string | null>();
  /** The CLI's totals beside the messages, of sessions that have any. */
  readonly comparisons = new Map<number, Comparison>();
  remainders: readonly PlacedRemainder[] = [];
  /** Grows with every change: what was computed of an earlier one is no longer true. */
  generation = 0;
  readonly #reads: LedgerReads;
  /** By place: what is kept of entries that cost something else by the CLI's own prices. */
  readonly #listNano = new Map<number, number>();
  readonly #titles = new Map<number, string | null>();
  readonly #placesOfSession = new Map<number, number[]>();
  readonly #timeOrder = new PlaceOrder((a, b) => this.timeOf(a) - this.timeOf(b) || a - b);
  readonly #costOrder = new PlaceOrder(
    (a, b) => this.#costOf(a) - this.#costOf(b) || this.timeOf(a) - this.timeOf(b) || a - b,
  );
  #version = -1;
  #lastChange = 0;
  #totals: ReadonlyMap<number, readonly CostTotalRow[]> = new Map();
  #totalsMark = "";
  #lastSession = 0;
  #ownedCount = -1;
  #labelsMark = -1;
  #hasAllSessions = false;
  #sessionsReadMs = Number.NEGATIVE_INFINITY;

  constructor(reads: LedgerReads) {
    this.#reads = reads;
    this.turns = new EntryTurns(this, reads);
  }

  /** Takes over what was written since the last time. */
  refresh(): void {
    const version = this.#reads.version();
    if (version === this.#version && !this.#areSessionsDue()) return;
    this.#reads.begin();
    try {
      this.#refresh();
      this.#version = version;
    } finally {
      this.#reads.end();
    }
  }

  /** Places in the order of time, those without a time first. */
  byTime(): Int32Array {
    return this.#timeOrder.get();
  }

  /** Places by what they cost, the dearest last and those without a price first; of equal ones the newest last. */
  byCost(): Int32Array {
    return this.#costOrder.get();
  }

  /** 0 where unknown: what has no time comes before all else. */
  timeOf(place: number): number {
    const at = this.atMs[place] ?? Number.NaN;
    return Number.isNaN(at) ? 0 : at;
  }

  #costOf(place: number): number {
    const nano = this.nanoUsd[place] ?? Number.NaN;
    return Number.isNaN(nano) ? -1 : nano;
  }

  /** The title that the session's transcripts had, which may be gone; null when none told of it. */
  titleOf(session: number): string | null {
    const known = this.#titles.get(session);
    if (known !== undefined) return known;
    const title = this.#reads.title(session);
    this.#titles.set(session, title);
    return title;
  }

  placesOfSession(session: number): readonly number[] {
    return this.#placesOfSession.get(session) ?? [];
  }

  /** In the order of time. */
  totalsOf(session: number): readonly CostTotalRow[] {
    return this.#totals.get(session) ?? [];
  }

  #refresh(): void {
    this.generation += 1;
    const { oldest, newest } = this.#reads.changeBounds();
    const touched = new Set<number>();
    // What was changed before the first of the changes that are still named is not known.
    if (this.length > 0 && oldest !== null && oldest > this.#lastChange + 1) this.length = 0;
    if (this.length === 0) this.#clear();
    else for (const { key } of this.#reads.changesAfter(this.#lastChange)) this.#replace(key, touched);
    this.#lastChange = newest ?? 0;
    const last = this.length === 0 ? 0 : (this.key[this.length - 1] ?? 0);
    for (const numbers of this.#reads.entriesAfter(last)) this.#append(numbers, touched);
    this.models.clear();
    for (const { key, model } of this.#reads.kinds()) this.models.set(key, model);
    this.turns.refresh();
    for (const session of touched) this.turns.touch(session);
    this.#readSessions(touched);
    this.#compare(touched);
  }

  #areSessionsDue(): boolean {
    return !this.#hasAllSessions && performance.now() - this.#sessionsReadMs >= SESSIONS_MS;
  }

  /** Reading all of them takes longer than most answers: without another owner or label only those of changed entries are. */
  #readSessions(touched: ReadonlySet<number>): void {
    const ownedCount = this.#reads.ownedCount();
    const isDue = performance.now() - this.#sessionsReadMs >= SESSIONS_MS;
    const labelsMark = this.#reads.labelsMark();
    this.#hasAllSessions = isDue || ownedCount !== this.#ownedCount || labelsMark !== this.#labelsMark;
    this.#ownedCount = ownedCount;
    this.#labelsMark = labelsMark;
    if (this.#hasAllSessions) {
      this.#sessionsReadMs = performance.now();
      for (const row of this.#reads.sessionsAfter(0)) this.#takeSession(row);
      return;
    }
    for (const row of this.#reads.sessionsAfter(this.#lastSession)) this.#takeSession(row);
    for (const key of touched) {
      const row = key === 0 ? null : this.#reads.session(key);
      if (row !== null) this.#takeSession(row);
    }
  }

  #takeSession(row: LedgerSessionRow): void {
    this.sessions.set(row.key, row);
    this.sessionKeys.set(row.sessionId, row.key);
    this.#titles.delete(row.key);
    this.#lastSession = Math.max(this.#lastSession, row.key);
  }

  #clear(): void {
    this.cells = new CostCells();
    this.#timeOrder.clear();
    this.#costOrder.clear();
    this.#placesOfSession.clear();
    this.comparisons.clear();
    this.turns.clear();
    this.#listNano.clear();
    this.#totals = new Map();
    this.#totalsMark = "";
  }

  #replace(key: number, touched: Set<number>): void {
    const place = this.#placeOf(key);
    if (place === null) return;
    touched.add(this.session[place] ?? 0);
    const numbers = this.#reads.entry(key);
    const before = this.session[place] ?? 0;
    this.cells.remove(this, place);
    if (numbers === null) {
      this.session[place] = 0;
      this.nanoUsd[place] = 0;
    } else this.#put(place, numbers);
    const after = this.session[place] ?? 0;
    touched.add(after);
    this.#order(place);
    if (after === before) return;
    const left = this.placesOfSession(before).filter((one) => one !== place);
    this.#placesOfSession.set(before, left);
    if (after !== 0) this.#placesOfSession.set(after, [...this.placesOfSession(after), place]);
  }

  /** Keys ascend. */
  #placeOf(key: number): number | null {
    let low = 0;
    let high = this.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.key[middle] ?? 0;
      if (found === key) return middle;
      if (found < key) low = middle + 1;
      else high = middle - 1;
    }
    return null;
  }

  #append(numbers: EntryNumbers, touched: Set<number>): void {
    if (this.length === this.key.length) this.#grow();
    const place = this.length;
    this.length += 1;
    this.#put(place, numbers);
    const [, , session] = numbers;
    touched.add(session);
    const places = this.#placesOfSession.get(session);
    if (places === undefined) this.#placesOfSession.set(session, [place]);
    else places.push(place);
    this.#order(place);
  }

  /** Places what has come or changed. */
  #order(place: number): void {
    this.cells.add(this, place);
    this.#timeOrder.touch(place);
    this.#costOrder.touch(place);
  }

  #put(place: number, numbers: EntryNumbers): void {
    const [
      key,
      atMs,
      session,
      kind,
      nanoUsd,
      savedNano,
      input,
      output,
      cacheRead,
      write5m,
      write1h,
      flags,
      turn,
      tools,
      listNano,
    ] = numbers;
    this.key[place] = key;
    this.atMs[place] = atMs ?? Number.NaN;
    this.session[place] = session;
    this.kind[place] = kind;
    this.nanoUsd[place] = nanoUsd ?? Number.NaN;
    this.savedNano[place] = savedNano ?? 0;
    this.input[place] = input ?? 0;
    this.output[place] = output ?? 0;
    this.cacheRead[place] = cacheRead ?? 0;
    this.cacheWrite5m[place] = write5m ?? 0;
    this.cacheWrite1h[place] = write1h ?? 0;
    this.flags[place] = flags;
    this.turn[place] = turn ?? 0;
    this.tools[place] = tools ?? 0;
    if (listNano !== null) this.#listNano.set(place, listNano);
    else this.#listNano.delete(place);
  }

  #grow(): void {
    const size = this.key.length * 2;
    const ints = (from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const to = new Int32Array(size);
      to.set(from);
      return to;
    };
    const floats = (from: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const to = new Float64Array(size);
      to.set(from);
      return to;
    };
    this.key = ints(this.key);
    this.atMs = floats(this.atMs);
    this.session = ints(this.session);
    this.kind = ints(this.kind);
    this.nanoUsd = floats(this.nanoUsd);
    this.savedNano = floats(this.savedNano);
    this.input = floats(this.input);
    this.output = floats(this.output);
    this.cacheRead = floats(this.cacheRead);
    this.cacheWrite5m = floats(this.cacheWrite5m);
    this.cacheWrite1h = floats(this.cacheWrite1h);
    this.flags = ints(this.flags);
    this.turn = ints(this.turn);
    this.tools = ints(this.tools);
  }

  /** Compares anew what has other messages or other totals than the last time. */
  #compare(touched: ReadonlySet<number>): void {
    const changed = new Set([...touched].filter((session) => this.#totals.has(session)));
    const mark = this.#reads.totalsMark();
    if (mark !== this.#totalsMark) {
      const before = this.#totals;
      this.#totals = bySession(this.#reads.totals());
      for (const [session, own] of this.#totals)
        if (touched.has(session) || !isSame(before.get(session), own)) changed.add(session);
    }
    this.#totalsMark = mark;
    if (changed.size === 0) return;
    for (const session of changed) {
      const own = this.#totals.get(session) ?? [];
      const isFork = this.#reads.parentSessionId(session) !== null;
      this.comparisons.set(session, compareTotals(own, this.#compared(session), isFork));
    }
    this.remainders = [...this.comparisons].flatMap(([session, { remainders }]) =>
      remainders.map((one) => ({ session, ...one })),
    );
  }

  #compared(session: number): readonly ComparedMessage[] {
    return this.placesOfSession(session).map((place) => {
      const nano = this.nanoUsd[place] ?? Number.NaN;
      const kept = this.#listNano.get(place) ?? null;
      const isOwnPriced = kept === UNLISTED;
      const listNano = kept ?? (Number.isNaN(nano) ? null : nano);
      return {
        atMs: this.timeOf(place),
        turnId: this.turns.nameOf(this.turns.told(place)),
        listNano: isOwnPriced ? null : listNano,
        isOwnPriced,
        tokens: this.#tokensOf(place),
      };
    });
  }

  #tokensOf(place: number): number {
    const sent = (this.input[place] ?? 0) + (this.cacheRead[place] ?? 0);
    const written = (this.cacheWrite5m[place] ?? 0) + (this.cacheWrite1h[place] ?? 0);
    return sent + written + (this.output[place] ?? 0);
  }
}

function isSame(before: readonly CostTotalRow[] | undefined, now: readonly CostTotalRow[]): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now);
}

function bySession(totals: readonly CostTotalRow[]): Map<number, readonly CostTotalRow[]> {
  const found = new Map<number, CostTotalRow[]>();
  for (const total of totals) {
    const own = found.get(total.session);
    if (own === undefined) found.set(total.session, [total]);
    else own.push(total);
  }
  return found;
}
