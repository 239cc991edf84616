/** Reads an export back. A line that is no entry is named, and harms no other. */
import { z } from "zod";
import { EXPORT_COLUMNS } from "./costExport.ts";

const text = z.string().min(1).max(4096);
const optional = text.nullish().transform((value) => value ?? null);
const tokens = z.number().int().nonnegative().max(10_000_000);
const told = tokens.nullish().transform((value) => value ?? null);

const entrySchema = z.object({
  messageId: text.max(300),
  requestId: optional,
  at: z.iso.datetime().nullish(),
  sessionId: text.max(200),
  gitBranch: optional,
  turnId: optional,
  isSubagent: z.boolean().default(false),
  tools: optional,
  model: optional,
  speed: optional,
  serviceTier: optional,
  inferenceGeo: z.string().max(100).nullish(),
  input: told,
  output: told,
  cacheRead: told,
  cacheWrite5m: told,
  cacheWrite1h: told,
  webSearches: told,
});
export type ImportedEntry = z.output<typeof entrySchema>;

export interface ImportReading {
  readonly entries: readonly ImportedEntry[];
  /** By the line in the text, from 1; of JSON by the number of the entry. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

const NUMBERS = new Set<string>(["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h", "webSearches"]);

export function readImport(source: string): ImportReading {
  const trimmed = source.replace(/^\uFEFF/u, "").trimStart();
  const found = trimmed.startsWith("[") ? jsonRows(trimmed) : csvRows(trimmed);
  const entries: ImportedEntry[] = [];
  const rejected: { readonly line: number; readonly reason: string }[] = [];
  for (const { line, value } of found) {
    const checked = entrySchema.safeParse(value);
    if (checked.success) entries.push(checked.data);
    else rejected.push({ line, reason: reasonOf(checked.error) });
  }
  return { entries, rejected };
}

function reasonOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return "This is no entry.";
  return `${issue.path.length === 0 ? "entry" : issue.path.join(".")}: ${issue.message}`;
}

interface FoundRow {
  readonly line: number;
  readonly value: unknown;
}

function jsonRows(source: string): readonly FoundRow[] {
  try {
    const parsed: unknown = JSON.parse(source);
    return Array.isArray(parsed) ? parsed.map((value: unknown, index) => ({ line: index + 1, value })) : [];
  } catch {
    return [{ line: 1, value: "This is not JSON." }];
  }
}

function csvRows(source: string): readonly FoundRow[] {
  const [header, ...lines] = csvLines(source);
  const names = header?.fields ?? [];
  const known = new Set<string>(EXPORT_COLUMNS);
  if (!names.includes("messageId") || names.some((name) => !known.has(name)))
    return [{ line: 1, value: "The first line does not name the columns of an export." }];
  return lines.map(({ line, fields }) => {
    const pairs = names.map((name, index) => [name, csvValue(name, fields[index] ?? "")] as const);
    return { line, value: Object.fromEntries(pairs) };
  });
}

function csvValue(name: string, field: string): string | number | boolean | null {
  if (name === "isSubagent") return field === "true";
  if (field === "") return null;
  if (NUMBERS.has(name)) return Number(field);
  return field.startsWith("'") ? field.slice(1) : field;
}

function csvLines(source: string): readonly { readonly line: number; readonly fields: readonly string[] }[] {
  const lines: { readonly line: number; readonly fields: readonly string[] }[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/uy;
  let fields: string[] = [];
  let line = 1;
  let start = 1;
  while (field.lastIndex < source.length) {
    const found = field.exec(source);
    if (found === null) return [...lines, { line, fields: [] }];
    const [whole, quoted, plain = "", end] = found;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split("\n").length - 1;
    if (end === ",") continue;
    lines.push({ line: start, fields });
    fields = [];
    start = line;
  }
  return lines;
}
