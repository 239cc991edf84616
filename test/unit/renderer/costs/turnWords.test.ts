import { expect, test } from "vitest";
import { cacheFigures } from "../../../../renderer/views/costs/cacheFigures.ts";
import { changeWords } from "../../../../renderer/views/costs/costWords.ts";
import { reconciliationWords } from "../../../../renderer/views/costs/reconciliationWords.ts";
import { turnCause } from "../../../../renderer/views/costs/turnCause.ts";
import type { Reconciliation, TurnCost } from "../../../../shared/model/cost.ts";
import { noTokens, sampleSum, sampleTurn } from "./samples.ts";

test.each<readonly [string, Partial<TurnCost>, string]>([
  ["output", { tokens: { ...noTokens, cacheRead: 100_000, output: 12_300 } }, "mostly output (12.3K tokens)"],
  ["the cache", { tokens: { ...noTokens, cacheRead: 900_000, output: 300 } }, "mostly reading the cache (900K tokens)"],
  [
    "sub-agents",
    { costUsd: 1, subagentUsd: 0.5, tokens: { ...noTokens, cacheWrite1h: 9000 } },
    "$0.50 by sub-agents; mostly writing the cache for an hour (9K tokens)",
  ],
  [
    "what no message accounts for",
    { costUsd: 0, unattributedUsd: 0.4, messages: 0 },
    "$0.40 that no message accounts for: an interrupted turn or a side request",
  ],
  ["many messages", { tokens: { ...noTokens, input: 10 }, messages: 40 }, "mostly new input (10 tokens); 40 messages"],
  ["nothing that is known", {}, ""],
])("a turn is dear by %s", (_name, change, expected) => {
  expect(turnCause(sampleTurn("t", change))).toBe(expected);
});

const told: Reconciliation = {
  cliTotalUsd: 4.12,
  baselineUsd: 0,
  messagesUsd: 4,
  unattributedUsd: 0.12,
  driftUsd: null,
  reason: null,
};

test.each<readonly [string, Partial<Reconciliation>, ReturnType<typeof reconciliationWords>]>([
  [
    "no total",
    { cliTotalUsd: null },
    { text: "Claude Code has told no total of its own for this session.", drift: null },
  ],
  [
    "a remainder",
    {},
    {
      text: "Claude Code’s own total is $4.12. The messages come to $4.00; $0.12 is not attributed to a message (interrupted turns, side requests).",
      drift: null,
    },
  ],
  [
    "a fork with a drift",
    { baselineUsd: 1, unattributedUsd: 0, driftUsd: 0.2, reason: "prices_differ" },
    {
      text: "Claude Code’s own total is $4.12, of which $1.00 were there when it was resumed or forked. The messages come to $4.00; nothing is left over.",
      drift: "The two differ by $0.20. The likely reason: prices of the CLI that differ from the lists here.",
    },
  ],
  [
    "a drift without a reason",
    { unattributedUsd: 0, driftUsd: -0.2 },
    {
      text: "Claude Code’s own total is $4.12. The messages come to $4.00; nothing is left over.",
      drift: "The two differ by -$0.20. The reason is not known.",
    },
  ],
])("reconciliation: %s", (_name, change, expected) => {
  expect(reconciliationWords({ ...told, ...change })).toEqual(expected);
});

test.each([
  [4, 3, "33% more than yesterday ($3.00)"],
  [3, 4, "25% less than yesterday ($4.00)"],
  [3, 3.001, "as much as yesterday"],
  [21, 3, "7 times as much as yesterday ($3.00)"],
  [2, 0, "nothing yesterday"],
  [0, 0, "as little as yesterday"],
])("%d against %d is %s", (now, before, expected) => {
  expect(changeWords(now, before, "yesterday")).toBe(expected);
});

test("caching: what was saved, of what, and how much came from the cache", () => {
  const tokens = { ...noTokens, input: 100, cacheRead: 800, cacheWrite5m: 100, output: 5000 };
  expect([cacheFigures(sampleSum({ costUsd: 1, savedUsd: 3, tokens })), cacheFigures(sampleSum())]).toEqual([
    { savedUsd: 3, withoutUsd: 4, savedShare: 0.75, hitShare: 0.8 },
    { savedUsd: 0, withoutUsd: 0, savedShare: null, hitShare: null },
  ]);
});
