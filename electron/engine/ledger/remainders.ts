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

type Told = Omit<CostTotalRow, "session">;

/** Totals of results are told in whole micro-dollars: a difference up to one is none. */
const ROUNDING_NANO = 1000;

/** Both in the order of time. */
export function compareTotals(
  totals: readonly Told[],
  messages: readonly ComparedMessage[],
  isFork: boolean,
): Comparison {
  const remainders: Remainder[] = [];
  let before: number | null = null;
  let addedNano = 0;
  let messagesNano = 0;
  let next = 0;
  for (const [index, total] of totals.entries()) {
    if (isToldAgain(total, totals[index + 1])) continue;
    const isBeginning = beginsAnew(total);
    // A fork's totals go on from its parent's, wherever those began.
    if (isBeginning && isFork) continue;
    let sum = 0;
    for (; next < messages.length; next += 1) {
      const message = messages[next];
      if (message === undefined || message.atMs > total.atMs) break;
      sum += message.listNano;
    }
    const added = isBeginning ? null : addedBy(total, before, isFork);
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
 * What a process told at its end, when a result after it says the same: it is written with the time of the last record,
 * which comes before the result, and the result knows the turn.
 */
function isToldAgain(total: Told, next: Told | undefined): boolean {
  if (next === undefined || total.turnId !== null || total.addedNano !== null || next.turnId === null) return false;
  return !beginsAnew(total) && Math.abs(next.totalNano - total.totalNano) <= ROUNDING_NANO;
}

/**
 * A total of nothing that does not say what it added: a process whose count begins there. What was used before it and after
 * the total before is in none: the process that used it was killed.
 */
function beginsAnew({ totalNano, addedNano }: Told): boolean {
  return totalNano === 0 && addedNano === null;
}

/**
 * By the total before, as the same is told by results and again when the process ends. A total below the one before was
 * counted anew. The first one of a fork begins with its parent's: null, when it does not say what it added itself.
 */
function addedBy({ totalNano, addedNano }: Told, before: number | null, isFork: boolean): number | null {
  if (before === null) return addedNano ?? (isFork ? null : totalNano);
  return totalNano < before ? (addedNano ?? totalNano) : totalNano - before;
}
