/**
 * The ledger written out, in a form that is read back (`costImport.ts`): one table, as CSV (RFC 4180, with a first line) or
 * as one JSON array with the same names. What is not known is empty, or null.
 *
 * `kind` says what a row is. `message`: a message of the API. `total`: what the CLI itself said its session had cost by
 * then (`totalUsd`), and since the total before (`addedUsd`, where it said that); `costUsd` is what that holds beyond
 * messages, so that the column adds up to what the ledger tells. Every row says all that is known of its session, and so
 * can be sorted, filtered and cut. `costUsd` and `priceId` are for reading: what is read back is priced anew.
 */
import type { CostEntry } from "../../../shared/model/cost.ts";
import type { CostTotalRow } from "../storage/ledgerReads.ts";
import { usdOf } from "./pricing/money.ts";

const SESSION = ["sessionId", "sessionTitle", "label", "owner", "parentSessionId", "projectPath"] as const;
const KINDS = ["model", "speed", "serviceTier", "inferenceGeo"] as const;
const TOKENS = ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const;

/** The columns, in order. Exports of before had fewer. */
export const EXPORT_COLUMNS = [
  ...["kind", "messageId", "requestId", "at"],
  ...SESSION,
  ...["gitBranch", "turnId", "isSubagent", "isProvisional", "tools"],
  ...KINDS,
  ...TOKENS,
  ...["webSearches", "costUsd", "unpricedReason", "priceId", "totalUsd", "addedUsd"],
] as const;

type ExportValue = string | number | boolean | null;
export type ExportRow = Readonly<Partial<Record<(typeof EXPORT_COLUMNS)[number], ExportValue>>>;

/** What is known of a session beside its rows. */
export type ExportSession = Readonly<Record<(typeof SESSION)[number], string | null>>;

export function messageRow(entry: CostEntry, session: ExportSession): ExportRow {
  const { messageId, requestId, at, gitBranch, turnId, isSubagent, tokens } = entry;
  const { model, speed, serviceTier, inferenceGeo, webSearches, costUsd, unpricedReason, price } = entry;
  return {
    kind: "message",
    ...{ messageId, requestId, at, ...session, gitBranch, turnId, isSubagent },
    isProvisional: entry.remarks.includes("provisional"),
    tools: entry.tools.length === 0 ? null : entry.tools.join(" "),
    ...{ model, speed, serviceTier, inferenceGeo },
    ...tokens,
    ...{ webSearches, costUsd, unpricedReason },
    priceId: price?.priceId ?? null,
  };
}

const NANO_PER_USD = 1_000_000_000;

/** `isWhole`: false for a session of which not all is exported, where a running total would speak of more than there is. */
export function totalRow(total: CostTotalRow, session: ExportSession, beyondNano: number, isWhole: boolean): ExportRow {
  const { atMs, turnId, totalNano, addedNano } = total;
  const told = { totalUsd: totalNano / NANO_PER_USD, addedUsd: addedNano === null ? null : addedNano / NANO_PER_USD };
  return {
    ...{ kind: "total", at: new Date(atMs).toISOString(), ...session, turnId, costUsd: usdOf(beyondNano) },
    ...(isWhole ? told : {}),
  };
}

/** A part of the file: the first and the last one have what stands around the rows. */
export function exportPart(
  format: "csv" | "json",
  rows: readonly ExportRow[],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): string {
  if (format === "csv") {
    const lines = rows.map((row) => EXPORT_COLUMNS.map((column) => csvField(row[column] ?? null)).join(","));
    return [...(isFirst ? [EXPORT_COLUMNS.join(",")] : []), ...lines].map((line) => `${line}\r\n`).join("");
  }
  const items = rows.map((row) => JSON.stringify(row)).join(",\n");
  const before = isFirst ? "[\n" : rows.length > 0 ? ",\n" : "";
  return `${before}${items}${isLast ? "\n]\n" : ""}`;
}

/** A spreadsheet would take a text that begins like a formula for one: a quote before it keeps it a text. */
const FORMULA = /^[=+\-@\t\r']/u;

function csvField(value: ExportValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n']/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
