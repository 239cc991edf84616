import { hostInfoSchema } from "../../model/host.ts";
import { hostSettingsSchema } from "../../model/settings.ts";
import { processRowSchema } from "../../model/process.ts";
import { projectSchema } from "../../model/project.ts";
import * as params from "../params.ts";
import { type RequestRow, row } from "../requestRow.ts";
import * as results from "../results.ts";

/** Requests about the host, its settings and what is on the machine. */
export const hostRequests = {
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
} as const satisfies Record<string, RequestRow>;
