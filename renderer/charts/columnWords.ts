import type { ChartColumn, ChartSeries, FormatValue } from "./chartData.ts";

/** A part of a column that is something. */
export interface ColumnPart extends ChartSeries {
  readonly value: number;
}

/** The parts of a column, the largest first. */
export function partsOf(column: ChartColumn, series: readonly ChartSeries[]): readonly ColumnPart[] {
  return series
    .map((one) => ({ ...one, value: column.values[one.key] ?? 0 }))
    .filter(({ value }) => value !== 0)
    .toSorted((one, other) => other.value - one.value);
}

/** The sum of a column's parts. */
export function totalOf({ values }: Pick<ChartColumn, "values">): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}

/** The sum as it is printed, or that it is not known. */
export function totalWords(column: Pick<ChartColumn, "values" | "unknown">, format: FormatValue): string {
  return column.unknown ?? format(totalOf(column));
}

/** What has to be known about a column's values. */
export function remarksOf({ part = null, lacks = null }: Pick<ChartColumn, "part" | "lacks">): readonly string[] {
  return [part, lacks].filter((remark) => remark !== null);
}

/** A column in words, for who does not see it, e.g. `October 2026, only from 31 Oct: $4.12, opus $4.00, haiku $0.12`. */
export function columnWords(column: ChartColumn, series: readonly ChartSeries[], format: FormatValue): string {
  const parts = partsOf(column, series).map(({ label, value }) => `${label} ${format(value)}`);
  const title = [column.title, ...remarksOf(column)].join(", ");
  return [`${title}: ${totalWords(column, format)}`, ...(parts.length > 1 ? parts : [])].join(", ");
}
