/** The rows of an export's text, by the names of their columns. Pure; knows the two forms, not what rows mean. */
import { EXPORT_COLUMNS } from "./costExport.ts";

export interface ImportRow {
  /** In the text, from 1; of JSON the number of the row. */
  readonly line: number;
  /** What stands there; or why nothing can be read there, in words. */
  readonly found: { readonly value: unknown } | { readonly problem: string };
}

export function importRows(source: string): readonly ImportRow[] {
  const text = source.replace(/^\uFEFF/u, "").trimStart();
  return text.startsWith("[") ? jsonRows(text) : csvRows(text);
}

function jsonRows(text: string): readonly ImportRow[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed.map((value: unknown, index) => ({ line: index + 1, found: { value } }));
  } catch {
    // Told below.
  }
  return [{ line: 1, found: { problem: "This is not JSON: the file is cut off, or was changed by hand." } }];
}

const COLUMNS = new Set<string>(EXPORT_COLUMNS);

function csvRows(text: string): readonly ImportRow[] {
  const [header, ...lines] = csvLines(text);
  const names = header?.fields ?? [];
  if (!names.includes("messageId") || names.some((name) => !COLUMNS.has(name)))
    return [{ line: 1, found: { problem: "The first line does not name the columns of an export." } }];
  return lines.flatMap(({ line, fields }) => {
    if (fields?.every((field) => field.trim() === "") === true) return [];
    if (fields === null)
      return { line, found: { problem: "A quotation mark is not closed, or stands within a field." } };
    const pairs = names.map((name, index) => [name, csvValue(name, fields[index] ?? "")] as const);
    return { line, found: { value: Object.fromEntries(pairs) } };
  });
}

const NUMBERS = new Set<string>([
  ...["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h", "webSearches"],
  ...["totalUsd", "addedUsd"],
]);
const TRUTHS = new Set<string>(["isSubagent", "isProvisional"]);

/** As a spreadsheet may have saved it. What is none of what the column holds stays a text, for its row to be refused by. */
function csvValue(name: string, field: string): string | number | boolean | null {
  if (field.trim() === "") return null;
  if (NUMBERS.has(name)) {
    const number = Number(field);
    return Number.isNaN(number) ? field : number;
  }
  if (TRUTHS.has(name) && /^\s*(?:true|false)\s*$/iu.test(field)) return field.trim().toLowerCase() === "true";
  return field.startsWith("'") ? field.slice(1) : field;
}

interface CsvLine {
  readonly line: number;
  /** Null for what is no line of CSV; nothing after it is read. */
  readonly fields: readonly string[] | null;
}

function csvLines(source: string): readonly CsvLine[] {
  const lines: CsvLine[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/uy;
  let fields: string[] = [];
  let line = 1;
  let start = 1;
  while (field.lastIndex < source.length) {
    const found = field.exec(source);
    if (found === null) return [...lines, { line, fields: null }];
    const [whole, quoted, plain = "", end] = found;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split("\n").length - 1;
    if (end === ",") continue;
    lines.push({ line: start, fields });
    fields = [];
    start = line;
  }
  // What ends with a comma ends with an empty field.
  return fields.length === 0 ? lines : [...lines, { line: start, fields: [...fields, ""] }];
}
