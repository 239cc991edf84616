import {
  costEntrySchema,
  costReportSchema,
  costSummarySchema,
  sessionCostSchema,
  unpricedUseSchema,
} from "../../model/cost.ts";
import { ledgerStateSchema, pricesStateSchema } from "../../model/ledger.ts";
import * as costParams from "../costParams.ts";
import * as costResults from "../costResults.ts";
import * as params from "../params.ts";
import { type RequestRow, row } from "../requestRow.ts";
import * as results from "../results.ts";

/** Requests about money: costs, the ledger that keeps them, and prices. */
export const costRequests = {
  "costs.get": row({
    doc: "Sums what was spent by hour, day, week, month, model, project, session or label.",
    scope: "read",
    method: "GET",
    path: "/costs",
    params: costParams.costsGet,
    result: costReportSchema,
  }),
  "costs.summary": row({
    doc: "Tells what today, this week and this month cost against the ones before, and how fast money is spent now.",
    scope: "read",
    method: "GET",
    path: "/costs/summary",
    params: costParams.costsSummary,
    result: costSummarySchema,
  }),
  "costs.entries": row({
    doc: "Lists the ledger's entries, one a message of the API, each with how its cost comes about.",
    scope: "read",
    method: "GET",
    path: "/costs/entries",
    params: costParams.costsEntries,
    result: results.listOf(costEntrySchema),
  }),
  "costs.unpriced": row({
    doc: "Counts the messages without a price by the reason, with the models that they name.",
    scope: "read",
    method: "GET",
    path: "/costs/unpriced",
    params: costParams.costsUnpriced,
    result: unpricedUseSchema,
  }),
  "costs.session": row({
    doc: "Tells what a session cost, turn by turn, beside the CLI's own total.",
    scope: "read",
    method: "GET",
    path: "/sessions/:sessionId/costs",
    params: params.session,
    result: sessionCostSchema,
  }),
  "costs.windows": row({
    doc: "Lists the five-hour windows in which something of what is meant was used, the newest first.",
    scope: "read",
    method: "GET",
    path: "/costs/windows",
    params: costParams.costsWindows,
    result: costResults.costWindows,
  }),
  "costs.top": row({
    doc: "Lists the dearest sessions, projects, labels, models, turns or tools.",
    scope: "read",
    method: "GET",
    path: "/costs/top",
    params: costParams.costsTop,
    result: costResults.costTop,
  }),
  "costs.export": row({
    doc: "Writes the ledger out as CSV or JSON, part by part: a row a message, and a row a total that the CLI told.",
    scope: "read",
    method: "GET",
    path: "/costs/export",
    params: costParams.costsExport,
    result: results.exported,
  }),
  "costs.import": row({
    doc: "Takes in what was exported before; what is known is left as it is.",
    scope: "control",
    method: "POST",
    path: "/costs/import",
    params: costParams.costsImport,
    result: costResults.costImported,
  }),
  "ledger.get": row({
    doc: "Tells how much the ledger holds, how large it is and which backups there are.",
    scope: "read",
    method: "GET",
    path: "/ledger",
    params: params.none,
    result: ledgerStateSchema,
  }),
  "ledger.backup": row({
    doc: "Copies the ledger into a file beside it.",
    scope: "control",
    method: "POST",
    path: "/ledger/backup",
    params: params.none,
    result: costResults.ledgerBackup,
  }),
  "ledger.vacuum": row({
    doc: "Writes the ledger anew without its gaps.",
    scope: "control",
    method: "POST",
    path: "/ledger/vacuum",
    params: params.none,
    result: costResults.ledgerVacuum,
  }),
  "prices.get": row({
    doc: "Tells which prices are used, and what is wrong with the user's own price file.",
    scope: "read",
    method: "GET",
    path: "/prices",
    params: params.none,
    result: pricesStateSchema,
  }),
} as const satisfies Record<string, RequestRow>;
