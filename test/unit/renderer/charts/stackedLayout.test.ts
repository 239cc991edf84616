import { describe, expect, test } from "vitest";
import { layoutStacked, type StackedInput } from "../../../../renderer/charts/stackedLayout.ts";

const input: StackedInput = {
  columns: [
    { key: "a", label: "A", title: "A", values: { one: 4, two: 6 } },
    { key: "b", label: "B", title: "B", values: { one: 5 } },
    { key: "c", label: "C", title: "C", values: {} },
  ],
  series: [
    { key: "one", label: "One", color: "red" },
    { key: "two", label: "Two", color: "blue" },
  ],
  format: String,
  width: 400,
  height: 136,
};

/** The upper and the lower end of each part of a path. */
function ends(path: string): readonly (readonly [number, number])[] {
  return [...path.matchAll(/M[\d.]+,([\d.]+)h[\d.]+v(-[\d.]+)/gu)].map(([, y, v]) => [
    Number(y) + Number(v),
    Number(y),
  ]);
}

describe("stacked columns", () => {
  const layout = layoutStacked(input);

  test("each part stands on the one before, from the zero line", () => {
    // 100 pixels for 0 to 10.
    expect(layout.paths.map(({ key, color, path }) => [key, color, ends(path)])).toEqual([
      [
        "one",
        "red",
        [
          [76, 116],
          [66, 116],
        ],
      ],
      ["two", "blue", [[16, 76]]],
    ]);
  });

  test("the totals are printed, but not those of nothing", () => {
    expect(layout.columns.map(({ key, total, printed, label, top }) => [key, total, printed, label, top])).toEqual([
      ["a", 10, "10", "A", 16],
      ["b", 5, "5", "B", 66],
      ["c", 0, null, "C", 116],
    ]);
  });

  test("columns lie in the plot without touching", () => {
    const sides = layout.columns.flatMap(({ x, width }) => [x, x + width]);
    expect(sides).toEqual(sides.toSorted((one, other) => one - other));
    expect([(sides[0] ?? 0) >= layout.plot.left, (sides.at(-1) ?? 0) <= layout.plot.right]).toEqual([true, true]);
  });
});

test("a sum that is not known is a question mark, and a part of a column's time is told apart", () => {
  const columns = [
    { key: "a", label: "A", title: "A", values: {}, unknown: "not known", lacks: "all" },
    { key: "b", label: "B", title: "B", values: { one: 5 }, part: "so far" },
  ];
  const { columns: places } = layoutStacked({ ...input, columns });
  expect(places.map(({ printed, isPart }) => [printed, isPart])).toEqual([
    ["?", false],
    ["5", true],
  ]);
});

test("where totals would touch, the highest alone is printed", () => {
  const columns = Array.from({ length: 100 }, (_, index) => ({
    key: String(index),
    label: "",
    title: "",
    values: { one: index === 40 ? 1000 : 500 },
  }));
  const printed = layoutStacked({ ...input, columns }).columns.filter((column) => column.printed !== null);
  expect(printed.map(({ key, printed: text }) => [key, text])).toEqual([["40", "1000"]]);
});

test("what is negative hangs below the zero line", () => {
  const columns = [{ key: "a", label: "A", title: "A", values: { one: 10, two: -10 } }];
  const { zero, paths, plot } = layoutStacked({ ...input, columns });
  const [one, two] = paths.map(({ path }) => ends(path)[0]);
  expect([one?.[1], two?.[0], zero < plot.bottom]).toEqual([zero, zero, true]);
});

test("nothing at all is drawn as an empty plot from 0 to 1", () => {
  const { columns, ticks, paths } = layoutStacked({ ...input, columns: [] });
  expect([columns, ticks.at(-1)?.value, paths.map(({ path }) => path)]).toEqual([[], 1, ["", ""]]);
});
