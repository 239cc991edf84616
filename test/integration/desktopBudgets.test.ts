import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { EventDraft } from "../../shared/model/event.ts";
import { anAlert } from "../support/budgetSamples.ts";
import {
  createDesktopStage,
  type DesktopStage,
  type DesktopUnderTest,
  runMain,
} from "../support/electronStandIn/desktopUnderTest.ts";
import { pendingPermission, sessionCreated } from "../support/electronStandIn/permissionFixtures.ts";
import { createScriptedEngine, type ScriptedEngine } from "../support/electronStandIn/scriptedEngine.ts";

let stage: DesktopStage;
let desktop: DesktopUnderTest | null = null;

beforeAll(async () => {
  stage = await createDesktopStage();
});
afterEach(async () => {
  await desktop?.dispose();
  desktop = null;
});
afterAll(async () => {
  await stage.dispose();
});

async function openDesktop(): Promise<DesktopUnderTest & { readonly scripted: ScriptedEngine }> {
  const scripted = createScriptedEngine();
  desktop = await runMain({ stage, engine: scripted.engine });
  return { ...desktop, scripted };
}

async function eventually(holds: () => void): Promise<void> {
  await vi.waitFor(holds, { timeout: 20_000 });
}

function crossed(differences: Parameters<typeof anAlert>[0] = {}): EventDraft {
  return { type: "budget.crossed", data: { alert: anAlert(differences) } };
}

test("a crossed threshold is announced, and a click shows the budgets", async () => {
  const { scripted, electron, window, page } = await openDesktop();
  scripted.emit("session-1", sessionCreated("Fix the build"));
  scripted.emit("session-1", crossed({ sessionId: "session-1", percent: 100, spent: 10.02, action: "hold" }));
  await eventually(() => expect(electron.notifications).toHaveLength(1));
  const [notification] = electron.notifications;
  expect(notification?.options).toMatchObject({
    title: "Budget “Everything today” is used up",
    body: "Fix the build\n$10.02 of $10.00. New turns are held.",
  });
  window().minimize();
  notification?.emit("click");
  expect(window().isFocused()).toBe(true);
  const shown = await page();
  await shown.waitForFunction(() => Reflect.get(globalThis, "commands").length > 0);
  expect(await shown.evaluate(() => Reflect.get(globalThis, "commands") as unknown)).toEqual([{ kind: "showBudgets" }]);
});

test("the next threshold takes the place of the one before; a threshold that is told again is not announced", async () => {
  const { scripted, electron } = await openDesktop();
  scripted.emit("session-1", crossed());
  scripted.emit("session-1", crossed());
  await eventually(() => expect(electron.notifications).toHaveLength(1));
  scripted.emit("session-1", crossed({ alertId: "alert-2", percent: 100 }));
  await eventually(() => expect(electron.notifications).toHaveLength(2));
  expect(electron.notifications.map(({ state }) => state)).toEqual(["closed", "shown"]);
});

test("nothing is announced while the window is in front", async () => {
  const { scripted, electron, window } = await openDesktop();
  window().focus();
  scripted.emit("session-1", crossed());
  // The shell hands on all changes at once: what shows the request has shown the alert.
  scripted.emit("session-1", { type: "permission.requested", data: { permission: pendingPermission() } });
  await eventually(() => expect(electron.app.badgeCount).toBe(1));
  window().lookAway();
  scripted.emit("session-1", crossed({ alertId: "alert-2", budgetId: "budget-2", budgetName: "Shop" }));
  await eventually(() => expect(electron.notifications.length).toBeGreaterThan(0));
  expect(electron.notifications.map(({ options }) => options.title)).toEqual(["Budget “Shop”: 80 % used"]);
});
