import { expect, test } from "vitest";
import { MAX_HELD_ALERTS, noAlerts, reduceBudgetAlerts } from "../../../../electron/desktop/budgetAlerts.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { anAlert } from "../../../support/budgetSamples.ts";
import { processExited } from "../../../support/electronStandIn/permissionFixtures.ts";

function crossed(alertId: string): SessionEvent {
  const at = "2026-01-01T00:00:09.000Z";
  return { type: "budget.crossed", data: { alert: anAlert({ alertId }) }, sessionId: "session-1", seq: 7, at };
}

test("an alert is added once, and other events change nothing", () => {
  const once = reduceBudgetAlerts(noAlerts, crossed("a"));
  const exited: SessionEvent = { ...processExited, sessionId: "session-1", seq: 8, at: "2026-01-01T00:00:09.000Z" };
  expect(once).toEqual([anAlert({ alertId: "a" })]);
  expect([reduceBudgetAlerts(once, crossed("a")), reduceBudgetAlerts(once, exited)]).toEqual([once, once]);
});

test("the newest are held", () => {
  const ids = Array.from({ length: MAX_HELD_ALERTS + 2 }, (_, index) => `a${index}`);
  const held = ids.reduce((alerts, id) => reduceBudgetAlerts(alerts, crossed(id)), noAlerts);
  expect([held.length, held[0]?.alertId, held.at(-1)?.alertId]).toEqual([MAX_HELD_ALERTS, "a2", ids.at(-1)]);
});
