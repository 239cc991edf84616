import { expect, test } from "vitest";
import { pendingPermissionsOf, reducePendingPermissions } from "../../../../electron/desktop/pendingPermissions.ts";
import type { EventDraft, SessionEvent } from "../../../../shared/model/event.ts";
import type { Permission, PermissionStatus } from "../../../../shared/model/permission.ts";
import { pendingPermission, processExited } from "../../../support/electronStandIn/permissionFixtures.ts";
import { scriptedHostInfo } from "../../../support/electronStandIn/scriptedEngine.ts";

const older = pendingPermission({ permissionId: "older", requestedAt: "2026-01-01T00:00:00.000Z" });
const newer = pendingPermission({ permissionId: "newer", requestedAt: "2026-01-01T00:00:05.000Z" });

function eventOf(draft: EventDraft): SessionEvent {
  return { ...draft, sessionId: "session-1", seq: 7, at: "2026-01-01T00:00:09.000Z" };
}

function settled(permission: Permission, status: PermissionStatus): SessionEvent {
  return eventOf({ type: "permission.settled", data: { permission: { ...permission, status } } });
}

test("a snapshot gives the pending requests, oldest first", () => {
  const denied = pendingPermission({ permissionId: "denied", status: "denied" });
  const snapshot = {
    kind: "host" as const,
    host: scriptedHostInfo,
    sessions: [],
    sessionTotal: 0,
    permissions: [newer, denied, older],
  };
  expect(pendingPermissionsOf(snapshot)).toEqual([older, newer]);
});

test("a request is added once", () => {
  const requested = eventOf({ type: "permission.requested", data: { permission: newer } });
  const once = reducePendingPermissions([older], requested);
  expect(once).toEqual([older, newer]);
  expect(reducePendingPermissions(once, requested)).toBe(once);
});

test.each(["allowed", "denied", "withdrawn", "expired"] as const)("a request that was %s is gone", (status) => {
  expect(reducePendingPermissions([older, newer], settled(older, status))).toEqual([newer]);
});

test("what does not concern the list leaves the very same list", () => {
  const before = [older];
  expect(reducePendingPermissions(before, eventOf(processExited))).toBe(before);
  expect(reducePendingPermissions(before, settled(newer, "allowed"))).toBe(before);
});
