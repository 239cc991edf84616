import { readFileSync } from "node:fs";
import { calcPrice, findProvider } from "@pydantic/genai-prices";
import { expect, test } from "vitest";
import { genaiSheet } from "../../../../../../electron/engine/ledger/pricing/genaiPrices.ts";
import { genaiRelease } from "../../../../../../electron/engine/ledger/pricing/genaiRelease.ts";
import { bookOf } from "../../../../../../electron/engine/ledger/pricing/priceBook.ts";
import { priceMessage } from "../../../../../../electron/engine/ledger/pricing/priceMessage.ts";
import { chargeable } from "./measuredPrices.ts";

const book = bookOf([genaiSheet()]);

test("the release that is named is the one installed", () => {
  const path = new URL("../../../../../../node_modules/@pydantic/genai-prices/package.json", import.meta.url);
  const installed: unknown = JSON.parse(readFileSync(path, "utf8"));
  expect(installed).toMatchObject({ version: genaiRelease.version });
});

const models = (findProvider({ providerId: "anthropic" })?.models ?? []).map((model) => model.id);
const days = ["2025-01-01T00:00:00Z", "2026-03-12T23:59:59Z", "2026-03-13T00:00:00Z", "2026-11-20T00:00:00Z"];
const prompts = [1_000, 199_999, 200_000, 200_001];

test.each(models)("%s costs what the package itself computes", (model) => {
  const hasCache = !/claude-(?:2|v1)/u.test(model);
  const rest = hasCache ? { cacheRead: 700, cacheWrite5m: 200, cacheWrite1h: 100 } : {};
  for (const day of days)
    for (const prompt of prompts) {
      const message = chargeable({
        model,
        atMs: Date.parse(day),
        output: 300,
        ...rest,
        input: prompt - (hasCache ? 1_000 : 0),
      });
      const usage = {
        input_tokens: prompt,
        output_tokens: 300,
        ...(hasCache
          ? { cache_read_tokens: 700, cache_write_tokens: 300, cache_write_5m_tokens: 200, cache_write_1h_tokens: 100 }
          : {}),
      };
      const theirs = calcPrice(usage, model, { providerId: "anthropic", timestamp: new Date(day) });
      expect(priceMessage(message, book)).toMatchObject({ nanoUsd: Math.round((theirs?.total_price ?? -1) * 1e9) });
    }
});

test("its matching by beginnings is not taken over: a later model is unknown", () => {
  expect({
    theirs: calcPrice({ input_tokens: 1 }, "claude-sonnet-5-7", { providerId: "anthropic" })?.model.id,
    ours: priceMessage(chargeable({ model: "claude-sonnet-5-7" }), book).kind,
  }).toEqual({ theirs: "claude-sonnet-5", ours: "unpriced" });
});
