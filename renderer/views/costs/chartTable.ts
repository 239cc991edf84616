/** A chart's numbers as a table: what is drawn, printed in full, and what a CSV file says of it. */

export interface TableColumn<Row> {
  readonly label: string;
  readonly isNumber: boolean;
  /** As a person reads it. */
  readonly text: (row: Row) => string;
  /** As a program reads it: numbers without grouping, times in ISO 8601. */
  readonly raw: (row: Row) => string | number | null;
}

export interface ChartTable<Row> {
  /** What the table holds, e.g. `Cost by day and model`. */
  readonly caption: string;
  /** Without its ending. */
  readonly fileName: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
}

/** A column of numbers: `format` is for people, a number in full for programs; null is nothing in either. */
export function numberColumn<Row>(
  label: string,
  read: (row: Row) => number | null,
  format: (value: number) => string,
): TableColumn<Row> {
  return {
    label,
    isNumber: true,
    text: (row) => {
      const value = read(row);
      return value === null ? "–" : format(value);
    },
    raw: read,
  };
}

/** A column of words. */
export function textColumn<Row>(
  label: string,
  text: (row: Row) => string,
  raw: (row: Row) => string | null = text,
): TableColumn<Row> {
  return { label, isNumber: false, text, raw };
}

/** The table as CSV (RFC 4180). */
export function toCsv<Row>({ columns, rows }: ChartTable<Row>): string {
  const lines = [columns.map(({ label }) => label), ...rows.map((row) => columns.map(({ raw }) => raw(row)))];
  return lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/** Texts come from sessions: one that begins like a formula would run in a spreadsheet. */
const FORMULA = /^[=+\-@\t\r]/u;
const QUOTED = /[",\r\n]/u;
/** One micro-dollar: what lies beyond is the error of adding decimals. */
const PLACES = 6;

function csvCell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(Number(value.toFixed(PLACES)));
  const text = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
