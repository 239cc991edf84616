import { expect, test } from "vitest";
import { createAppStores } from "../../../../renderer/stores/appStores.ts";
import { paletteCommands } from "../../../../renderer/views/palette/commands.ts";
import { createFakeHost } from "../stores/fakeHost.ts";
import { sampleSession } from "../stores/samples.ts";

function createBench(live: boolean) {
  const host = createFakeHost();
  const stores = createAppStores({
    request: host.request,
    connection: { status: "open", attempt: 0, failure: null, scopes: [], hostVersion: null },
    notify: host.notify,
    keyStore: null,
    sender: "tester",
    schedule: (run) => run(),
  });
  stores.sessions.getState().takeSnapshot([sampleSession({ live })], 1);
  const run = (id: string): void =>
    paletteCommands(stores)
      .find((command) => command.id === id)
      ?.run();
  const ids = (): readonly string[] => paletteCommands(stores).map((command) => command.id);
  return { host, stores, run, ids };
}

test.each([
  ["no session", null, true, { interrupt: false, resume: false, rename: false }],
  ["a running session", "one", true, { interrupt: true, resume: false, rename: true }],
  ["an ended session", "one", false, { interrupt: false, resume: true, rename: true }],
] as const)("offers what makes sense for %s", (_name, chosen, live, expected) => {
  const { stores, ids } = createBench(live);
  stores.ui.getState().chooseSession(chosen);
  const offered = new Set(ids());
  expect({
    interrupt: offered.has("interrupt"),
    resume: offered.has("resume"),
    rename: offered.has("rename"),
  }).toEqual(expected);
});

test("a session that runs elsewhere can be labelled too", () => {
  const { stores, run } = createBench(false);
  stores.ui.getState().chooseSession("one");
  run("label");
  expect(stores.ui.getState().dialog).toEqual({ kind: "label", sessionId: "one" });
});

test("no two commands share an id", () => {
  const { stores, ids } = createBench(true);
  stores.ui.getState().chooseSession("one");
  expect(new Set(ids()).size).toBe(ids().length);
});

test("a preset fills the composer and takes the keyboard there", () => {
  const { stores, run } = createBench(true);
  stores.ui.getState().chooseSession("one");
  run("preset-stop-and-summarise");
  expect([stores.composer.getState().drafts["one"]?.kind, stores.ui.getState().focusRequest]).toEqual([
    "block",
    "composer",
  ]);
});

test("the budgets and a new one open from it", () => {
  const { stores, run } = createBench(true);
  stores.costs.getState().openDrill({ kind: "unpriced" });
  run("budgets");
  const { page, focusRequest } = stores.ui.getState();
  run("newBudget");
  expect([page, focusRequest, stores.costs.getState().drill, stores.ui.getState().dialog]).toEqual([
    "costs",
    "budgets",
    null,
    { kind: "budget", budgetId: null, scope: null },
  ]);
});

test("the theme and the dialogs open from it", () => {
  const { stores, run } = createBench(true);
  run("theme-dark");
  run("new");
  expect([stores.ui.getState().theme, stores.ui.getState().dialog]).toEqual([
    "dark",
    { kind: "newSession", cwd: null, resume: null },
  ]);
});

test.each([
  ["page-search", "search"],
  ["page-costs", "costs"],
  ["page-processes", "processes"],
  ["page-sessions", "sessions"],
] as const)("%s leads there", (id, page) => {
  const { stores, run } = createBench(true);
  stores.ui.getState().showPage(page === "sessions" ? "search" : "sessions");
  run(id);
  expect(stores.ui.getState().page).toBe(page);
});

test("a tab of the session is shown on its page", () => {
  const { stores, run } = createBench(true);
  stores.ui.getState().chooseSession("one");
  stores.ui.getState().showPage("processes");
  run("transcript");
  expect([stores.ui.getState().page, stores.ui.getState().tab]).toEqual(["sessions", "transcript"]);
});
