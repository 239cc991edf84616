import {
  type CostReport,
  type CostRow,
  type CostSplit,
  NO_LABEL,
  UNATTRIBUTED_PART,
} from "../../../shared/model/cost.ts";
import { type ChartColumn, type ChartSeries, MAX_SERIES, OTHER_COLOR, seriesColor } from "../../charts/chartData.ts";
import { totalOf } from "../../charts/columnWords.ts";
import { formatTokens } from "../../components/formats.ts";
import { type CalendarSpan, type DayRange, spanOf, spansBetween } from "../../stores/costCalendar.ts";
import { projectName } from "../../stores/sessionList.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { type ChartTable, numberColumn, textColumn } from "./chartTable.ts";
import { NO_LABEL_WORDS, usedWords } from "./costWords.ts";
import { remarkColumns, sumColumn } from "./columnTable.ts";
import { formatCost, spanPartLabel, spanPartWords, spanTitle, tokenTotal, wholeCost } from "./costFormats.ts";
import { lackWords } from "./lackWords.ts";

/** The history as it is drawn. */
export interface HistoryChart {
  readonly columns: readonly ChartColumn[];
  readonly series: readonly ChartSeries[];
  /** By the key of the series, over all columns. */
  readonly totals: Readonly<Record<string, number>>;
  readonly format: (value: number) => string;
  /** Whether a column that shows something is of a part of its week or month. */
  readonly hasParts: boolean;
  readonly table: ChartTable<ChartColumn>;
}

export interface HistoryOrder {
  readonly report: CostReport;
  readonly groupBy: CalendarSpan;
  readonly splitBy: CostSplit;
  readonly unit: "usd" | "tokens";
  /** The days that are asked for, in the person's zone: open to the past, the columns begin where the rows do. */
  readonly range: DayRange;
  readonly today: string;
}

/** A key that no model, path or session has. */
const OTHER = "\u0000other";

/** More columns than a screen has places for; the oldest are left out. */
const MAX_COLUMNS = 400;
/** Less is the error of adding decimals. */
const NOTHING_USD = 5e-7;

/** Turns the host's rows into columns: times without use filled in, the largest parts in colours, the rest as one. */
export function historyChart(order: HistoryOrder): HistoryChart {
  const { report, groupBy, splitBy, unit, range, today } = order;
  const lastDay = range.last ?? today;
  const byKey = new Map(report.rows.map((row) => [row.key, row]));
  const firstKey = report.rows[0]?.key ?? spanOf(lastDay, groupBy);
  const firstDay = range.first ?? (groupBy === "month" ? `${firstKey}-01` : firstKey);
  const main = largestParts(report.rows, { unit, splitBy });
  const drawn = splitBy === "label" ? [...main, { key: NO_LABEL }] : main;
  const columns = spansBetween(firstDay, lastDay, groupBy, MAX_COLUMNS).map((key) => ({
    key,
    label: spanPartLabel(key, groupBy, range),
    title: spanTitle(key, groupBy),
    values: valuesOf(byKey.get(key), drawn, { unit, splitBy }),
    part: spanPartWords(key, groupBy, range, today),
    ...lackWords(byKey.get(key), unit),
  }));
  const totals = totalsOf(columns);
  const known = main.map(({ key, label }, index) => ({
    key,
    label: partLabel(label, splitBy),
    color: seriesColor(index),
  }));
  const series = [...known, ...restOf(splitBy)].filter(({ key }) => totals[key] !== undefined);
  const format = unit === "usd" ? formatCost : formatTokens;
  const hasParts = columns.some((column) => column.part !== null && totalOf(column) !== 0);
  return { columns, series, totals, format, hasParts, table: tableOf(columns, series, { groupBy, unit, format }) };
}

/** What has no colour of its own. What has no label is told apart from other labels, however little it is. */
function restOf(splitBy: CostSplit): readonly ChartSeries[] {
  const others = { key: OTHER, label: "Others", color: OTHER_COLOR };
  if (splitBy !== "label")
    return [others, { key: UNATTRIBUTED_PART, label: "Not attributed to a message", color: "var(--ink)" }];
  return [
    { key: NO_LABEL, label: NO_LABEL_WORDS, color: OTHER_COLOR },
    { ...others, color: "var(--ink)" },
  ];
}

