import { describe, expect, test } from "vitest";
import { holdOn } from "../../../../renderer/stores/budgetHolds.ts";
import { createBudgetsStore, POLL_MS, REST_MS, termsOf } from "../../../../renderer/stores/budgetsStore.ts";
import type { BudgetStatus } from "../../../../shared/model/budget.ts";
import { aBudget, anActingUse, anAlert, aStatus, aUse } from "../../../support/budgetSamples.ts";
import { createFakeClock, settled } from "./fakeClock.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { sampleEvent } from "./samples.ts";

type Listed = { items: BudgetStatus[]; nextCursor: null };

function listed(...items: BudgetStatus[]): Listed {
  return { items, nextCursor: null };
}

function createBench() {
  const host = createFakeHost({ "budgets.list": () => listed(aStatus()) });
  const clock = createFakeClock();
  let isShown = true;
  const store = createBudgetsStore({
    request: host.request,
    notify: host.notify,
    after: clock.after,
    isShown: () => isShown,
  });
  const asked = (): number => host.asked.filter(([name]) => name === "budgets.list").length;
  const names = () => store.getState().statuses?.map(({ budget }) => budget.name);
  return { host, clock, store, asked, names, hide: () => void (isShown = false) };
}

const terms = termsOf(aBudget());
const charged = sampleEvent(1, {
  type: "session.costChanged",
  data: { costUsd: 1, turnCostUsd: null, unpricedMessages: 0 },
});
const crossed = sampleEvent(2, { type: "budget.crossed", data: { alert: anAlert() } });

describe("the budgets are listed", () => {
  test("with the titles of the sessions they name", async () => {
    const { host, store } = createBench();
    const named = aUse({ sessionId: "one", sessionTitle: "Fix the till" });
    host.answers["budgets.list"] = () => listed(aStatus({}, [aUse(), named, aUse({ sessionId: "gone" })]));
    await store.getState().refresh();
    expect([...store.getState().titles]).toEqual([["one", "Fix the till"]]);
  });

  test("again every half minute, while the window is looked at and until nobody watches", async () => {
    const { clock, store, asked, hide } = createBench();
    const leave = store.getState().watch();
    await clock.pass(POLL_MS);
    const shown = asked();
    await clock.pass(POLL_MS);
    hide();
    await clock.pass(POLL_MS);
    const hidden = asked();
    leave();
    await clock.pass(POLL_MS);
    expect([shown, hidden, asked(), clock.waiting()]).toEqual([1, 2, 2, 0]);
  });

  test("at most once in a while as costs change, and once more when it was due", async () => {
    const { clock, store, asked } = createBench();
    for (let count = 0; count < 5; count += 1) store.getState().takeEvents([charged]);
    await settled();
    const first = asked();
    await clock.pass(REST_MS);
    const second = asked();
    await clock.pass(REST_MS);
    await clock.pass(REST_MS);
    expect([first, second, asked()]).toEqual([1, 2, 2]);
  });

  test("at once when a threshold is crossed", async () => {
    const { store, asked } = createBench();
    store.getState().takeEvents([charged]);
    store.getState().takeEvents([crossed]);
    await settled();
    expect(asked()).toBe(2);
  });

  test("or say why not, and leave what was there", async () => {
    const { host, store, names } = createBench();
    host.answers["budgets.list"] = () => listed(aStatus({ name: "Kept" }));
    await store.getState().refresh();
    host.answers["budgets.list"] = refuse("internal", "The ledger is away.");
    await store.getState().refresh();
    expect([names(), store.getState().failure?.message]).toEqual([["Kept"], "The ledger is away."]);
  });

  test("with what they hold", async () => {
    const { host, store } = createBench();
    host.answers["budgets.list"] = () => listed(aStatus({ name: "Holds" }, [anActingUse()]));
    await store.getState().refresh();
    const hold = holdOn(store.getState().holds, { sessionId: "one", projectPath: "/atlas" });
    expect([hold?.budget.name, hold?.until]).toEqual(["Holds", "2026-11-21T00:00:00.000Z"]);
  });
});

