/** What a session cost, turn by turn, beside the CLI's own total. */
import type { Reconciliation, SessionCost, TurnCost } from "../../../shared/model/cost.ts";
import { reasonOf } from "../storage/ledgerCharge.ts";
import { FLAG_SIDECHAIN, type LedgerReads } from "../storage/ledgerReads.ts";
import { RunningSum, usdOf } from "./costSums.ts";
import type { EntryTable } from "./entryTable.ts";
import { EntryTurns, placesInOrder } from "./entryTurns.ts";

/** Far more than are looked at; a page with more would be slow to draw. */
const MAX_TURNS = 2000;
/** Turns whose beginning is looked for: each takes a small read of the transcript. */
const MAX_PLACES = 300;
const DRIFT_NANO = 10_000_000;
const DRIFT_SHARE = 0.01;

interface Turn {
  readonly turnId: string | null;
  readonly sum: RunningSum;
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
  const total = new RunningSum();
  const models = new Map<string, RunningSum>();
  const turns = new Map<string | null, Turn>();
  let unknown = 0;
  let unpriced = 0;
  const turnIds = new EntryTurns(table, reads);
  for (const place of places) {
    const turnId = turnIds.of(place);
    const isSubagent = ((table.flags[place] ?? 0) & FLAG_SIDECHAIN) !== 0;
    const nano = table.nanoUsd[place] ?? Number.NaN;
    const turn = turnOf(turns, turnId, table.atMs[place] ?? Number.NaN);
    turn.sum.add(table, place);
    total.add(table, place);
    if (isSubagent && !Number.isNaN(nano)) turn.subagentNano += nano;
    if (!isSubagent) turn.first ??= place;
    const modelName = table.models.get(table.kind[place] ?? 0) ?? "";
    const model = models.get(modelName) ?? new RunningSum();
    models.set(modelName, model);
    model.add(table, place);
    if (!Number.isNaN(nano)) continue;
    unpriced += 1;
    if (reasonOf(reads.fullEntry(table.key[place] ?? 0)?.unpricedReason ?? null) === "unknown_model") unknown += 1;
  }
  for (const { turnId, atMs, nanoUsd } of table.comparisons.get(session)?.remainders ?? []) {
    total.unattributedNano += nanoUsd;
    const turn = turnAt(turns, turnId, atMs);
    turn.sum.unattributedNano += nanoUsd;
  }
  const told = toldTurns([...turns.values()]);
  const cost = {
    sessionId,
    total: total.told(),
    models: [...models]
      .toSorted(([, a], [, b]) => b.nanoUsd - a.nanoUsd)
      .map(([key, { nanoUsd, tokens }]) => ({
        key,
        label: key === "" ? "unknown model" : key,
        costUsd: usdOf(nanoUsd),
        tokens,
      })),
    turns: told.slice(-MAX_TURNS),
    leftOutTurns: Math.max(0, told.length - MAX_TURNS),
    reconciliation: reconciled(table, session, { unpriced, unknown }),
  };
  return { cost, places: turnPlaces(table, reads, [...turns.values()]) };
}

function turnPlaces(table: EntryTable, reads: LedgerReads, turns: readonly Turn[]): readonly TurnPlace[] {
  const dearest = turns.toSorted((a, b) => b.sum.allNano - a.sum.allNano).slice(0, MAX_PLACES);
  return dearest.flatMap(({ turnId, first }) => (first === null ? [] : placeOfTurn(reads, turnId, table.key[first])));
}

/** None for what is in no transcript. */
export function placeOfTurn(reads: LedgerReads, turnId: string | null, key: number | undefined): readonly TurnPlace[] {
  const row = key === undefined ? null : reads.fullEntry(key);
  const path = row?.path ?? null;
  return turnId === null || row === null || path === null ? [] : [{ turnId, path, offset: row.offset }];
}

function turnOf(turns: Map<string | null, Turn>, turnId: string | null, atMs: number): Turn {
  const known = turns.get(turnId);
  if (known !== undefined) return known;
  const turn = { turnId, sum: new RunningSum(), subagentNano: 0, fromMs: atMs, first: null };
  turns.set(turnId, turn);
  return turn;
}

/** A total of a process's end names no turn: its remainder belongs to the last turn before it. */
function turnAt(turns: Map<string | null, Turn>, turnId: string | null, atMs: number): Turn {
  if (turnId !== null) return turnOf(turns, turnId, atMs);
  const before = [...turns.values()].filter(({ fromMs }) => fromMs <= atMs).toSorted((a, b) => a.fromMs - b.fromMs);
  return before.at(-1) ?? turnOf(turns, null, atMs);
}

function toldTurns(turns: readonly Turn[]): readonly TurnCost[] {
  let cumulative = 0;
  return turns
    .toSorted((a, b) => (Number.isNaN(a.fromMs) ? 0 : a.fromMs) - (Number.isNaN(b.fromMs) ? 0 : b.fromMs))
    .map(({ turnId, sum, subagentNano, fromMs }) => {
      cumulative += sum.allNano;
      const { costUsd, unattributedUsd, tokens, messages, unpricedMessages } = sum.told();
      return {
        ...{ turnId, costUsd, unattributedUsd, tokens, messages, unpricedMessages },
        from: Number.isNaN(fromMs) ? null : new Date(fromMs).toISOString(),
        to: Number.isFinite(sum.lastMs) ? new Date(sum.lastMs).toISOString() : null,
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
