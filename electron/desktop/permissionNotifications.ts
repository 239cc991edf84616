/**
 * One system notification for each permission request that comes up while nobody looks at the window.
 * Owns the open notifications: each is closed when its request is settled. Knows nothing about deciding.
 */
import { Notification } from "electron";
import type { Permission } from "../../shared/model/permission.ts";
import type { HostOverview } from "./observeHost.ts";
import { oneLine, permissionDetail, permissionTitle } from "./permissionWords.ts";

export interface PermissionNotifications {
  readonly show: (overview: HostOverview) => void;
  readonly dispose: () => void;
}

export interface PermissionNotificationsOptions {
  /** True while a person has the window in front: the inbox shows the request there. */
  readonly isWatched: () => boolean;
  readonly onClick: (permissionId: string) => void;
}

export function createPermissionNotifications(options: PermissionNotificationsOptions): PermissionNotifications {
  /** Every pending request that was seen; null where no notification is up for it. Also keeps them from being collected. */
  const seen = new Map<string, Notification | null>();

  function announce(permission: Permission, overview: HostOverview): void {
    const isQuiet = options.isWatched() || !Notification.isSupported();
    seen.set(permission.permissionId, isQuiet ? null : notify(permission, overview, options.onClick));
  }

  function forget(permissionId: string): void {
    seen.get(permissionId)?.close();
    seen.delete(permissionId);
  }

  return {
    show: (overview) => {
      const pending = new Set(overview.pending.map((permission) => permission.permissionId));
      for (const permissionId of [...seen.keys()]) if (!pending.has(permissionId)) forget(permissionId);
      for (const permission of overview.pending) {
        if (!seen.has(permission.permissionId)) announce(permission, overview);
      }
    },
    dispose: () => {
      for (const permissionId of [...seen.keys()]) forget(permissionId);
    },
  };
}

function notify(permission: Permission, overview: HostOverview, onClick: (permissionId: string) => void): Notification {
  const session = overview.running.get(permission.sessionId);
  const detail = permissionDetail(permission);
  const notification = new Notification({
    title: permissionTitle(permission),
    body: session === undefined ? detail : `${oneLine(session.title)}\n${detail}`,
    groupId: permission.sessionId,
  });
  notification.on("click", () => onClick(permission.permissionId));
  notification.show();
  return notification;
}
