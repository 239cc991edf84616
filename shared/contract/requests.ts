import type { z } from "zod";
import { costEntrySchema, costReportSchema, costSummarySchema } from "../model/cost.ts";
import { ledgerStateSchema, pricesStateSchema, sessionCostSchema } from "../model/cost.ts";
import { hostInfoSchema } from "../model/host.ts";
import { payloadSchema } from "../model/payload.ts";
import { permissionSchema } from "../model/permission.ts";
import { processRowSchema } from "../model/process.ts";
import { projectSchema } from "../model/project.ts";
import { sessionSummarySchema } from "../model/session.ts";
import { hostSettingsSchema } from "../model/settings.ts";
import type { DeepReadonly } from "../model/readonly.ts";
import * as costParams from "./costParams.ts";
import * as costResults from "./costResults.ts";
import * as params from "./params.ts";
import { type RequestRow, row } from "./requestRow.ts";
import * as results from "./results.ts";

/**
 * The one table of requests. Every door (Electron IPC, WebSocket, REST, OpenAPI) is derived from it by mapped types
 * and loops: a row added here is a capability of all of them as soon as the engine answers it.
 */
export const requests = {
  "host.get": row({
    doc: "Tells the host's version, the CLI it runs, and the state of the transcript index.",
    scope: "read",
    method: "GET",
    path: "/host",
    params: params.none,
    result: hostInfoSchema,
  }),
  "index.scan": row({
    doc: "Looks through all transcripts for what is new. The reply comes when the look has begun.",
    scope: "control",
    method: "POST",
    path: "/index/scan",
    status: 202,
    params: params.none,
    result: hostInfoSchema,
  }),
  "index.cancel": row({
    doc: "Stops a running look through the transcripts; a later one goes on from there.",
    scope: "control",
    method: "POST",
    path: "/index/cancel",
    params: params.none,
    result: hostInfoSchema,
  }),
  "settings.get": row({
    doc: "Tells what was set for the host.",
    scope: "read",
    method: "GET",
    path: "/settings",
    params: params.none,
    result: hostSettingsSchema,
  }),
  "settings.change": row({
    doc: "Sets what is given and leaves the rest as it is.",
    scope: "control",
    method: "POST",
    path: "/settings",
    params: params.settingsChange,
    result: hostSettingsSchema,
  }),
  "projects.list": row({
    doc: "Lists the working directories that have sessions, the most recently active first.",
    scope: "read",
    method: "GET",
    path: "/projects",
    params: params.page,
    result: results.listOf(projectSchema),
  }),
  "directories.list": row({
    doc: "Lists the directories inside a directory, to choose where a session starts.",
    scope: "control",
    method: "GET",
    path: "/directories",
    params: params.directoriesList,
    result: results.directoryListing,
  }),
  "sessions.list": row({
    doc: "Lists sessions, live ones first, then by last activity.",
    scope: "read",
    method: "GET",
    path: "/sessions",
    params: params.sessionsList,
    result: results.listOf(sessionSummarySchema),
  }),
  "sessions.start": row({
    doc: "Starts a session, resumes one, or forks one. The reply comes once the claude process runs.",
    scope: "control",
    method: "POST",
    path: "/sessions",
    status: 201,
    params: params.sessionsStart,
    result: sessionSummarySchema,
  }),
  "sessions.get": row({
    doc: "Tells all that is known of one session.",
    scope: "read",
    method: "GET",
    path: "/sessions/:sessionId",
    params: params.session,
    result: sessionSummarySchema,
  }),
  "sessions.events": row({
    doc: "Pages through a session's events, oldest first: after a place, before one, or the newest.",
    scope: "read",
    method: "GET",
    path: "/sessions/:sessionId/events",
    params: params.sessionsEvents,
    result: results.eventPage,
  }),
  "sessions.seek": row({
    doc: "Finds the next or previous turn, question, error or changed file of a session's transcript.",
    scope: "read",
    method: "GET",
    path: "/sessions/:sessionId/seek",
    params: params.sessionsSeek,
    result: results.sought,
  }),
  "sessions.export": row({
    doc: "Writes a session out as Markdown, a self-contained HTML page or JSON, part by part.",
    scope: "read",
    method: "GET",
    path: "/sessions/:sessionId/export",
    params: params.sessionsExport,
    result: results.exported,
  }),
  "sessions.context": row({
    doc: "Asks the CLI what fills the model's context, by category.",
    scope: "read",
    method: "GET",
    path: "/sessions/:sessionId/context",
    params: params.session,
    result: results.contextUsage,
  }),
  "sessions.interrupt": row({
    doc: "Stops the running turn and waits for the CLI to acknowledge it.",
    scope: "control",
    method: "POST",
    path: "/sessions/:sessionId/interrupt",
    params: params.session,
    result: results.interrupted,
  }),
  "sessions.setMode": row({
    doc: "Changes the permission mode of a running session.",
    scope: "control",
    method: "POST",
    path: "/sessions/:sessionId/mode",
    params: params.sessionsSetMode,
    result: sessionSummarySchema,
  }),
  "sessions.setModel": row({
    doc: "Changes the model of a running session.",
    scope: "control",
    method: "POST",
    path: "/sessions/:sessionId/model",
    params: params.sessionsSetModel,
    result: sessionSummarySchema,
  }),
  "sessions.rename": row({
    doc: "Gives a session a title.",
    scope: "control",
    method: "POST",
    path: "/sessions/:sessionId/title",
    params: params.sessionsRename,
    result: sessionSummarySchema,
  }),
  "sessions.close": row({
    doc: "Ends the claude process of an owned session: stdin first, signals only if it does not go.",
    scope: "control",
    method: "DELETE",
    path: "/sessions/:sessionId",
    params: params.session,
    result: sessionSummarySchema,
  }),
  "payloads.send": row({
    doc: "Sends a payload into a session. The reply means accepted; receipts arrive as events.",
    scope: "inject",
    method: "POST",
    path: "/sessions/:sessionId/payloads",
    status: 202,
    params: params.payloadsSend,
    result: payloadSchema,
  }),
  "payloads.list": row({
    doc: "Lists the payloads sent into a session, the newest first.",
    scope: "read",
    method: "GET",
    path: "/sessions/:sessionId/payloads",
    params: params.payloadsList,
    result: results.listOf(payloadSchema),
  }),
  "payloads.get": row({
    doc: "Tells how far a payload got.",
    scope: "read",
    method: "GET",
    path: "/payloads/:payloadId",
    params: params.payload,
    result: payloadSchema,
  }),
  "payloads.cancel": row({
    doc: "Takes a payload back while it is still queued.",
    scope: "inject",
    method: "DELETE",
    path: "/payloads/:payloadId",
    params: params.payload,
    result: payloadSchema,
  }),
  "broadcasts.send": row({
    doc: "Sends one payload into many sessions, each with a receipt of its own.",
    scope: "inject",
    method: "POST",
    path: "/broadcasts",
    status: 202,
    params: params.broadcastsSend,
    result: results.broadcast,
  }),
  "permissions.list": row({
    doc: "Lists permission requests: pending ones oldest first, settled ones newest first.",
    scope: "read",
    method: "GET",
    path: "/permissions",
    params: params.permissionsList,
    result: results.listOf(permissionSchema),
  }),
  "permissions.get": row({
    doc: "Tells all that is known of one permission request and its decision.",
    scope: "read",
    method: "GET",
    path: "/permissions/:permissionId",
    params: params.permission,
    result: permissionSchema,
  }),
  "permissions.decide": row({
    doc: "Allows or denies a pending permission request. The first decision wins; later ones get `already_resolved`.",
    scope: "approve",
    method: "POST",
    path: "/permissions/:permissionId/decision",
    params: params.permissionsDecide,
    result: permissionSchema,
  }),
  "processes.list": row({
    doc: "Lists the running claude processes, whoever started them.",
    scope: "read",
    method: "GET",
    path: "/processes",
    params: params.page,
    result: results.listOf(processRowSchema),
  }),
  "processes.stop": row({
    doc: "Ends a claude process that the list tells of, if it still is the one that was listed.",
    scope: "control",
    method: "POST",
    path: "/processes/:pid/stop",
    params: params.processesStop,
    result: results.processStopped,
  }),
  "search.query": row({
    doc: "Finds what was said in any session, best matches first.",
    scope: "read",
    method: "GET",
    path: "/search",
    params: params.searchQuery,
    result: results.searchPage,
  }),
  "costs.get": row({
    doc: "Sums what was spent by hour, day, week, month, model, project or session.",
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
  "costs.session": row({
    doc: "Tells what a session cost, turn by turn, beside the CLI's own total.",
    scope: "read",
    method: "GET",
    path: "/sessions/:sessionId/costs",
    params: params.session,
    result: sessionCostSchema,
  }),
  "costs.windows": row({
    doc: "Lists the five-hour windows in which something was used, the newest first.",
    scope: "read",
    method: "GET",
    path: "/costs/windows",
    params: costParams.costsWindows,
    result: costResults.costWindows,
  }),
  "costs.top": row({
    doc: "Lists the dearest sessions, projects, models, turns or tools.",
    scope: "read",
    method: "GET",
    path: "/costs/top",
    params: costParams.costsTop,
    result: costResults.costTop,
  }),
  "costs.export": row({
    doc: "Writes the ledger's entries out as CSV or JSON, part by part.",
    scope: "read",
    method: "GET",
    path: "/costs/export",
    params: costParams.costsExport,
    result: results.exported,
  }),
  "costs.import": row({
    doc: "Takes in entries that were exported before; those that are known are left as they are.",
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

export type RequestName = keyof typeof requests;

/** What a caller may write: fields with a default may be left out. */
export type RequestInput<Name extends RequestName> = DeepReadonly<z.input<(typeof requests)[Name]["params"]>>;

/** What the engine receives: validated, with defaults filled in. */
export type RequestParams<Name extends RequestName> = DeepReadonly<z.output<(typeof requests)[Name]["params"]>>;

export type RequestResult<Name extends RequestName> = DeepReadonly<z.output<(typeof requests)[Name]["result"]>>;
