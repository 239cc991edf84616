/** What all charts are given: numbers, and the words for them. Charts know no money and no session. */

/** One part of every column, in the same place and colour throughout. */
export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  /** A CSS colour, e.g. `var(--series-1)`. */
  readonly color: string;
}

/** One column: its parts by the key of their series; a part that is missing is nothing. */
export interface ChartColumn {
  readonly key: string;
  /** Under the column, e.g. `3 Nov`. */
  readonly label: string;
  /** In full, for the tip and for screen readers, e.g. `Monday, 3 November 2026`. */
  readonly title: string;
  readonly values: Readonly<Record<string, number>>;
  /** What of its time is counted where that is not all of it, e.g. `only from 31 Oct`; the column is then hatched. */
  readonly part?: string | null;
  /** What its values do not hold, e.g. `3 messages without a price`. */
  readonly lacks?: string | null;
  /** Said instead of the sum where something was used and the sum is not known, e.g. `not priced`. */
  readonly unknown?: string | null;
}

/** Says a value as it is printed, e.g. `$4.12`. */
export type FormatValue = (value: number) => string;

/** The colours that tell series apart, most important first; see `renderer/styles/tokens.css`. */
const SERIES_COLORS: readonly string[] = [1, 2, 3, 4, 5, 6].map((index) => `var(--series-${index})`);

/** What stands for everything that has no colour of its own. */
export const OTHER_COLOR = "var(--series-other)";

/** How many series can be told apart; more belong into one called "other". */
export const MAX_SERIES = SERIES_COLORS.length;

/** The colour of a series by its place. */
export function seriesColor(index: number): string {
  return SERIES_COLORS[index] ?? OTHER_COLOR;
}
