import { expect, test } from "vitest";
import { meterFill, meterTicks } from "../../../../renderer/views/budgets/budgetMeter.ts";

test.each([
  [0, 0],
  [Number.NaN, 0],
  [0.001, 1],
  [0.5, 50],
  [1.2, 100],
])("%s of the limit fills %s percent", (fraction, percent) => {
  expect(meterFill(fraction)).toBe(percent);
});

test("of thresholds that stand too close the higher one keeps its words", () => {
  expect(meterTicks([50, 80, 90, 95, 100])).toEqual([
    { percent: 50, hasWords: true },
    { percent: 80, hasWords: true },
    { percent: 90, hasWords: false },
    { percent: 95, hasWords: false },
    { percent: 100, hasWords: true },
  ]);
});
