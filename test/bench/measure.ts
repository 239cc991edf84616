/** Numbers of samples: percentiles, the line that a figure prints, and runs that take turns. Knows no figure. */

/** What a list of samples comes to, in the samples' own unit, rounded to microunits. */
export type Summary = {
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

/** One printed result. Every key of `limit` names a number of the same object that it bounds from above. */
export type FigureResult = {
  /** What was measured, from where to where, in words. */
  readonly what: string;
  readonly unit: string;
  readonly n: number;
  readonly limit: Readonly<Record<string, number>>;
  readonly [name: string]: unknown;
};

const NANOSECONDS_PER_MILLISECOND = 1e6;

/** The clock of all figures, in nanoseconds. On Linux and macOS it is one clock for all processes. */
export function now(): bigint {
  return process.hrtime.bigint();
}

/** Milliseconds from one reading of `now` to another. */
export function millisecondsBetween(from: bigint, to: bigint): number {
  return Number(to - from) / NANOSECONDS_PER_MILLISECOND;
}

/** Rounds to three places: finer than any of these clocks can tell. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** @throws Error without samples: a figure of nothing must not look like a good one. */
export function summarise(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new Error("There is nothing to summarise: no sample was taken.");
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    n: samples.length,
    p50: rounded(percentile(sorted, 0.5)),
    p95: rounded(percentile(sorted, 0.95)),
    p99: rounded(percentile(sorted, 0.99)),
    max: rounded(sorted.at(-1) ?? 0),
  };
}

/** The nearest-rank percentile of an ascending, non-empty list. `share` is from 0 to 1. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}

/** True when every limit holds. A limit whose number is missing or no number does not hold. */
export function meetsLimits(result: FigureResult): boolean {
  return Object.entries(result.limit).every(([name, limit]) => {
    const value = result[name];
    return typeof value === "number" && value <= limit;
  });
}

export type PairOptions = {
  readonly pairs: number;
  /** Pairs that are run first and not counted. */
  readonly warmUps: number;
  readonly ours: (index: number) => Promise<number>;
  readonly bare: (index: number) => Promise<number>;
  readonly progress: (words: string) => void;
};

export type PairedSamples = { readonly ours: readonly number[]; readonly bare: readonly number[] };

/** Runs both sides in turn, ours first, so that whatever slows the machine down slows both. */
export async function runInPairs({ pairs, warmUps, ours, bare, progress }: PairOptions): Promise<PairedSamples> {
  const samples = { ours: [] as number[], bare: [] as number[] };
  for (let index = 0; index < warmUps + pairs; index += 1) {
    const pair = { ours: await ours(index), bare: await bare(index) };
    progress(`pair ${index + 1} of ${warmUps + pairs}: ${pair.ours.toFixed(1)} ms, bare ${pair.bare.toFixed(1)} ms`);
    if (index < warmUps) continue;
    samples.ours.push(pair.ours);
    samples.bare.push(pair.bare);
  }
  return samples;
}

/**
 * Ours beside the bare ones. `ratio` divides the medians and is what counts; `ratioP25` divides the lower quartiles, the
 * runs that nothing else on the machine disturbed.
 */
export function compare({ ours, bare }: PairedSamples): Summary & Readonly<Record<string, number>> {
  const summary = summarise(ours);
  const bareSummary = summarise(bare);
  return {
    ...summary,
    bareP50: bareSummary.p50,
    bareP99: bareSummary.p99,
    ratio: rounded(summary.p50 / bareSummary.p50),
    ratioP25: rounded(lowerQuartile(ours) / lowerQuartile(bare)),
  };
}

function lowerQuartile(samples: readonly number[]): number {
  return percentile(
    samples.toSorted((a, b) => a - b),
    0.25,
  );
}
