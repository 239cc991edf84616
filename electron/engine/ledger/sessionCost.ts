/** What a session cost, turn by turn, beside the CLI's own total. */
import type { Reconciliation, SessionCost, TurnCost } from "../../../shared/model/cost.ts";
import { reasonOf } from "../storage/ledgerCharge.ts";
import { FLAG_SIDECHAIN, type LedgerReads } from "../storage/ledgerReads.ts";
import type { EntryTable } from "./entryTable.ts";
import { placesInOrder } from "./entryTurns.ts";
import type { Remainder } from "./remainders.ts";
import { usdOf } from "./pricing/money.ts";
import { SumRows } from "./sumRows.ts";

/** Far more than are looked at; a page with more would be slow to draw. */
const MAX_TURNS = 2000;
/** Turns whose beginning is looked for: each takes a small read of the transcript. */
const MAX_PLACES = 300;
const DRIFT_NANO = 10_000_000;
const DRIFT_SHARE = 0.01;

interface Turn {
  readonly turnId: string | null;
  /** Its row. */
  readonly sum: number;
  subagentNano: number;
  fromMs: number;
  /** Its first message that is no sub-agent's. */
  first: number | null;
}

/** Where a turn's first message stands, for what caused it to be found. */
export interface TurnPlace {
  readonly turnId: string;
  readonly path: string;
  readonly offset: number;
}

export interface PlacedSessionCost {
  readonly cost: SessionCost;
  /** Of the dearest turns. */
  readonly places: readonly TurnPlace[];
}

export function sessionCost(table: EntryTable, reads: LedgerReads, sessionId: string): PlacedSessionCost {
  const session = table.sessionKeys.get(sessionId) ?? 0;
  const places = placesInOrder(table, session);
  const sums = new SumRows();
  const total = sums.make();
  const models = new Map<string, number>();
  const turns = new SessionTurns(table, sums, session);
  for (const place of places) {
    turns.add(place);
    sums.add(total, table, place);
    const name = table.models.get(table.kind[place] ?? 0) ?? "";
    const model = models.get(name) ?? sums.make();
    models.set(name, model);
    sums.add(model, table, place);
  }
  for (const remainder of table.comparisons.get(session)?.remainders ?? []) {
    sums.addUnattributed(total, remainder.nanoUsd);
    turns.addRemainder(remainder);
  }
  const told = toldTurns(sums, turns.all);
  const cost = {
    sessionId,
    total: sums.told(total),
    models: [...models]
      .toSorted(([, a], [, b]) => sums.nano(b) - sums.nano(a))
      .map(([key, row]) => ({
        key,
        label: key === "" ? "unknown model" : key,
        costUsd: usdOf(sums.nano(row)),
        tokens: sums.tokens(row),
      })),
    turns: told.slice(-MAX_TURNS),
    leftOutTurns: Math.max(0, told.length - MAX_TURNS),
    reconciliation: reconciled(table, session, unpricedOf(table, reads, places)),
  };
  return { cost, places: turnPlaces(table, reads, sums, turns.all) };
}

/** Messages without a price, and those of them of which no price list names the model. */
function unpricedOf(table: EntryTable, reads: LedgerReads, places: readonly number[]) {
  const without = places.filter((place) => Number.isNaN(table.nanoUsd[place] ?? Number.NaN));
  const reasons = without.map((place) => reasonOf(reads.fullEntry(table.key[place] ?? 0)?.unpricedReason ?? null));
  return { unpriced: without.length, unknown: reasons.filter((reason) => reason === "unknown_model").length };
}

/** What each turn of one session used. */
class SessionTurns {
  readonly #table: EntryTable;
  readonly #sums: SumRows;
  readonly #session: number;
  readonly #turns = new Map<number, Turn>();

  constructor(table: EntryTable, sums: SumRows, session: number) {
    this.#table = table;
    this.#sums = sums;
    this.#session = session;
  }

