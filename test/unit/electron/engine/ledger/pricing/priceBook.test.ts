import { describe, expect, test } from "vitest";
import type { Price, PriceSheet, Rates } from "../../../../../../electron/engine/ledger/pricing/price.ts";
import { bookOf, createPriceBook } from "../../../../../../electron/engine/ledger/pricing/priceBook.ts";
import { readPriceSheet } from "../../../../../../electron/engine/ledger/pricing/readPriceSheet.ts";

function rates(input: number): Rates {
  return { input, output: 5, cacheRead: 1, cacheWrite5m: 2, cacheWrite1h: 3 };
}

function userSheet(...prices: readonly object[]): PriceSheet {
  const reading = readPriceSheet("user", JSON.stringify({ asOf: "2026-11-19", prices }));
  if (reading.kind === "problem") throw new Error(reading.problem.message);
  return reading.sheet;
}

function at(day: string): number {
  return Date.parse(day);
}

function told(price: Price | null): unknown {
  return price === null ? null : [price.source, price.rates.input];
}

describe("dated prices", () => {
  const book = bookOf([
    userSheet(
      { models: ["m"], from: "2026-03-01", to: "2026-03-31", rates: rates(1) },
      { models: ["m"], from: "2026-04-01", rates: rates(2) },
    ),
  ]);

  test.each([
    ["2026-02-28T23:59:59.999Z", null],
    ["2026-03-01T00:00:00.000Z", ["user", 1]],
    ["2026-03-31T23:59:59.999Z", ["user", 1]],
    ["2026-04-01T00:00:00.000Z", ["user", 2]],
    ["2126-01-01T00:00:00.000Z", ["user", 2]],
  ])("days begin and end in UTC: %s", (time, expected) => {
    expect(told(book.find("m", at(time)))).toEqual(expected);
  });

  test("the periods of a model cover all time, each with its own price id", () => {
    expect(
      book.periods("m").map(({ fromMs, toMs, price }) => [fromMs, toMs, price?.priceId.slice(0, -9) ?? null]),
    ).toEqual([
      [null, at("2026-03-01"), null],
      [at("2026-03-01"), at("2026-04-01"), "user:m:2026-03-01"],
      [at("2026-04-01"), null, "user:m:2026-04-01"],
    ]);
  });

  test("a model that nobody names has one period without a price", () => {
    expect(book.periods("other")).toEqual([{ fromMs: null, toMs: null, price: null }]);
  });
});

describe("sources", () => {
  test("the user's price holds on its days, and the app's own on all others", () => {
    const book = createPriceBook(
      userSheet({
        models: ["claude-opus-5-5"],
        from: "2026-11-01",
        to: "2026-11-30",
        rates: rates(1),
        note: "contract",
      }),
    );
    expect(
      ["2026-10-31", "2026-11-15", "2026-12-01"].map((day) => {
        const price = book.find("claude-opus-5-5", at(day));
        return [told(price), price?.multipliers.fast, price?.priceDate, price?.note];
      }),
    ).toEqual([
      [["overlay", 4], { value: 2, source: "overlay" }, "2026-11-20", null],
      [["user", 1], { value: 2, source: "overlay" }, "2026-11-19", "contract"],
      [["overlay", 4], { value: 2, source: "overlay" }, "2026-11-20", null],
    ]);
  });

  test("a multiplier alone leaves the rates beneath, and names its own source", () => {
    const book = createPriceBook(
      userSheet({ models: ["claude-opus-4-5"], fast: 3 }, { models: ["*"], usInference: 1 }),
    );
    const price = book.find("claude-opus-4-5", at("2026-11-20"));
    expect([told(price), price?.multipliers, price?.webSearchPerThousand]).toEqual([
      ["genai-prices", 5],
      {
        fast: { value: 3, source: "user" },
        usInference: { value: 1, source: "user" },
        batch: { value: 0.5, source: "overlay" },
      },
      { value: 10, source: "overlay" },
    ]);
  });

  test("an exact id goes before the model's plain name", () => {
    const book = createPriceBook(
      userSheet(
        { models: ["claude-opus-4-5-20251101"], rates: rates(1) },
        { models: ["claude-opus-4.5"], rates: rates(2) },
      ),
    );
    expect(
      ["claude-opus-4-5-20251101", "claude-opus-4-5", "us.anthropic.claude-opus-4-5-20251101-v1:0"].map((model) =>
        told(book.find(model, null)),
      ),
    ).toEqual([
      ["user", 1],
      ["user", 2],
      ["user", 2],
    ]);
  });

  test("a model of another maker is priced once the user names it", () => {
    const book = createPriceBook(userSheet({ models: ["GLM-5"], rates: rates(0.6) }));
    expect([told(book.find("glm-5", null)), told(createPriceBook(null).find("glm-5", null))]).toEqual([
      ["user", 0.6],
      null,
    ]);
  });

  test("the tier that ended is charged for its time only", () => {
    const book = createPriceBook(null);
    expect(
      ["2026-04-30T23:59:59Z", "2026-05-01T00:00:00Z"].map(
        (time) => book.find("claude-sonnet-4-5", at(time))?.tiers.length,
      ),
    ).toEqual([1, 0]);
  });
});

describe("price ids", () => {
  const idOf = (entry: object): string | undefined => bookOf([userSheet(entry)]).find("m", null)?.priceId;
  const entry = { models: ["m"], rates: rates(1), fast: 2 };

  test("the same amounts have the same id, whatever else the file says", () => {
    expect(idOf({ ...entry, models: ["other", "m"], note: "a note" })).toBe(idOf(entry));
  });

  test.each([
    { ...entry, rates: rates(1.5) },
    { ...entry, fast: 3 },
    { ...entry, webSearchPerThousand: 9 },
    { ...entry, batch: 0.4 },
    { ...entry, tiers: [{ abovePromptTokens: 5, rates: rates(2) }] },
    { ...entry, from: "2026-01-01" },
  ])("a change that can change an amount changes the id: %j", (changed) => {
    expect(idOf(changed)).not.toBe(idOf(entry));
  });
});
