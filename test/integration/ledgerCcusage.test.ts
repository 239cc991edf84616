/** What transcripts cost by day and model, beside what ccusage says of the same files; each difference has its reason. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { ccusageCosts, type Costs, costDifferences } from "../bench/figures/ccusageTotals.ts";
import { dailyCosts } from "../bench/figures/dailyCosts.ts";
import { makeCcusageCorpus, specialDay, specialMessages } from "../support/ledger/ccusageCorpus.ts";
import { openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

/** Written by `test/support/ledger/captureCcusage.ts`; `madeBy` says with what. */
const sampleSchema = z.object({ madeBy: z.object({ program: z.literal("ccusage@20.0.24") }), output: z.unknown() });
const sample = sampleSchema.parse(
  JSON.parse(readFileSync(new URL("../support/samples/ccusageDaily.json", import.meta.url), "utf8")),
);
const ccusage = JSON.stringify(sample.output);

/** What ccusage says instead of what a special message costs here, and why. */
const explained: readonly (readonly [what: string, model: string, theirs: (ours: number) => number])[] = [
  [
    "a prompt above 200,000 tokens, whose dearer price has ended",
    "claude-sonnet-4-5",
    (ours) => ours + (50_000 * 3) / 1e6,
  ],
  ["US inference, which it does not look at", "claude-opus-5", (ours) => ours / 1.1],
  ["web searches, which it does not charge", "claude-opus-5", (ours) => ours - 0.03],
  ["a batch request, which it takes for any other", "claude-opus-5", (ours) => ours * 2],
];
const DAYS = [specialDay(4), specialDay(8), specialDay(9), specialDay(10)];

let folder: string;
let ours: Costs;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-ccusage-"));
  const config = join(folder, "config");
  makeCcusageCorpus(config);
  const dataDir = join(folder, "data");
  const { index, close } = await openIndexUnderTest({ roots: [config], dataDir });
  await index.scan();
  await close();
  ours = dailyCosts(dataDir);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("is the same but for what is explained", () => {
  const theirs = Object.fromEntries(explained.map(([, model, told], at) => [`${DAYS[at] ?? ""} ${model}`, told]));
  expect(costDifferences(ours, ccusage, theirs)).toEqual([]);
});

it.each(explained.map(([what, model], at) => [what, `${DAYS[at] ?? ""} ${model}`] as const))(
  "differs for %s",
  (_, key) => {
    expect(costDifferences(ours, ccusage).filter((words) => words.startsWith(key))).toHaveLength(1);
  },
);

it("is compared for models that ccusage knows, and of the others only the newest are left out", () => {
  const costs = Object.entries(ccusageCosts(ccusage));
  const models = (isPriced: boolean) =>
    new Set(costs.filter(([, cost]) => (cost !== null) === isPriced).map(([key]) => key.split(" ")[1]));
  expect(models(false)).toEqual(new Set(["claude-haiku-5-5", "claude-opus-5-5"]));
  expect(models(true)).toEqual(new Set([...specialMessages.map(([model]) => model), "claude-sonnet-5"]));
});
