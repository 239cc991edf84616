/** A threshold on a meter. */
export interface MeterTick {
  readonly percent: number;
  /** False where its words would run into those of the next one. */
  readonly hasWords: boolean;
}

/** Percent of a meter's width that the words of a tick take. */
const WORDS_PERCENT = 12;

/** The thresholds along a meter, ascending; of those that stand too close, the higher one keeps its words. */
export function meterTicks(warnAt: readonly number[]): readonly MeterTick[] {
  let free = Number.POSITIVE_INFINITY;
  const ticks = warnAt
    .toSorted((one, other) => other - one)
    .map((percent) => {
      const hasWords = free - percent >= WORDS_PERCENT;
      if (hasWords) free = percent;
      return { percent, hasWords };
    });
  return ticks.toReversed();
}

/** The part of the meter that is filled, in percent: what goes beyond the limit fills it, what is little can be seen. */
export function meterFill(fraction: number): number {
  if (!(fraction > 0)) return 0;
  return Math.min(100, Math.max(1, fraction * 100));
}
