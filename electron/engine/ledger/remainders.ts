/**
 * What the CLI's own running totals hold beyond a session's messages. Pure, and always computed from all of a session's
 * totals and messages, so that neither order nor repetition matters.
 */
import type { CostTotalRow } from "../storage/ledgerReads.ts";

/** A message's part in the comparison. */
export interface ComparedMessage {
  /** 0 where unknown. */
  readonly atMs: number;
  /** As the stream told it, or its place in a transcript; null where neither did. */
  readonly turnId: string | null;
  /** By the prices that the CLI knows; null where those know none. */
  readonly listNano: number | null;
  /** Whether it counts by a price of the user's that the CLI knows nothing of. */
  readonly isOwnPriced: boolean;
  readonly tokens: number;
}

export interface Remainder {
  /** When it was used, as far as can be told. */
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
  /** What the CLI charged for the messages that the totals speak of. */
  readonly messagesNano: number;
}

type Told = Omit<CostTotalRow, "session">;

const HOUR_MS = 3_600_000;

/** Totals of results are told in whole micro-dollars: a difference up to one is none. */
const ROUNDING_NANO = 1000;

/** Totals in the order of time, messages in any. */
export function compareTotals(
  totals: readonly Told[],
  messages: readonly ComparedMessage[],
  isFork: boolean,
): Comparison {
  const remainders: Remainder[] = [];
  // A fork's totals go on from its parent's, wherever those began.
  const told = totals.filter(
    (total, index) => !isToldAgain(total, totals[index + 1]) && !(isFork && beginsAnew(total)),
  );
  const stretches = stretchesOf(told, messages);
  let before: number | null = null;
  let addedNano = 0;
  let messagesNano = 0;
  for (const [index, total] of told.entries()) {
    const added = beginsAnew(total) ? null : addedBy(total, before, isFork);
    before = total.totalNano;
    if (added === null) continue;
    const stretch = stretches[index] ?? [];
    const nanoUsd = beyond(added, stretch);
    addedNano += added;
    messagesNano += added - nanoUsd;
    if (Math.abs(nanoUsd) > ROUNDING_NANO) remainders.push(...placed(nanoUsd, total, stretch));
  }
  const totalNano = totals.at(-1)?.totalNano ?? null;
  return { remainders, totalNano, baselineNano: Math.max(0, (totalNano ?? 0) - addedNano), messagesNano };
}

/**
 * The messages that each total speaks of, in the order of time. The time of a total is that of its reading, which may be
 * after the next turn's first message: where the turn is known it decides.
 */
function stretchesOf(totals: readonly Told[], messages: readonly ComparedMessage[]): readonly ComparedMessage[][] {
  const stretches: ComparedMessage[][] = totals.map(() => []);
  const byTurn = Map.groupBy(totals.keys(), (index) => totals[index]?.turnId ?? null);
  byTurn.delete(null);
  let next = 0;
  for (const message of messages.toSorted((a, b) => a.atMs - b.atMs)) {
    const isIn = (index: number): boolean => message.atMs <= (totals[index]?.atMs ?? Number.POSITIVE_INFINITY);
    while (!isIn(next)) next += 1;
    const ofTurn = message.turnId === null ? undefined : byTurn.get(message.turnId)?.find(isIn);
    stretches[ofTurn ?? next]?.push(message);
  }
  return stretches;
}

/**
 * What the CLI charged beyond what its prices say of the messages. Of those whose price only the user knows it charged
 * something too: that much is not beyond them.
 */
function beyond(addedNano: number, stretch: readonly ComparedMessage[]): number {
  const nanoUsd = addedNano - stretch.reduce((sum, { listNano }) => sum + (listNano ?? 0), 0);
  const unlisted = stretch.filter(({ listNano }) => listNano === null);
  if (nanoUsd <= 0 || !unlisted.some(({ isOwnPriced }) => isOwnPriced)) return nanoUsd;
  const unpriced = tokensOf(unlisted.filter(({ isOwnPriced }) => !isOwnPriced));
  return Math.round((nanoUsd * unpriced) / Math.max(tokensOf(unlisted), 1));
}

function tokensOf(messages: readonly ComparedMessage[]): number {
  return messages.reduce((sum, { tokens }) => sum + tokens, 0);
}

/**
 * In parts, an hour each: a process that runs for days tells its total at its end, and what was used on the first day is
 * no cost of the last. Where messages without a price are, it is mostly theirs; else it goes with what else was charged.
 */
function placed(nanoUsd: number, { atMs, turnId }: Told, stretch: readonly ComparedMessage[]): readonly Remainder[] {
  const timed = stretch.filter((message) => message.atMs > 0);
  const unpriced = timed.filter(({ listNano, isOwnPriced }) => listNano === null && !isOwnPriced);
  const hours = new Map<number, { atMs: number; weight: number }>();
  for (const message of unpriced.length > 0 ? unpriced : timed) {
    const hour = Math.floor(message.atMs / HOUR_MS);
    const weight = (hours.get(hour)?.weight ?? 0) + (unpriced.length > 0 ? message.tokens : (message.listNano ?? 0));
    hours.set(hour, { atMs: hour === Math.floor(atMs / HOUR_MS) ? atMs : message.atMs, weight });
  }
  const parts = [...hours.values()];
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return [{ atMs: parts.at(-1)?.atMs ?? atMs, turnId, nanoUsd }];
  let [before, weights] = [0, 0];
  return parts.flatMap((part) => {
    weights += part.weight;
    const upTo = Math.round(nanoUsd * (weights / whole));
    const own = upTo - before;
    before = upTo;
    return own === 0 ? [] : [{ atMs: part.atMs, turnId, nanoUsd: own }];
  });
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
