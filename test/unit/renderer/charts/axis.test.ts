import { expect, test } from "vitest";
import { axisTicks, labelMiddle, printedLabels, tickText, valueScale } from "../../../../renderer/charts/axis.ts";

const fiveDays = ["9 Nov", "10 Nov", "11 Nov", "12 Nov", "13 Nov"];

test.each([
  ["all where there is room", ["1", "2", "3"], 60, [true, true, true]],
  ["every other one, counted from the last", ["10 Nov", "11 Nov", "12 Nov"], 40, [true, false, true]],
  [
    "further apart where the right edge pushes the last one to the left",
    fiveDays,
    14,
    [false, false, false, false, true],
  ],
  ["the last one alone", ["10 Nov", "11 Nov", "12 Nov"], 5, [false, false, true]],
  ["none of none", [], 5, []],
] as const)("labels are printed: %s", (_name, labels, step, expected) => {
  expect(printedLabels(labels, step)).toEqual(expected);
});

test.each([
  [20, "$20"],
  [2.5, "$2.50"],
  [0, "$0"],
])("the value %d stands beside its line as %s", (value, expected) => {
  expect(tickText(value, (number) => `$${number.toFixed(2)}`)).toBe(expected);
});

test("a label never leaves the plot to the right", () => {
  const plot = { left: 0, top: 0, right: 100, bottom: 10 };
  expect([labelMiddle("ab", 50, plot), labelMiddle("ab", 99, plot) < 99]).toEqual([50, true]);
});

test("lines are as many as their labels tell apart", () => {
  const cents = (value: number): string => `$${value.toFixed(2)}`;
  const texts = (most: number): readonly string[] => {
    const scale = valueScale([most], { left: 0, top: 0, right: 100, bottom: 100 });
    return axisTicks(scale, cents).map(({ value }) => tickText(value, cents));
  };
  expect([texts(0.024), texts(9.9), texts(0.001)]).toEqual([
    ["$0", "$0.01", "$0.02"],
    ["$0", "$2", "$4", "$6", "$8", "$10"],
    ["$0"],
  ]);
});
