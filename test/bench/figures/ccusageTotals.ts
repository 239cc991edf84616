/** Token totals and costs by day and model, and how two sources of them differ. */
import { z } from "zod";

/** Tokens of one day and model. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** By `<day> <model>`. */
export type Totals = Record<string, Tokens>;

const outputSchema = z.object({
  daily: z.array(
    z.object({
      period: z.string(),
      modelBreakdowns: z.array(
        z.object({
          modelName: z.string(),
          inputTokens: z.number(),
          outputTokens: z.number(),
          cacheReadTokens: z.number(),
          cacheCreationTokens: z.number(),
          cost: z.number(),
        }),
      ),
    }),
  ),
});

const NO_TOKENS: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

export function addTo(totals: Totals, key: string, tokens: Tokens): void {
  const { input, output, cacheRead, cacheWrite } = totals[key] ?? NO_TOKENS;
  totals[key] = {
    input: input + tokens.input,
    output: output + tokens.output,
    cacheRead: cacheRead + tokens.cacheRead,
    cacheWrite: cacheWrite + tokens.cacheWrite,
  };
}

/** It tells fast mode as a model of its own. */
function plainModel(name: string): string {
  return name.replace(/-fast$/u, "");
}

/** One sentence for each day and model whose tokens are not those in `ccusage daily --json`'s output. */
export function totalDifferences(ours: Totals, ccusageOutput: string): readonly string[] {
  const theirs: Totals = {};
  for (const { period, modelBreakdowns } of outputSchema.parse(JSON.parse(ccusageOutput)).daily) {
    for (const model of modelBreakdowns) {
      addTo(theirs, `${period} ${plainModel(model.modelName)}`, {
        input: model.inputTokens,
        output: model.outputTokens,
        cacheRead: model.cacheReadTokens,
        cacheWrite: model.cacheCreationTokens,
      });
    }
  }
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].toSorted();
  return keys.flatMap((key) => {
    const [own, other] = [JSON.stringify(ours[key] ?? NO_TOKENS), JSON.stringify(theirs[key] ?? NO_TOKENS)];
    return own === other ? [] : [`${key}: ${own}, ccusage ${other}`];
  });
}

/** Dollars by `<day> <model>`. */
export type Costs = Readonly<Record<string, number>>;

/** Ours are rounded to micro-dollars, theirs are sums of floats. */
const ROUNDING_USD = 0.000_001_1;

/** What `ccusage daily --json`'s output says of costs; null for tokens of a model that it has no price for. */
export function ccusageCosts(ccusageOutput: string): Readonly<Record<string, number | null>> {
  const costs: Record<string, number | null> = {};
  for (const { period, modelBreakdowns } of outputSchema.parse(JSON.parse(ccusageOutput)).daily) {
    for (const { modelName, cost } of modelBreakdowns) {
      const key = `${period} ${plainModel(modelName)}`;
      costs[key] = cost === 0 ? null : (costs[key] ?? 0) + cost;
    }
  }
  return costs;
}

/**
 * One sentence for each day and model whose cost is not that in `ccusage daily --json`'s output, models that it has no
 * price for left out. `explained` says what its cost is instead, by the key and what it costs here.
 */
export function costDifferences(
  ours: Costs,
  ccusageOutput: string,
  explained: Readonly<Record<string, (ours: number) => number>> = {},
): readonly string[] {
  const theirs = ccusageCosts(ccusageOutput);
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].toSorted();
  return keys.flatMap((key) => {
    const [own, other] = [ours[key], theirs[key]];
    if (other === null && own !== undefined) return [];
    const expected = own === undefined ? undefined : (explained[key]?.(own) ?? own);
    const isSame = expected !== undefined && other !== undefined && Math.abs(expected - (other ?? 0)) <= ROUNDING_USD;
    return isSame ? [] : [`${key}: ${String(own)} USD, ccusage ${String(other)} USD`];
  });
}