type Part = CostRow["parts"][number];

function amount(part: Part, unit: "usd" | "tokens"): number {
  return unit === "usd" ? part.costUsd : part.tokens;
}

function largestParts(
  rows: readonly CostRow[],
  { unit, splitBy }: Pick<HistoryOrder, "unit" | "splitBy">,
): readonly { key: string; label: string }[] {
  const apart = splitBy === "label" ? NO_LABEL : UNATTRIBUTED_PART;
  const sums = new Map<string, { readonly key: string; readonly label: string; readonly total: number }>();
  for (const part of rows.flatMap(({ parts }) => parts)) {
    const before = sums.get(part.key)?.total ?? 0;
    sums.set(part.key, { key: part.key, label: part.label, total: before + amount(part, unit) });
  }
  return [...sums.values()]
    .filter(({ key, total }) => total > 0 && key !== apart)
    .toSorted((one, other) => other.total - one.total)
    .slice(0, MAX_SERIES);
}

function valuesOf(
  row: CostRow | undefined,
  main: readonly { readonly key: string }[],
  { unit, splitBy }: Pick<HistoryOrder, "unit" | "splitBy">,
) {
  if (row === undefined) return {};
  const values: Record<string, number> = {};
  // What no message accounts for is of a project and of a session, and of no model.
  const isApart = unit === "usd" && splitBy === "model";
  const inUsd = isApart ? row.costUsd : wholeCost(row);
  let rest = unit === "usd" ? inUsd : tokenTotal(row.tokens);
  for (const { key } of main) {
    const part = row.parts.find((one) => one.key === key);
    if (part === undefined) continue;
    values[key] = amount(part, unit);
    rest -= amount(part, unit);
  }
  // Each part and the whole are told in whole micro-dollars, and may each be half a one away.
  if (Math.abs(rest) > NOTHING_USD * (row.parts.length + 1.5)) values[OTHER] = rest;
  if (isApart && Math.abs(row.unattributedUsd) > NOTHING_USD) values[UNATTRIBUTED_PART] = row.unattributedUsd;
  return values;
}

function totalsOf(columns: readonly ChartColumn[]): Readonly<Record<string, number>> {
  const totals: Record<string, number> = {};
  for (const [key, value] of columns.flatMap(({ values }) => Object.entries(values))) {
    totals[key] = (totals[key] ?? 0) + value;
  }
  return totals;
}

function partLabel(label: string, splitBy: CostSplit): string {
  return visibleText(splitBy === "project" ? projectName(label) : label);
}

interface TableWords {
  readonly groupBy: CalendarSpan;
  readonly unit: "usd" | "tokens";
  readonly format: (value: number) => string;
}

function tableOf(
  columns: readonly ChartColumn[],
  series: readonly ChartSeries[],
  { groupBy, unit, format }: TableWords,
): ChartTable<ChartColumn> {
  const what = unit === "usd" ? "Cost" : "Tokens";
  return {
    caption: `${what} by ${groupBy}`,
    fileName: `${what.toLowerCase()}-by-${groupBy}`,
    columns: [
      textColumn(
        groupBy.charAt(0).toUpperCase() + groupBy.slice(1),
        ({ title }) => title,
        ({ key }) => key,
      ),
      ...remarkColumns(columns),
      sumColumn(unit === "usd" ? "All, USD" : "All", format),
      ...series.map(({ key, label }) => numberColumn(label, ({ values }: ChartColumn) => values[key] ?? 0, format)),
    ],
    rows: columns,
  };
}

/** The chart in a sentence, for who does not see it. */
export function historySentence({ columns, format }: HistoryChart, report: CostReport, groupBy: CalendarSpan): string {
  const sums = columns.map(totalOf);
  const highest = columns[sums.indexOf(Math.max(...sums))];
  const most = highest === undefined ? "" : `, the most on ${highest.title} with ${format(Math.max(...sums))}`;
  return `${columns.length} columns, one a ${groupBy}${most}. ${allWords(report)}.`;
}

/** All that was used in the range, in both units, whichever is drawn. */
export function allWords({ total }: CostReport): string {
  return `In all ${usedWords(total)}`;
}
