/** Token totals by day and model, and how two sources of them differ. */
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

/** One sentence for each day and model whose tokens are not those in `ccusage daily --json`'s output. */
export function totalDifferences(ours: Totals, ccusageOutput: string): readonly string[] {
  const theirs: Totals = {};
  for (const { period, modelBreakdowns } of outputSchema.parse(JSON.parse(ccusageOutput)).daily) {
    for (const model of modelBreakdowns) {
      addTo(theirs, `${period} ${model.modelName}`, {
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
