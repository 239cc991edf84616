import { expect, test } from "vitest";
import { layoutHeat } from "../../../../renderer/charts/heatLayout.ts";
import { addDays } from "../../../../renderer/stores/costCalendar.ts";

function days(first: string, count: number, value: (index: number) => number) {
  return Array.from({ length: count }, (_, index) => ({ key: addDays(first, index), value: value(index) }));
}

test("a week is a column from Monday to Sunday", () => {
  // 2026-11-01 is a Sunday.
  const { cells, side } = layoutHeat(
    days("2026-11-01", 9, () => 0),
    800,
  );
  const step = side + 2;
  const places = cells.map(({ key, x, y }) => [key, (x - 30) / step, (y - 16) / step]);
  expect(places).toEqual([
    ["2026-11-01", 0, 6],
    ["2026-11-02", 1, 0],
    ["2026-11-03", 1, 1],
    ["2026-11-04", 1, 2],
    ["2026-11-05", 1, 3],
    ["2026-11-06", 1, 4],
    ["2026-11-07", 1, 5],
    ["2026-11-08", 1, 6],
    ["2026-11-09", 2, 0],
  ]);
});

test("days are shaded by quarters of those in use, so that one dear day does not level the others", () => {
  const values = [0, 1, 2, 3, 4, 5, 6, 7, 1000];
  const { cells } = layoutHeat(
    days("2026-11-02", values.length, (index) => values[index] ?? 0),
    800,
  );
  expect(cells.map(({ level }) => level)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4]);
});

test("without any use all days have the ground's shade", () => {
  const { cells } = layoutHeat(
    days("2026-11-02", 3, () => 0),
    800,
  );
  expect(cells.map(({ level }) => level)).toEqual([0, 0, 0]);
});

test.each([420, 700, 1400])("the year fits into %d pixels, the oldest weeks left out if need be", (width) => {
  const {
    cells,
    width: drawn,
    side,
  } = layoutHeat(
    days("2025-11-16", 371, () => 1),
    width,
  );
  expect([drawn <= width, side >= 9, cells.at(-1)?.key]).toEqual([true, true, "2026-11-21"]);
});

test("months are named over their first week, without touching", () => {
  const { months } = layoutHeat(
    days("2026-09-28", 50, () => 0),
    800,
  );
  expect(months.map(({ label }) => label)).toEqual(["Oct", "Nov"]);
});