describe("a deed", () => {
  test("shows at once, and no list that was asked for before undoes it", async () => {
    const { host, store, names } = createBench();
    const old = openAnswer<Listed>();
    host.answers["budgets.list"] = () => old.promise;
    host.answers["budgets.create"] = () => aStatus({ name: "New" });
    void store.getState().refresh();
    host.answers["budgets.list"] = () => new Promise(() => undefined);
    const result = await store.getState().create(terms);
    old.resolve(listed());
    await settled();
    expect([result.ok, names()]).toEqual([true, ["New"]]);
  });

  test("takes the budget's place in the list", async () => {
    const { host, store, names } = createBench();
    host.answers["budgets.list"] = () => listed(aStatus({ name: "One" }), aStatus({ budgetId: "two", name: "Two" }));
    await store.getState().refresh();
    host.answers["budgets.list"] = () => new Promise(() => undefined);
    host.answers["budgets.change"] = () => aStatus({ name: "Changed" });
    await store.getState().change("budget-1", terms);
    expect([names(), host.asked.find(([name]) => name === "budgets.change")?.[1]]).toEqual([
      ["Changed", "Two"],
      { budgetId: "budget-1", ...terms },
    ]);
  });

  test("that is refused is answered with its reason and changes nothing", async () => {
    const { host, store, names } = createBench();
    await store.getState().refresh();
    host.answers["budgets.create"] = refuse("bad_request", "Too many budgets.");
    const result = await store.getState().create(terms);
    expect([result, names()]).toEqual([
      { ok: false, failure: { code: "bad_request", message: "Too many budgets." } },
      [null],
    ]);
  });

  test("is told as busy while it is on its way", async () => {
    const { host, store } = createBench();
    const answer = openAnswer<BudgetStatus>();
    host.answers["budgets.override"] = () => answer.promise;
    const target = { budgetId: "budget-1", sessionId: null };
    const overriding = store.getState().override(target, " a release ");
    const during = store.getState().busy;
    answer.resolve(aStatus());
    await overriding;
    expect([during, store.getState().busy, host.asked[0]]).toEqual([
      { "budget-1 ": "override" },
      {},
      ["budgets.override", { budgetId: "budget-1", note: "a release" }],
    ]);
  });

  test.each([
    ["a budget for each session", { kind: "eachSession" } as const, { budgetId: "budget-1", sessionId: "one" }],
    ["a budget for one", { kind: "session", sessionId: "one" } as const, { budgetId: "budget-1" }],
  ])("of %s names the session only where it must", async (_name, scope, params) => {
    const { host, store } = createBench();
    const status = aStatus({ scope }, [anActingUse({ sessionId: "one" })]);
    host.answers["budgets.list"] = () => listed(status);
    host.answers["budgets.revoke"] = () => status;
    await store.getState().refresh();
    await store.getState().revoke({ budgetId: "budget-1", sessionId: "one" });
    expect(host.asked.find(([name]) => name === "budgets.revoke")?.[1]).toEqual(params);
  });

  test("switches a budget off with its other terms as they are", async () => {
    const { host, store } = createBench();
    host.answers["budgets.change"] = () => aStatus({ isEnabled: false });
    await store.getState().setEnabled(aBudget({ name: "Mine" }), false);
    expect(host.asked[0]).toEqual([
      "budgets.change",
      { budgetId: "budget-1", ...terms, name: "Mine", isEnabled: false },
    ]);
  });

  test("without a form tells its failure as a notice", async () => {
    const { host, store } = createBench();
    const no = refuse("not_found", "It was deleted elsewhere.");
    Object.assign(host.answers, { "budgets.change": no, "budgets.revoke": no, "budgets.delete": no });
    await store.getState().setEnabled(aBudget(), true);
    await store.getState().revoke({ budgetId: "budget-1", sessionId: null });
    await store.getState().remove("budget-1");
    expect([host.notices.map(({ title }) => title), store.getState().busy]).toEqual([
      ["The budget was not switched on", "The override was not taken back", "The budget was not deleted"],
      {},
    ]);
  });

  test("deletes a budget and shows what is left", async () => {
    const { host, store, names } = createBench();
    host.answers["budgets.delete"] = () => listed(aStatus({ name: "Left" }));
    await store.getState().remove("budget-1");
    expect(names()).toEqual(["Left"]);
  });
});
