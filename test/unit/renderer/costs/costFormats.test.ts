import { expect, test } from "vitest";
import {
  formatCost,
  formatExactCost,
  formatShare,
  formatSpan,
  costText,
  spanLabel,
  spanPartLabel,
  spanPartWords,
  spanTitle,
} from "../../../../renderer/views/costs/costFormats.ts";
import { sampleSum } from "./samples.ts";

test.each([
  [0, "$0.00"],
  [-0.0000001, "$0.00"],
  [0.000002, "$0.000002"],
  [0.00123456, "$0.0012"],
  [0.0099, "$0.0099"],
  [0.01, "$0.01"],
  [4.123, "$4.12"],
  [-0.13, "-$0.13"],
  [999.994, "$999.99"],
  [999.996, "$1,000"],
  [1234.56, "$1,235"],
])("%d dollars are %s", (usd, expected) => {
  expect(formatCost(usd)).toBe(expected);
});

test("what is added up before the reader's eyes has all of its places", () => {
  expect([formatExactCost(0.1428824), formatExactCost(8), formatExactCost(0.00000001)]).toEqual([
    "$0.1428824",
    "$8.00",
    "$0.00000001",
  ]);
});

test.each([
  [0.344, "34%"],
  [1, "100%"],
  [0.0042, "0.4%"],
  [0, "0%"],
])("the share %d is %s", (share, expected) => {
  expect(formatShare(share)).toBe(expected);
});

test.each([
  [29_000, "0 min"],
  [1_320_000, "22 min"],
  [7_500_000, "2 h 05 min"],
])("%d milliseconds are %s", (ms, expected) => {
  expect(formatSpan(ms)).toBe(expected);
});

test.each([
  ["2026-11-20", "day", "20 Nov", "Friday, 20 November 2026"],
  ["2026-11-16", "week", "16 Nov", "16 Nov to 22 Nov"],
  ["2026-11", "month", "Nov 26", "November 2026"],
] as const)("%s as a %s is %s, in full %s", (key, span, label, title) => {
  expect([spanLabel(key, span), spanTitle(key, span).replace("Friday 20", "Friday, 20")]).toEqual([label, title]);
});

test.each([
  ["2026-10-26", "week", "2026-10-31", "2026-11-25", "only from 31 Oct", "31 Oct"],
  ["2026-11-16", "week", "2026-10-31", "2026-11-20", "only to 20 Nov", "16 Nov"],
  ["2026-11-23", "week", "2026-10-31", "2026-11-25", "so far", "23 Nov"],
  ["2026-11", "month", "2026-11-03", "2026-11-20", "only from 3 Nov to 20 Nov", "3 Nov"],
  ["2026-11", "month", "2026-11-03", "2026-11-25", "only from 3 Nov, so far", "3 Nov"],
  ["2026-11", "month", null, null, null, "Nov 26"],
  ["2026-11-16", "week", "2026-11-16", "2026-11-22", null, "16 Nov"],
  ["2026-11-25", "day", "2026-11-25", "2026-11-25", null, "25 Nov"],
] as const)("of %s as a %s between %s and %s is counted: %s", (key, span, first, last, words, label) => {
  const range = { first, last };
  expect([spanPartWords(key, span, range, "2026-11-25"), spanPartLabel(key, span, range)]).toEqual([words, label]);
});

test.each([
  ["not priced", { messages: 2, unpricedMessages: 2 }],
  ["$0.00", {}],
  ["$0.00", { messages: 2 }],
  ["$1.00", { messages: 2, unpricedMessages: 1, costUsd: 1 }],
  ["$0.50", { messages: 2, unpricedMessages: 2, unattributedUsd: 0.5 }],
])("what was spent is %s for %o", (expected, sum) => {
  expect(costText(sampleSum(sum))).toBe(expected);
});
