/**
 * Sums over entries, a row each, in one array of numbers: answers make thousands of them, and as objects those would keep
 * the collector busy for longer than the answers take.
 * Invariant: rows are numbered from 0 in the order they were made; amounts are whole nano-dollars, rounded once, when they
 * are told.
 */
import type { CostSum } from "../../../shared/model/cost.ts";
import { FLAG_INCOMPLETE } from "../storage/ledgerCharge.ts";
import type { EntryTable } from "./entryTable.ts";
import { usdOf } from "./pricing/money.ts";

const NANO = 0;
const SAVED = 1;
const INPUT = 2;
const OUTPUT = 3;
const CACHE_READ = 4;
const CACHE_WRITE_5M = 5;
const CACHE_WRITE_1H = 6;
/** What may be shared out; counts may not. */
const SHARED = 7;
const MESSAGES = 7;
const UNPRICED = 8;
const INCOMPLETE = 9;
const UNATTRIBUTED = 10;
/** What is added up; the last number is the time of the newest entry. */
const ADDED = 11;
const LAST_MS = 11;
const WIDTH = 12;

const FIRST_ROWS = 16;

export class SumRows {
  length = 0;
  #numbers = new Float64Array(FIRST_ROWS * WIDTH);

  /** A sum of nothing. */
  make(): number {
    const row = this.length;
    this.length += 1;
    if (this.length * WIDTH > this.#numbers.length) {
      const larger = new Float64Array(this.#numbers.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[row * WIDTH + LAST_MS] = Number.NEGATIVE_INFINITY;
    return row;
  }

  /** Makes it a sum of nothing again. */
  clear(row: number): void {
    const at = row * WIDTH;
    this.#numbers.fill(0, at, at + ADDED);
    this.#numbers[at + LAST_MS] = Number.NEGATIVE_INFINITY;
  }

  add(row: number, table: EntryTable, place: number): void {
    const at = row * WIDTH;
    const nano = table.nanoUsd[place] ?? Number.NaN;
    if (Number.isNaN(nano)) this.#raise(at + UNPRICED, 1);
    else this.#raise(at + NANO, nano);
    this.#raise(at + SAVED, table.savedNano[place]);
    this.#raise(at + INPUT, table.input[place]);
    this.#raise(at + OUTPUT, table.output[place]);
    this.#raise(at + CACHE_READ, table.cacheRead[place]);
    this.#raise(at + CACHE_WRITE_5M, table.cacheWrite5m[place]);
    this.#raise(at + CACHE_WRITE_1H, table.cacheWrite1h[place]);
    this.#raise(at + MESSAGES, 1);
    if (((table.flags[place] ?? 0) & FLAG_INCOMPLETE) !== 0) this.#raise(at + INCOMPLETE, 1);
    this.seen(row, table.atMs[place] ?? Number.NaN);
  }

  /** Adds what another sum has. */
  join(row: number, other: SumRows, otherRow: number): void {
    const [at, from] = [row * WIDTH, otherRow * WIDTH];
    for (let index = 0; index < ADDED; index += 1) this.#raise(at + index, other.#numbers[from + index]);
    this.seen(row, other.lastMs(otherRow));
  }

  /** Adds one of so many equal parts of another sum, whose counts count in full. Amounts may then be broken. */
  joinShare(row: number, other: SumRows, otherRow: number, parts: number): void {
    const [at, from] = [row * WIDTH, otherRow * WIDTH];
    for (let index = 0; index < ADDED; index += 1) {
      const number = other.#numbers[from + index] ?? 0;
      this.#raise(at + index, index < SHARED ? number / parts : number);
    }
    this.seen(row, other.lastMs(otherRow));
  }

  roundShares(row: number): void {
    const at = row * WIDTH;
    for (let index = at; index < at + SHARED; index += 1) {
      this.#numbers[index] = Math.round(this.#numbers[index] ?? 0);
    }
  }

  /** What the CLI charged beyond its messages. */
  addUnattributed(row: number, nanoUsd: number): void {
    this.#raise(row * WIDTH + UNATTRIBUTED, nanoUsd);
  }

  /** Something was used at this time; NaN when that is not known. */
  seen(row: number, atMs: number): void {
    if (atMs > this.lastMs(row)) this.#numbers[row * WIDTH + LAST_MS] = atMs;
  }

  nano(row: number): number {
    return this.#at(row, NANO);
  }

  /** What the CLI charged beyond its messages included. */
  allNano(row: number): number {
    return this.#at(row, NANO) + this.#at(row, UNATTRIBUTED);
  }

  unattributedNano(row: number): number {
    return this.#at(row, UNATTRIBUTED);
  }

  tokens(row: number): number {
    let tokens = 0;
    for (let index = INPUT; index <= CACHE_WRITE_1H; index += 1) tokens += this.#at(row, index);
    return tokens;
  }

  messages(row: number): number {
    return this.#at(row, MESSAGES);
  }

  unpriced(row: number): number {
    return this.#at(row, UNPRICED);
  }

  /** Of the newest entry; not finite when none has a time. */
  lastMs(row: number): number {
    return this.#at(row, LAST_MS);
  }

  told(row: number): CostSum {
    return {
      costUsd: usdOf(this.nano(row)),
      unattributedUsd: usdOf(this.unattributedNano(row)),
      savedUsd: usdOf(this.#at(row, SAVED)),
      tokens: {
        input: this.#at(row, INPUT),
        output: this.#at(row, OUTPUT),
        cacheRead: this.#at(row, CACHE_READ),
        cacheWrite5m: this.#at(row, CACHE_WRITE_5M),
        cacheWrite1h: this.#at(row, CACHE_WRITE_1H),
      },
      messages: this.messages(row),
      unpricedMessages: this.unpriced(row),
      incompleteMessages: this.#at(row, INCOMPLETE),
    };
  }

  #at(row: number, index: number): number {
    return this.#numbers[row * WIDTH + index] ?? 0;
  }

  #raise(index: number, by = 0): void {
    this.#numbers[index] = (this.#numbers[index] ?? 0) + by;
  }
}
