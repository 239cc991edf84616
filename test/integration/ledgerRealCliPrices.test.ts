/**
 * The real CLI is told chosen usage, model by model, and what the ledger keeps of each turn has to be what the CLI charged
 * for it: all kinds of tokens, fast mode, US inference, web searches, sizes of prompts.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { usdOf } from "../../electron/engine/ledger/pricing/money.ts";
import type { CostEntry, SessionCost } from "../../shared/model/cost.ts";
import { rawUsagePrompt } from "../support/ledger/ledgerScenes.ts";
import { createLedgerStage, type LedgerStage } from "../support/ledger/ledgerStage.ts";
import { measuredPrices } from "../unit/electron/engine/ledger/pricing/measuredPrices.ts";

interface Counts {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly webSearch: number;
}
type Turn = readonly [model: string, what: string, counts: Partial<Counts>, extra?: Readonly<Record<string, string>>];

const NONE: Counts = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearch: 0 };
/** Odd numbers, so that nothing comes out even by chance, and small enough for no context to overflow. */
const SOME: Counts = {
  ...{ input: 1237, output: 733, cacheRead: 20_011, cacheWrite5m: 3001, cacheWrite1h: 4003, webSearch: 0 },
};
const OPUS = "claude-opus-5-5";
const HAIKU = "claude-haiku-5-5";
const FAST = { speed: "fast" };
const US = { inference_geo: "us" };

const turns: readonly Turn[] = [
  [OPUS, "input alone", { input: 1237 }],
  [OPUS, "output alone", { output: 733 }],
  [OPUS, "cache reads alone", { cacheRead: 20_011 }],
  [OPUS, "cache writes for five minutes alone", { cacheWrite5m: 3001 }],
  [OPUS, "cache writes for an hour alone", { cacheWrite1h: 4003 }],
  [OPUS, "web searches alone", { webSearch: 3 }],
  [OPUS, "US inference, searching", { ...SOME, webSearch: 2 }, US],
  [OPUS, "fast, with US inference", SOME, { ...FAST, ...US }],
  ...[
    ...new Set(measuredPrices.map(({ model }) => model)),
    "claude-haiku-4-5-20251001",
    "claude-sonnet-4-5[1m]",
  ].flatMap((model): Turn[] => [
    [model, "everything", SOME],
    [model, "fast", SOME, FAST],
  ]),
  [HAIKU, "a prompt of 99,000", { input: 99_000, output: 733 }],
  [HAIKU, "a prompt of 101,000", { input: 101_000, output: 733 }],
  [HAIKU, "a prompt of 101,000, most of it cached", { input: 1, cacheRead: 100_999, output: 733 }],
];

/** Fifty turns, on a machine that does much else. */
const TURNS_MS = 180_000;

let stage: LedgerStage;
let cost: SessionCost;
/** By turn, in the order of the table. */
let entries: readonly (CostEntry | undefined)[];
/** What the CLI's total was after each turn. */
let totals: readonly (number | null)[];

beforeAll(async () => {
  stage = await createLedgerStage();
  const sessionId = await stage.start();
  let before = "";
  for (const [model, , counts, extra] of turns) {
    if (model !== before) await stage.test.ask("sessions.setModel", { sessionId, model });
    before = model;
    await stage.say(sessionId, rawUsagePrompt(usageOf({ ...NONE, ...counts }, extra)));
  }
  cost = await stage.cost(sessionId, ({ total }) => total.messages === turns.length);
  await stage.close(sessionId);
  await stage.readAll();
  const kept = new Map((await stage.entries(sessionId)).map((entry) => [entry.turnId, entry]));
  const completed = stage.test
    .events(sessionId)
    .flatMap((event) => (event.type === "turn.completed" ? [event.data] : []));
  entries = completed.map(({ turnId }) => kept.get(turnId));
  totals = completed.map(({ totalCostUsd }) => totalCostUsd);
}, TURNS_MS);
afterAll(async () => {
  await stage.dispose();
});

function usageOf(counts: Counts, extra: Readonly<Record<string, string>> = {}) {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearch } = counts;
  return {
    ...{ input_tokens: input, output_tokens: output, cache_read_input_tokens: cacheRead },
    cache_creation_input_tokens: cacheWrite5m + cacheWrite1h,
    cache_creation: { ephemeral_5m_input_tokens: cacheWrite5m, ephemeral_1h_input_tokens: cacheWrite1h },
    server_tool_use: { web_search_requests: webSearch, web_fetch_requests: 0 },
    ...{ service_tier: "standard", speed: "standard", inference_geo: "", ...extra },
  };
}

/** The parts are told with nine places. */
function sumNano(entry: CostEntry | undefined): number {
  return (entry?.price?.parts ?? []).reduce((sum, { costUsd }) => sum + Math.round(costUsd * 1e9), 0);
}

it.each(turns.map(([model, what, counts], index) => [model, what, { ...NONE, ...counts }, index] as const))(
  "%s, %s",
  (model, _, counts, index) => {
    const entry = entries[index];
    const { webSearch, ...tokens } = counts;
    expect(entry).toMatchObject({ model: model.replace("[1m]", ""), tokens, webSearches: webSearch, remarks: [] });
    const { parts = [], multipliers = [] } = entry?.price ?? {};
    expect(Object.fromEntries(parts.map(({ kind, count }) => [kind, count]))).toEqual(counts);
    const factor = multipliers.reduce((product, { value }) => product * value, 1);
    for (const { kind, count, usdPer, costUsd } of parts) {
      const expected = kind === "webSearch" ? (count * usdPer) / 1000 : (count * usdPer * factor) / 1e6;
      expect(costUsd).toBeCloseTo(expected, 8);
    }
    expect(usdOf(sumNano(entry))).toBe(entry?.costUsd);
    expect(cost.turns[index]?.cumulativeUsd).toBe(totals[index]);
  },
);

it("nothing is beyond the messages, and each model has its sum", async () => {
  expect(cost.reconciliation).toMatchObject({ unattributedUsd: 0, driftUsd: null, reason: null });
  expect(cost.total).toMatchObject({ costUsd: totals.at(-1), unpricedMessages: 0, incompleteMessages: 0 });
  const { rows } = await stage.test.ask("costs.get", { groupBy: "model", limit: 500 });
  const sums = new Map<string, number>();
  for (const entry of entries) {
    const model = entry?.model ?? "";
    sums.set(model, (sums.get(model) ?? 0) + sumNano(entry));
  }
  expect(Object.fromEntries(rows.map(({ key, costUsd }) => [key, costUsd]))).toEqual(
    Object.fromEntries([...sums].map(([model, sum]) => [model, usdOf(sum)])),
  );
});
