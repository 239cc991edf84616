/**
 * What the CLI's own running totals hold beyond a session's messages. Pure, and always computed from all of a session's
 * totals and messages, so that neither order nor repetition matters.
 */
import type { CostTotalRow } from "../storage/ledgerReads.ts";

/** A message's part in the comparison: `listNano` by the prices that the CLI knows. */
export interface ComparedMessage {
  readonly atMs: number;
  readonly listNano: number;
}

export interface Remainder {
  /** When the total that showed it was told. */
  readonly atMs: number;
  readonly turnId: string | null;
  readonly nanoUsd: number;
}

export interface Comparison {
  readonly remainders: readonly Remainder[];
  /** The last total; null when none was told. */
  readonly totalNano: number | null;
  /** What the totals began with. */
  readonly baselineNano: number;
  /** Of the messages that the totals speak of. */
  readonly messagesNano: number;
}

/** Totals of results are told in whole micro-dollars: a difference up to one is none. */
const ROUNDING_NANO = 1000;

/** Both in the order of time. */
export function compareTotals(
  totals: readonly Omit<CostTotalRow, "session">[],
  messages: readonly ComparedMessage[],
  isFork: boolean,
): Comparison {
  const remainders: Remainder[] = [];
  let before: number | null = isFork ? null : 0;
  let addedNano = 0;
  let messagesNano = 0;
  let next = 0;
  for (const total of totals) {
    let sum = 0;
    for (; next < messages.length; next += 1) {
      const message = messages[next];
      if (message === undefined || message.atMs > total.atMs) break;
      sum += message.listNano;
    }
    const added = addedBy(total, before);
    before = total.totalNano;
    if (added === null) continue;
    addedNano += added;
    messagesNano += sum;
    const nanoUsd = added - sum;
    if (Math.abs(nanoUsd) > ROUNDING_NANO) remainders.push({ atMs: total.atMs, turnId: total.turnId, nanoUsd });
  }
  const totalNano = totals.at(-1)?.totalNano ?? null;
  return { remainders, totalNano, baselineNano: Math.max(0, (totalNano ?? 0) - addedNano), messagesNano };
}

/**
 * By the total before, as the same is told by results and again when the process ends. A total below the one before was
 * counted anew.
 */
function addedBy({ totalNano, addedNano }: Omit<CostTotalRow, "session">, before: number | null): number | null {
  if (before === null) return addedNano;
  return totalNano < before ? (addedNano ?? totalNano) : totalNano - before;
}
