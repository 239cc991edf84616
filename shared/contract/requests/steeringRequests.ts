import { payloadSchema } from "../../model/payload.ts";
import { permissionSchema } from "../../model/permission.ts";
import * as params from "../params.ts";
import { type RequestRow, row } from "../requestRow.ts";
import * as results from "../results.ts";

/** Requests that send payloads into sessions and answer what their tools ask. */
export const steeringRequests = {
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
} as const satisfies Record<string, RequestRow>;
