import { scaleBand } from "d3-scale";
import { stack, stackOffsetDiverging } from "d3-shape";
import { type AxisTick, axisTicks, labelWidth, tickText, type Plot, printedLabels, valueScale } from "./axis.ts";
import type { ChartColumn, ChartSeries, FormatValue } from "./chartData.ts";

/** All parts of one series as one path: a year of days is then a handful of elements. */
export interface SeriesPath {
  readonly key: string;
  readonly color: string;
  readonly path: string;
}

/** Where a column stands; the whole height of the plot is its target. */
export interface ColumnPlace {
  readonly key: string;
  readonly x: number;
  readonly width: number;
  /** The upper end of what is drawn. */
  readonly top: number;
  readonly total: number;
  /** The label under it; null where it would touch another. */
  readonly label: string | null;
  /** The total over it; null where there is no room. */
  readonly printed: string | null;
  /** Whether only a part of its time is counted. */
  readonly isPart: boolean;
}

export interface StackedLayout {
  readonly plot: Plot;
  readonly ticks: readonly AxisTick[];
  readonly zero: number;
  readonly paths: readonly SeriesPath[];
  readonly columns: readonly ColumnPlace[];
}

export interface StackedInput {
  readonly columns: readonly ChartColumn[];
  readonly series: readonly ChartSeries[];
  readonly format: FormatValue;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Room for the labels under the columns and for the totals over them, in pixels. */
const BELOW_PX = 20;
const ABOVE_PX = 16;
const AXIS_GAP_PX = 6;
/** The share of a column's place that stays empty, and where places are so narrow that there is hardly any. */
const PADDING = 0.22;
const DENSE_PADDING = 0.1;
const DENSE_PX = 9;
/** A column with one day in it must not fill the screen. */
const MAX_COLUMN_PX = 64;
/** What is not nothing is seen: the least height of a part. */
const LEAST_PX = 1;
/** Stands where a column would, had its sum a number. */
const UNKNOWN = "?";

/** Lays out stacked columns. Pure; all lengths are pixels. */
export function layoutStacked(input: StackedInput): StackedLayout {
  const { columns, series, format, width, height } = input;
  const stacked = stack<unknown, ChartColumn, string>()
    .keys(series.map(({ key }) => key))
    .value(({ values }, key) => values[key] ?? 0)
    .offset(stackOffsetDiverging)(columns);
  const ends = stacked.flatMap((parts) => parts.flatMap(([from, to]) => [from, to]));
  const inner = { top: ABOVE_PX, bottom: height - BELOW_PX, right: width };
  const scale = valueScale(ends, { ...inner, left: 0 });
  const ticks = axisTicks(scale, format);
  const axisWidth = ticks.reduce((most, { value }) => Math.max(most, labelWidth(tickText(value, format))), 0);
  const plot: Plot = { ...inner, left: Math.ceil(axisWidth) + AXIS_GAP_PX };
  const band = bandOf(columns, plot);
  const places = placeColumns(input, { band, plot, scale });
  const paths = stacked.map((parts, index) => ({
    key: parts.key,
    color: series[index]?.color ?? "",
    path: parts.map(([from, to], at) => partPath(places[at], scale(to), scale(from))).join(""),
  }));
  return { plot, ticks, zero: scale(0), paths, columns: places };
}

function bandOf(columns: readonly ChartColumn[], plot: Plot) {
  const isDense = (plot.right - plot.left) / Math.max(1, columns.length) < DENSE_PX;
  return scaleBand()
    .domain(columns.map(({ key }) => key))
    .range([plot.left, plot.right])
    .padding(isDense ? DENSE_PADDING : PADDING);
}

interface Scales {
  readonly band: ReturnType<typeof bandOf>;
  readonly plot: Plot;
  readonly scale: ReturnType<typeof valueScale>;
}

function placeColumns({ columns, format }: StackedInput, { band, scale }: Scales): readonly ColumnPlace[] {
  const labels = printedLabels(
    columns.map(({ label }) => label),
    band.step(),
  );
  const width = Math.min(band.bandwidth(), MAX_COLUMN_PX);
  const totals = columns.map(({ values }) => sum(Object.values(values)));
  const printed = printedTotals(totals.map(format), totals, band.step());
  return columns.map(({ key, label, values, part = null, unknown = null }, index) => ({
    key,
    x: (band(key) ?? 0) + (band.bandwidth() - width) / 2,
    width,
    top: scale(sum(Object.values(values).filter((value) => value > 0))),
    total: totals[index] ?? 0,
    label: labels[index] === true ? label : null,
    printed: unknown === null ? (printed[index] ?? null) : UNKNOWN,
    isPart: part !== null,
  }));
}

/** Every total where they fit; else that of the highest column alone, so that the drawing always states a number. */
function printedTotals(texts: readonly string[], totals: readonly number[], step: number): readonly (string | null)[] {
  const fits = texts.every((text) => labelWidth(text) <= step);
  const highest = totals.indexOf(Math.max(...totals));
  return texts.map((text, index) => {
    const isSaid = totals[index] !== 0 && (fits || index === highest);
    return isSaid ? text : null;
  });
}

function partPath(place: ColumnPlace | undefined, top: number, bottom: number): string {
  if (place === undefined || top === bottom) return "";
  const height = Math.max(LEAST_PX, bottom - top);
  return `M${round(place.x)},${round(bottom)}h${round(place.width)}v${round(-height)}h${round(-place.width)}z`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