  get all(): readonly Turn[] {
    return [...this.#turns.values()];
  }

  add(place: number): void {
    const table = this.#table;
    const turn = this.#turnOf(table.turns.of(place), table.atMs[place] ?? Number.NaN);
    this.#sums.add(turn.sum, table, place);
    if (((table.flags[place] ?? 0) & FLAG_SIDECHAIN) === 0) turn.first ??= place;
    else turn.subagentNano += table.nanoUsd[place] || 0;
  }

  addRemainder(remainder: Remainder): void {
    const turn = this.#turnOf(this.#table.turns.ofRemainder(this.#session, remainder), remainder.atMs);
    this.#sums.addUnattributed(turn.sum, remainder.nanoUsd);
  }

  #turnOf(number: number, atMs: number): Turn {
    const known = this.#turns.get(number);
    if (known !== undefined) return known;
    const turnId = this.#table.turns.nameOf(number);
    const turn = { turnId, sum: this.#sums.make(), subagentNano: 0, fromMs: atMs, first: null };
    this.#turns.set(number, turn);
    return turn;
  }
}

function turnPlaces(
  table: EntryTable,
  reads: LedgerReads,
  sums: SumRows,
  turns: readonly Turn[],
): readonly TurnPlace[] {
  const dearest = turns.toSorted((a, b) => sums.allNano(b.sum) - sums.allNano(a.sum)).slice(0, MAX_PLACES);
  return dearest.flatMap(({ turnId, first }) => (first === null ? [] : placeOfTurn(reads, turnId, table.key[first])));
}

/** None for what is in no transcript. */
export function placeOfTurn(reads: LedgerReads, turnId: string | null, key: number | undefined): readonly TurnPlace[] {
  const row = key === undefined ? null : reads.fullEntry(key);
  const path = row?.path ?? null;
  return turnId === null || row === null || path === null ? [] : [{ turnId, path, offset: row.offset }];
}

function toldTurns(sums: SumRows, turns: readonly Turn[]): readonly TurnCost[] {
  let cumulative = 0;
  return turns
    .toSorted((a, b) => (Number.isNaN(a.fromMs) ? 0 : a.fromMs) - (Number.isNaN(b.fromMs) ? 0 : b.fromMs))
    .map(({ turnId, sum, subagentNano, fromMs }) => {
      cumulative += sums.allNano(sum);
      const { costUsd, unattributedUsd, tokens, messages, unpricedMessages } = sums.told(sum);
      return {
        ...{ turnId, costUsd, unattributedUsd, tokens, messages, unpricedMessages },
        from: Number.isNaN(fromMs) ? null : new Date(fromMs).toISOString(),
        to: Number.isFinite(sums.lastMs(sum)) ? new Date(sums.lastMs(sum)).toISOString() : null,
        payloadId: null,
        text: null,
        seq: null,
        cumulativeUsd: usdOf(cumulative),
        subagentUsd: usdOf(subagentNano),
      };
    });
}

function reconciled(
  table: EntryTable,
  session: number,
  { unpriced, unknown }: { readonly unpriced: number; readonly unknown: number },
): Reconciliation {
  const compared = table.comparisons.get(session);
  const unattributed = (compared?.remainders ?? []).reduce((sum, { nanoUsd }) => sum + nanoUsd, 0);
  const { totalNano = null, baselineNano = 0, messagesNano = 0 } = compared ?? {};
  const own = (totalNano ?? 0) - baselineNano;
  const isDrift =
    totalNano !== null && (Math.abs(unattributed) > DRIFT_NANO || Math.abs(unattributed) > own * DRIFT_SHARE);
  const priced = unattributed > 0 ? "messages_missing" : "prices_differ";
  const notPriced = unknown > 0 ? "unknown_model" : "unpriced_messages";
  return {
    cliTotalUsd: totalNano === null ? null : usdOf(totalNano),
    baselineUsd: usdOf(baselineNano),
    messagesUsd: usdOf(messagesNano),
    unattributedUsd: usdOf(unattributed),
    driftUsd: isDrift ? usdOf(unattributed) : null,
    reason: isDrift ? (unpriced > 0 ? notPriced : priced) : null,
  };
}
