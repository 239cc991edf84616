import { recentMessageSchema } from "../../model/recentMessage.ts";
import * as params from "../params.ts";
import { type RequestRow, row } from "../requestRow.ts";
import * as results from "../results.ts";

/** Requests about messages in both directions. */
export const messageRequests = {
  "messages.recent": row({
    doc: "Lists the messages to and from one session or all, the newest first, with status, context and cost.",
    scope: "read",
    method: "GET",
    path: "/messages/recent",
    params: params.messagesRecent,
    result: results.listOf(recentMessageSchema),
  }),
} as const satisfies Record<string, RequestRow>;
