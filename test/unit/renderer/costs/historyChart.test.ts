import { describe, expect, test } from "vitest";
import { historyChart, type HistoryOrder, historySentence } from "../../../../renderer/views/costs/historyChart.ts";
import { noTokens, sampleReport, sampleRow, sampleSum } from "./samples.ts";

function part(key: string, costUsd: number, tokens = 0) {
  return { key, label: key, costUsd, tokens };
}

const rows = [
  sampleRow("2026-11-18", { costUsd: 5, parts: [part("opus", 3, 30), part("haiku", 2, 900)], unattributedUsd: 0.5 }),
  sampleRow("2026-11-20", {
    costUsd: 4,
    tokens: { ...noTokens, input: 1000 },
    parts: [part("opus", 4, 1000)],
  }),
];

function order(change: Partial<HistoryOrder> = {}): HistoryOrder {
  const days = { firstDay: "2026-11-18", lastDay: "2026-11-20" };
  return { report: sampleReport(rows), groupBy: "day", splitBy: "model", unit: "usd", ...days, ...change };
}

describe("the history", () => {
  test("fills in days without use, and keeps what no message accounts for apart", () => {
    const { columns, series } = historyChart(order());
    const labels = series.map(({ label }) => label);
    const values = columns.map((column) => [column.label, ...series.map(({ key }) => column.values[key] ?? 0)]);
    expect([labels, values]).toEqual([
      ["opus", "haiku", "Not attributed to a message"],
      [
        ["18 Nov", 3, 2, 0.5],
        ["19 Nov", 0, 0, 0],
        ["20 Nov", 4, 0, 0],
      ],
    ]);
  });

  test("has no colour of a model for what is of none, and no part twice", () => {
    const row = sampleRow("2026-11-20", {
      costUsd: 1,
      unattributedUsd: 3,
      parts: [part("unattributed", 3), part("opus", 1)],
    });
    const { totals } = historyChart(order({ report: sampleReport([row]) }));
    expect(totals).toEqual({ opus: 1, unattributed: 3 });
  });

  test("leaves what no message accounts for with its project", () => {
    const row = sampleRow("2026-11-20", { costUsd: 1, unattributedUsd: 3, parts: [part("/shop", 4)] });
    const { totals } = historyChart(order({ report: sampleReport([row]), splitBy: "project" }));
    expect(totals).toEqual({ "/shop": 4 });
  });

  test("counts tokens when told to, in which nothing is unattributed", () => {
    const { series, totals } = historyChart(order({ unit: "tokens", report: sampleReport(rows.slice(1)) }));
    expect([series.map(({ label }) => label), totals]).toEqual([["opus"], { opus: 1000 }]);
  });

  test("gives colours to the largest parts and sums up the others, also those that the host left out", () => {
    const parts = Array.from({ length: 9 }, (_, index) => part(`m${index}`, index + 1));
    const report = sampleReport([sampleRow("2026-11-20", { costUsd: 50, parts })]);
    const { series, columns } = historyChart(order({ report, firstDay: "2026-11-20" }));
    expect(series.map(({ label, key }) => [label, columns[0]?.values[key]])).toEqual([
      ["m8", 9],
      ["m7", 8],
      ["m6", 7],
      ["m5", 6],
      ["m4", 5],
      ["m3", 4],
      ["Others", 11],
    ]);
  });

  test("begins with the first row where the range is open", () => {
    const { columns } = historyChart(order({ firstDay: null }));
    expect(columns.map(({ key }) => key)).toEqual(["2026-11-18", "2026-11-19", "2026-11-20"]);
  });

  test.each([
    ["week", "2026-11-16", ["2026-11-16", "2026-11-23"]],
    ["month", "2026-11", ["2026-11"]],
  ] as const)("stands by %s as well", (groupBy, key, keys) => {
    const report = sampleReport([sampleRow(key, { costUsd: 1, parts: [part("opus", 1)] })]);
    const { columns, totals } = historyChart(order({ report, groupBy, firstDay: null, lastDay: "2026-11-25" }));
    expect([columns.map((column) => column.key), totals]).toEqual([keys, { opus: 1 }]);
  });

  test("shows projects by their names, and no hidden characters", () => {
    const parts = [part("/home/ada/at\u202Elas", 1)];
    const report = sampleReport([sampleRow("2026-11-20", { costUsd: 1, parts })]);
    expect(historyChart(order({ report, splitBy: "project" })).series.map(({ label }) => label)).toEqual([
      "at‹U+202E›las",
    ]);
  });

  test("says in a sentence what it shows", () => {
    const report = sampleReport(rows, { total: sampleSum({ costUsd: 9, unattributedUsd: 0.5 }) });
    expect(historySentence(historyChart(order({ report })), report, "day")).toMatch(
      /^3 columns, one a day, the most on Wednesday,? 18 November 2026 with \$5\.50\. In all \$9\.50 and 0 tokens\.$/u,
    );
  });
});
