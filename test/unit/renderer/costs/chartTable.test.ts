import { expect, test } from "vitest";
import { numberColumn, textColumn, toCsv } from "../../../../renderer/views/costs/chartTable.ts";

interface Row {
  readonly name: string;
  readonly usd: number | null;
}

const columns = [
  textColumn<Row>("Name", ({ name }) => name),
  numberColumn<Row>(
    "Cost, USD",
    ({ usd }) => usd,
    (value) => `$${value}`,
  ),
];

function csv(rows: readonly Row[]): string {
  return toCsv({ caption: "", fileName: "", columns, rows });
}

test.each([
  ["plain", { name: "one", usd: 1.5 }, "one,1.5"],
  ["a comma and a quote", { name: 'say "a, b"', usd: 0 }, '"say ""a, b""",0'],
  ["a line break", { name: "a\nb", usd: 0 }, '"a\nb",0'],
  ["what a spreadsheet would run", { name: "=HYPERLINK(1)", usd: -1 }, "'=HYPERLINK(1),-1"],
  ["the error of adding decimals", { name: "a", usd: 0.1 + 0.2 }, "a,0.3"],
  ["what is not known", { name: "a", usd: null }, "a,"],
])("%s", (_name, row, expected) => {
  expect(csv([row])).toBe(`Name,"Cost, USD"\r\n${expected}\r\n`);
});

test("what is not known is no zero for people either", () => {
  expect(columns.map(({ text }) => text({ name: "a", usd: null }))).toEqual(["a", "–"]);
});
