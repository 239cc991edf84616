/**
 * Which permission requests wait for a person, oldest first: a pure projection of the host feed.
 * Bounded by the sessions that run: the CLI asks one after the other.
 */
import type { HostSnapshot } from "../../shared/contract/feeds.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { Permission } from "../../shared/model/permission.ts";

export type PendingPermissions = readonly Permission[];

export function pendingPermissionsOf(snapshot: HostSnapshot): PendingPermissions {
  return snapshot.permissions
    .filter((permission) => permission.status === "pending")
    .toSorted((left, right) => left.requestedAt.localeCompare(right.requestedAt));
}

/** The list after one event; the same list when the event changes nothing. */
export function reducePendingPermissions(pending: PendingPermissions, event: SessionEvent): PendingPermissions {
  if (event.type !== "permission.requested" && event.type !== "permission.settled") return pending;
  const { permission } = event.data;
  const isKnown = pending.some((other) => other.permissionId === permission.permissionId);
  if (permission.status !== "pending") {
    return isKnown ? pending.filter((other) => other.permissionId !== permission.permissionId) : pending;
  }
  return isKnown ? pending : [...pending, permission];
}
