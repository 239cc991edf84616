/**
 * Watches the engine for the shell: what waits for a person, which sessions run, which budgets passed a threshold.
 * Owns one host feed. Knows nothing about windows, notifications or menus.
 */
import type { Engine } from "../engine/engine.ts";
import { type BudgetAlerts, noAlerts, reduceBudgetAlerts } from "./budgetAlerts.ts";
import { type PendingPermissions, pendingPermissionsOf, reducePendingPermissions } from "./pendingPermissions.ts";
import { reduceRunningSessions, type RunningSessions, runningSessionsOf } from "./runningSessions.ts";

export interface HostOverview {
  readonly pending: PendingPermissions;
  readonly running: RunningSessions;
  /** Thresholds of budgets that were crossed since the shell watches. */
  readonly alerts: BudgetAlerts;
}

export interface HostObserver {
  readonly current: () => HostOverview;
  readonly close: () => void;
}

/**
 * Calls `onChange` once with what is there and again after each change. The engine calls its listener while it reads a
 * child's stdout, so changes are handed on in a later task, and many at once become one call.
 */
export function observeHost(engine: Engine, onChange: (overview: HostOverview) => void): HostObserver {
  let overview: HostOverview = { pending: [], running: new Map(), alerts: noAlerts };
  let scheduled: NodeJS.Immediate | null = null;

  const feed = engine.openFeed({ kind: "host" }, null, (event) => {
    const pending = reducePendingPermissions(overview.pending, event);
    const running = reduceRunningSessions(overview.running, event);
    const alerts = reduceBudgetAlerts(overview.alerts, event);
    if (pending === overview.pending && running === overview.running && alerts === overview.alerts) return;
    overview = { pending, running, alerts };
    schedule();
  });
  if (feed.start.kind === "snapshot" && feed.start.snapshot.kind === "host") {
    const { snapshot } = feed.start;
    overview = { ...overview, pending: pendingPermissionsOf(snapshot), running: runningSessionsOf(snapshot) };
  }
  schedule();

  function schedule(): void {
    scheduled ??= setImmediate(() => {
      scheduled = null;
      onChange(overview);
    });
  }

  return {
    current: () => overview,
    close: () => {
      feed.close();
      if (scheduled !== null) clearImmediate(scheduled);
    },
  };
}
