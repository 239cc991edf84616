/** The price file's format: that of the user's own file and of the overlay that ships with the app. */
import { z } from "zod";
import type { PriceEntry, PriceSheet, PriceSource } from "./price.ts";

/** Beyond these a number is a slip of the pen; within them all three factors on a rate stay a safe integer. */
const MAX_USD_PER_MILLION = 5_000;
const MAX_FACTOR = 10;
const MAX_USD_PER_THOUSAND_SEARCHES = 5_000;

const usdPerMillion = z
  .number()
  .nonnegative()
  .max(MAX_USD_PER_MILLION)
  .refine((rate) => hasDecimals(rate, 6), "may have at most six decimals");

const factor = z
  .number()
  .nonnegative()
  .max(MAX_FACTOR)
  .refine((value) => hasDecimals(value, 3), "may have at most three decimals");

/** All kinds or none: a price made of two lists is nobody's price. */
const rates = z.strictObject({
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: usdPerMillion,
  cacheWrite5m: usdPerMillion,
  cacheWrite1h: usdPerMillion,
});

const day = z.iso.date("must be a day, such as 2026-11-20");

const entry = z
  .strictObject({
    models: z.array(z.string().trim().min(1)).min(1),
    from: day.optional(),
    to: day.optional(),
    rates: rates.optional(),
    tiers: z.array(z.strictObject({ abovePromptTokens: z.number().int().positive(), rates })).optional(),
    fast: factor.optional(),
    usInference: factor.optional(),
    batch: factor.optional(),
    webSearchPerThousand: z
      .number()
      .nonnegative()
      .max(MAX_USD_PER_THOUSAND_SEARCHES)
      .refine((price) => hasDecimals(price, 6), "may have at most six decimals")
      .optional(),
    note: z.string().optional(),
  })
  .superRefine((value, context) => {
    const { from, to, tiers = [] } = value;
    if (from !== undefined && to !== undefined && to < from)
      context.addIssue({ code: "custom", path: ["to"], message: `is before "from"` });
    if (value.rates === undefined && tiers.length > 0)
      context.addIssue({ code: "custom", path: ["tiers"], message: `need "rates" for prompts below them` });
    if (value.rates !== undefined && value.models.includes("*"))
      context.addIssue({ code: "custom", path: ["rates"], message: `are of one model: "*" takes multipliers only` });
    const unordered = tiers.findIndex(
      (tier, index) => tier.abovePromptTokens <= (tiers[index - 1]?.abovePromptTokens ?? 0),
    );
    if (unordered !== -1)
      context.addIssue({ code: "custom", path: ["tiers", unordered], message: "must stand in ascending order" });
  });

export const priceSheetSchema = z.strictObject({ asOf: day, prices: z.array(entry) });

export function toPriceSheet(source: PriceSource, file: z.infer<typeof priceSheetSchema>): PriceSheet {
  return { source, asOf: file.asOf, entries: file.prices.map(toPriceEntry) };
}

function toPriceEntry(given: z.infer<typeof entry>): PriceEntry {
  const { fast, usInference, batch } = given;
  return {
    models: given.models,
    from: given.from ?? null,
    to: given.to ?? null,
    rates: given.rates ?? null,
    tiers: given.tiers ?? [],
    multipliers: {
      ...(fast === undefined ? {} : { fast }),
      ...(usInference === undefined ? {} : { usInference }),
      ...(batch === undefined ? {} : { batch }),
    },
    webSearchPerThousand: given.webSearchPerThousand ?? null,
    note: given.note ?? null,
  };
}

function hasDecimals(value: number, decimals: number): boolean {
  return Number(value.toFixed(decimals)) === value;
}
