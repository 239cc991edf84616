/** Thresholds of budgets that were crossed, the newest last: a pure projection of the host feed. */
import type { SessionEvent } from "../../shared/model/event.ts";
import type { BudgetAlert } from "../../shared/model/budget.ts";

export type BudgetAlerts = readonly BudgetAlert[];

export const noAlerts: BudgetAlerts = [];

/** Alerts that are held: as many as can come up before they are shown; the window lists all. */
export const MAX_HELD_ALERTS = 50;

/** The list after one event; the same list when the event changes nothing. */
export function reduceBudgetAlerts(alerts: BudgetAlerts, event: SessionEvent): BudgetAlerts {
  if (event.type !== "budget.crossed") return alerts;
  const { alert } = event.data;
  if (alerts.some(({ alertId }) => alertId === alert.alertId)) return alerts;
  return [...alerts, alert].slice(-MAX_HELD_ALERTS);
}
