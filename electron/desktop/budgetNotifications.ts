/**
 * One system notification for each threshold of a budget that is crossed while nobody looks at the window.
 * Owns the open notifications: of each budget the newest alone stays up. Knows nothing about budgets themselves.
 */
import { Notification } from "electron";
import type { BudgetAlert } from "../../shared/model/budget.ts";
import { alertDetail, alertTitle } from "../../shared/text/budgetWords.ts";
import type { HostOverview } from "./observeHost.ts";
import { oneLine } from "./permissionWords.ts";

/** Notifications that are held to be closed later: nobody leaves more lying about. */
const MAX_OPEN = 50;

export interface BudgetNotifications {
  readonly show: (overview: HostOverview) => void;
  readonly dispose: () => void;
}

export interface BudgetNotificationsOptions {
  /** True while a person has the window in front: a banner tells it there. */
  readonly isWatched: () => boolean;
  readonly onClick: () => void;
}

export function createBudgetNotifications(options: BudgetNotificationsOptions): BudgetNotifications {
  let told: HostOverview["alerts"] = [];
  /** By budget and session. Also keeps them from being collected. */
  const open = new Map<string, Notification>();

  function announce(alert: BudgetAlert, overview: HostOverview): void {
    if (options.isWatched() || !Notification.isSupported()) return;
    const key = `${alert.budgetId} ${alert.sessionId ?? ""}`;
    open.get(key)?.close();
    open.delete(key);
    open.set(key, notify(alert, overview, options.onClick));
    const [oldest] = open.keys();
    if (open.size > MAX_OPEN && oldest !== undefined) open.delete(oldest);
  }

  return {
    show: (overview) => {
      const before = new Set(told.map(({ alertId }) => alertId));
      told = overview.alerts;
      for (const alert of told) if (!before.has(alert.alertId)) announce(alert, overview);
    },
    dispose: () => {
      for (const notification of open.values()) notification.close();
      open.clear();
    },
  };
}

function notify(alert: BudgetAlert, overview: HostOverview, onClick: () => void): Notification {
  const session = alert.sessionId === null ? undefined : overview.running.get(alert.sessionId);
  const detail = oneLine(alertDetail(alert));
  const notification = new Notification({
    title: oneLine(alertTitle(alert)),
    body: session === undefined ? detail : `${oneLine(session.title)}\n${detail}`,
    groupId: alert.budgetId,
  });
  notification.on("click", onClick);
  notification.show();
  return notification;
}
