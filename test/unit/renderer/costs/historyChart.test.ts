import { describe, expect, test } from "vitest";
import { historyChart, type HistoryOrder, historySentence } from "../../../../renderer/views/costs/historyChart.ts";
import { columnWords } from "../../../../renderer/charts/columnWords.ts";
import { toCsv } from "../../../../renderer/views/costs/chartTable.ts";
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

const open = { first: null, last: null };

function order(change: Partial<HistoryOrder> = {}): HistoryOrder {
  const days = { range: { first: "2026-11-18", last: "2026-11-20" }, today: "2026-11-20" };
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
    const { series, columns } = historyChart(order({ report, range: { first: "2026-11-20", last: null } }));
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

  test("tells what has no label apart from the labels beyond those in colours, however little it is", () => {
    const parts = Array.from({ length: 8 }, (_, index) => part(`client ${index}`, index + 1));
    const unlabelled = { ...part("", 0.5), label: "no label" };
    const report = sampleReport([sampleRow("2026-11-20", { costUsd: 36.5, parts: [...parts, unlabelled] })]);
    const { series, columns } = historyChart(
      order({ report, splitBy: "label", range: { first: "2026-11-20", last: null } }),
    );
    expect(series.slice(5).map(({ label, key }) => [label, columns[0]?.values[key]])).toEqual([
      ["client 2", 3],
      ["No label", 0.5],
      ["Others", 3],
    ]);
    expect(new Set(series.map(({ color }) => color)).size).toBe(series.length);
  });

  test("leaves what no message accounts for with its label, even with one that is called as it is", () => {
    const parts = [part("unattributed", 4)];
    const report = sampleReport([sampleRow("2026-11-20", { costUsd: 1, unattributedUsd: 3, parts })]);
    const { series, totals } = historyChart(order({ report, splitBy: "label" }));
    expect([series.map(({ label }) => label), totals]).toEqual([["unattributed"], { unattributed: 4 }]);
  });

  test("begins with the first row where the range is open", () => {
    const { columns } = historyChart(order({ range: open }));
    expect(columns.map(({ key }) => key)).toEqual(["2026-11-18", "2026-11-19", "2026-11-20"]);
  });

  test.each([
    ["week", "2026-11-16", ["2026-11-16", "2026-11-23"]],
    ["month", "2026-11", ["2026-11"]],
  ] as const)("stands by %s as well", (groupBy, key, keys) => {
    const report = sampleReport([sampleRow(key, { costUsd: 1, parts: [part("opus", 1)] })]);
    const { columns, totals } = historyChart(order({ report, groupBy, range: open, today: "2026-11-25" }));
    expect([columns.map((column) => column.key), totals]).toEqual([keys, { opus: 1 }]);
  });

  test("says of a week that the range cuts what of it is counted, in the table too", () => {
    const report = sampleReport([sampleRow("2026-11-16", { costUsd: 1 }), sampleRow("2026-11-23", { costUsd: 2 })]);
    const range = { first: "2026-11-18", last: "2026-11-25" };
    const { columns, hasParts, table } = historyChart(order({ report, groupBy: "week", range, today: "2026-11-25" }));
    expect([hasParts, historyChart(order()).hasParts]).toEqual([true, false]);
    expect(columns.map(({ label, title, part }) => [label, title, part])).toEqual([
      ["18 Nov", "16 Nov to 22 Nov", "only from 18 Nov"],
      ["23 Nov", "23 Nov to 29 Nov", "so far"],
    ]);
    expect(toCsv(table)).toBe(
      'Week,Remark,"All, USD",Others\r\n2026-11-16,only from 18 Nov,1,1\r\n2026-11-23,so far,2,2\r\n',
    );
  });

  test("says of a day whose messages have no price that it is not priced, which is not nothing", () => {
    const unpriced = sampleRow("2026-11-18", { messages: 3, unpricedMessages: 3, tokens: { ...noTokens, output: 7 } });
    const partly = sampleRow("2026-11-20", { costUsd: 4, messages: 9, unpricedMessages: 1 });
    const report = sampleReport([unpriced, partly]);
    const { columns, series, format, table } = historyChart(order({ report }));
    expect(columns.map((column) => columnWords(column, series, format).replace(/^[^0-9]*/u, ""))).toEqual([
      "18 November 2026, 3 messages without a price: not priced",
      "19 November 2026: $0.00",
      "20 November 2026, 1 message without a price: $4.00",
    ]);
    const [, , sum] = table.columns;
    expect(table.rows.map((row) => [sum?.text(row), sum?.raw(row)])).toEqual([
      ["not priced", null],
      ["$0.00", 0],
      ["$4.00", 4],
    ]);
    const inTokens = historyChart(order({ report, unit: "tokens" })).columns[0];
    expect([inTokens?.lacks, inTokens?.unknown, inTokens?.values]).toEqual([null, null, { "\u0000other": 7 }]);
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
