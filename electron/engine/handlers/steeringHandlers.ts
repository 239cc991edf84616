import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestHandlers } from "../engine.ts";
import type { PermissionRegistry } from "../permissions/permissionRegistry.ts";
import type { PayloadDispatch } from "../sessions/payloadDispatch.ts";
import type { SessionDirectory } from "../sessions/sessionDirectory.ts";
import type { PayloadRows } from "../storage/payloadRows.ts";
import type { PermissionRows } from "../storage/permissionRows.ts";
import { cursorNumber } from "./page.ts";

/** What the payload and permission requests work on. */
export interface SteeringParts {
  readonly directory: SessionDirectory;
  readonly dispatch: PayloadDispatch;
  readonly permissions: PermissionRegistry;
  readonly payloadRows: PayloadRows;
  readonly permissionRows: PermissionRows;
}

type SteeringRequests = Extract<
  keyof RequestHandlers,
  `payloads.${string}` | `permissions.${string}` | "broadcasts.send"
>;

export function steeringHandlers(parts: SteeringParts): Pick<RequestHandlers, SteeringRequests> {
  const { directory, dispatch, permissions, payloadRows, permissionRows } = parts;
  return {
    "payloads.send": async (params, context) => dispatch.send(params, context),
    "payloads.list": async ({ sessionId, limit, cursor }) => {
      directory.require(sessionId);
      const before = cursor === undefined ? undefined : cursorNumber(cursor);
      const { items, nextBefore } = payloadRows.newest(sessionId, limit, before);
      return { items, nextCursor: nextBefore === null ? null : String(nextBefore) };
    },
    "payloads.get": async ({ payloadId }) => dispatch.require(payloadId),
    "payloads.cancel": async ({ payloadId }) => dispatch.cancel(payloadId),
    "broadcasts.send": async (params, context) => dispatch.broadcast(params, context),
    "permissions.list": async ({ status, sessionId, limit, cursor }) => {
      const from = cursor === undefined ? undefined : cursorNumber(cursor);
      const { items, nextFrom } = permissionRows.list({ status, sessionId, limit, from });
      return { items, nextCursor: nextFrom === null ? null : String(nextFrom) };
    },
    "permissions.get": async ({ permissionId }) => {
      const permission = permissionRows.get(permissionId);
      if (permission !== null) return permission;
      throw new RequestError("not_found", `There is no permission request ${permissionId}.`);
    },
    "permissions.decide": async (params, context) => permissions.decide(params, context.client),
  };
}
