/**
 * Which turns entries belong to, as numbers. Owns what was found out of each session, until one of its entries changes.
 * Invariants: 0 is no turn; whatever branches a turn was on, it has one number.
 */
import { FLAG_SIDECHAIN, type LedgerReads } from "../storage/ledgerReads.ts";
import type { EntryTable } from "./entryTable.ts";

const NO_TURN = 0;

interface TurnsOfSession {
  /** Turns of entries of sub-agents that name none, by place. */
  readonly guessed: ReadonlyMap<number, number>;
  /** Turns in the order in which they began, each with its first message. */
  readonly begun: readonly { readonly turn: number; readonly atMs: number }[];
}

export class EntryTurns {
  readonly #table: EntryTable;
  readonly #reads: LedgerReads;
  /** By the key of a turn on a branch. */
  readonly #numbers: number[] = [NO_TURN];
  readonly #numberOf = new Map<string, number>();
  readonly #names: (string | null)[] = [null];
  readonly #sessions = new Map<number, TurnsOfSession>();

  constructor(table: EntryTable, reads: LedgerReads) {
    this.#table = table;
    this.#reads = reads;
  }

  /** Takes in turns that were written since the last time. */
  refresh(): void {
    for (const { key, turnId } of this.#reads.turnsAfter(this.#numbers.length - 1)) {
      this.#numbers[key] = turnId === null ? NO_TURN : this.#numbered(turnId);
    }
  }

  /** Entries of the session have come or changed. */
  touch(session: number): void {
    this.#sessions.delete(session);
  }

  clear(): void {
    this.#sessions.clear();
  }

  /** All numbers of turns are below. */
  get end(): number {
    return this.#names.length;
  }

  /** 0 where nobody knows. What sub-agents do belongs to the turn that runs; only the stream says which. */
  of(place: number): number {
    const named = this.told(place);
    if (named !== NO_TURN || !this.#isSubagent(place)) return named;
    return this.#ofSession(this.#table.session[place] ?? 0).guessed.get(place) ?? NO_TURN;
  }

  /** 0 where nobody knows. A total of a process's end names no turn: it belongs to the last one that had begun. */
  ofRemainder(session: number, { turnId, atMs }: { readonly turnId: string | null; readonly atMs: number }): number {
    if (turnId !== null) return this.#numbered(turnId);
    return this.#ofSession(session).begun.findLast((turn) => turn.atMs <= atMs)?.turn ?? NO_TURN;
  }

  /** The turn's id; null for none. */
  nameOf(turn: number): string | null {
    return this.#names[turn] ?? null;
  }

  numberOf(turnId: string): number {
    return this.#numberOf.get(turnId) ?? NO_TURN;
  }

  #numbered(turnId: string): number {
    const known = this.#numberOf.get(turnId);
    if (known !== undefined) return known;
    const turn = this.#names.push(turnId) - 1;
    this.#numberOf.set(turnId, turn);
    return turn;
  }

  #ofSession(session: number): TurnsOfSession {
    const known = this.#sessions.get(session) ?? this.#look(session);
    this.#sessions.set(session, known);
    return known;
  }

  #look(session: number): TurnsOfSession {
    const guessed = new Map<number, number>();
    const begun = new Map<number, number>();
    let running = NO_TURN;
    for (const place of placesInOrder(this.#table, session)) {
      const turn = this.told(place);
      if (!this.#isSubagent(place)) running = turn;
      else if (turn === NO_TURN) guessed.set(place, running);
      if (turn !== NO_TURN && !begun.has(turn)) begun.set(turn, this.#table.atMs[place] ?? Number.NaN);
    }
    return { guessed, begun: [...begun].map(([turn, atMs]) => ({ turn, atMs })) };
  }

  /** As the stream told it, or the entry's place in a transcript; 0 where neither did. */
  told(place: number): number {
    return this.#numbers[this.#table.turn[place] ?? 0] ?? NO_TURN;
  }

  #isSubagent(place: number): boolean {
    return ((this.#table.flags[place] ?? 0) & FLAG_SIDECHAIN) !== 0;
  }
}

/** A session's entries in the order of time, those without a time first. */
export function placesInOrder(table: EntryTable, session: number): readonly number[] {
  return table.placesOfSession(session).toSorted((a, b) => table.timeOf(a) - table.timeOf(b) || a - b);
}
