/** Which turn entries belong to. Reads each session once; to be made anew for every answer. */
import { FLAG_SIDECHAIN, type LedgerReads } from "../storage/ledgerReads.ts";
import type { EntryTable } from "./entryTable.ts";

export class EntryTurns {
  readonly #table: EntryTable;
  readonly #reads: LedgerReads;
  readonly #names = new Map<number, string | null>([[0, null]]);
  /** Of entries of sub-agents that name no turn, by session. */
  readonly #guessed = new Map<number, ReadonlyMap<number, string | null>>();

  constructor(table: EntryTable, reads: LedgerReads) {
    this.#table = table;
    this.#reads = reads;
  }

  /** Null where nobody knows. What sub-agents do belongs to the turn that runs; only the stream says which. */
  of(place: number): string | null {
    const name = this.#named(place);
    if (name !== null || !this.#isSubagent(place)) return name;
    const session = this.#table.session[place] ?? 0;
    const guessed = this.#guessed.get(session) ?? this.#guess(session);
    this.#guessed.set(session, guessed);
    return guessed.get(place) ?? null;
  }

  #guess(session: number): ReadonlyMap<number, string | null> {
    const found = new Map<number, string | null>();
    let running: string | null = null;
    for (const place of placesInOrder(this.#table, session)) {
      if (!this.#isSubagent(place)) running = this.#named(place);
      else if (this.#named(place) === null) found.set(place, running);
    }
    return found;
  }

  #named(place: number): string | null {
    const key = this.#table.turn[place] ?? 0;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = this.#reads.turnId(key);
    this.#names.set(key, name);
    return name;
  }

  #isSubagent(place: number): boolean {
    return ((this.#table.flags[place] ?? 0) & FLAG_SIDECHAIN) !== 0;
  }
}

/** A session's entries in the order of time. */
export function placesInOrder(table: EntryTable, session: number): readonly number[] {
  return table.placesOfSession(session).toSorted((a, b) => (table.atMs[a] ?? 0) - (table.atMs[b] ?? 0) || a - b);
}
