import { describe, expect, test } from "vitest";
import { layoutRunning } from "../../../../renderer/charts/runningLayout.ts";

function layout(values: readonly number[], width = 800) {
  const steps = values.map((value, index) => ({ key: `k${index}`, label: String(index + 1), value }));
  return layoutRunning({ steps, format: String, width, height: 250 });
}

describe("a running total", () => {
  test("adds up step by step", () => {
    expect(layout([1, 0, 3]).steps.map(({ key, total, label }) => [key, total, label])).toEqual([
      ["k0", 1, "1"],
      ["k1", 1, "2"],
      ["k2", 4, "3"],
    ]);
  });

  test("rises to its end and has a bar for each step that is not nothing", () => {
    const { totalLine, totalPlot, bars, stepPlot } = layout([1, 0, 3]);
    const heights = [...totalLine.matchAll(/,([\d.]+)/gu)].map(([, y]) => Number(y));
    expect(heights.at(-1)).toBe(totalPlot.top);
    expect(heights).toEqual(heights.toSorted((one, other) => other - one));
    expect([bars.match(/M/gu)?.length, stepPlot.top > totalPlot.bottom]).toEqual([2, true]);
  });

  test("prints the largest steps, as far as their labels do not touch", () => {
    const values = Array.from({ length: 300 }, (_, index) =>
      index === 100 ? 9 : index === 101 ? 8 : index === 250 ? 7 : 0,
    );
    const printed = layout(values).steps.flatMap(({ key, printed: one }) => (one === null ? [] : [[key, one.text]]));
    expect(printed).toEqual([
      ["k100", "9"],
      ["k250", "7"],
    ]);
  });

  test("without steps draws nothing", () => {
    const { steps, bars } = layout([]);
    expect([steps, bars]).toEqual([[], ""]);
  });
});
