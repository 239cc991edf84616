/** Entries written out, and read back. CSV as RFC 4180, with a first line; JSON as one array. */
import type { CostEntry } from "../../../shared/model/cost.ts";

const TEXTS = ["messageId", "requestId", "at", "sessionId", "projectPath", "gitBranch", "turnId"] as const;
const KINDS = ["model", "speed", "serviceTier", "inferenceGeo"] as const;
const TOKENS = ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const;

/** The columns, in order. What is not known is empty. */
export const EXPORT_COLUMNS = [
  ...TEXTS,
  "isSubagent",
  "tools",
  ...KINDS,
  ...TOKENS,
  "webSearches",
  "costUsd",
  "unpricedReason",
  "priceId",
] as const;

type ExportColumn = (typeof EXPORT_COLUMNS)[number];
export type ExportRow = Readonly<Record<ExportColumn, string | number | boolean | null>>;

export function exportRow(entry: CostEntry): ExportRow {
  const { messageId, requestId, at, sessionId, projectPath, gitBranch, turnId, isSubagent, tokens } = entry;
  const { model, speed, serviceTier, inferenceGeo, webSearches, costUsd, unpricedReason, price } = entry;
  return {
    ...{ messageId, requestId, at, sessionId, projectPath, gitBranch, turnId, isSubagent },
    tools: entry.tools.length === 0 ? null : entry.tools.join(" "),
    ...{ model, speed, serviceTier, inferenceGeo },
    ...tokens,
    ...{ webSearches, costUsd, unpricedReason },
    priceId: price?.priceId ?? null,
  };
}

/** A part of the file: the first and the last one have what stands around the entries. */
export function exportPart(
  format: "csv" | "json",
  rows: readonly ExportRow[],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): string {
  if (format === "csv") {
    const lines = rows.map((row) => EXPORT_COLUMNS.map((column) => csvField(row[column])).join(","));
    return [...(isFirst ? [EXPORT_COLUMNS.join(",")] : []), ...lines].map((line) => `${line}\r\n`).join("");
  }
  const items = rows.map((row) => JSON.stringify(row)).join(",\n");
  const before = isFirst ? "[\n" : rows.length > 0 ? ",\n" : "";
  return `${before}${items}${isLast ? "\n]\n" : ""}`;
}

/** A spreadsheet would take a text that begins like a formula for one: a quote before it keeps it a text. */
const FORMULA = /^[=+\-@\t\r]/u;

function csvField(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n']/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
