import { expect, test } from "vitest";
import { createBudgetRecordStore } from "../../../../renderer/stores/budgetRecordStore.ts";
import type { BudgetAlert, OverrideRecord } from "../../../../shared/model/budget.ts";
import { anAlert, anOverride, aStatus, aUse } from "../../../support/budgetSamples.ts";
import { settled } from "./fakeClock.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { sampleEvent, time } from "./samples.ts";

function alertAt(seconds: number): BudgetAlert {
  return anAlert({ alertId: `a${seconds}`, at: time(seconds) });
}

function overrideAt(seconds: number, differences: Partial<OverrideRecord> = {}): OverrideRecord {
  return anOverride({ overrideId: `o${seconds}`, at: time(seconds), ...differences });
}

function crossed(alert: BudgetAlert) {
  return sampleEvent(1, { type: "budget.crossed", data: { alert } });
}

/** Of no session that the host knows. */
function crossedByNobody(alert: BudgetAlert) {
  return { ...crossed(alert), sessionId: "" };
}

const overriddenAt = (seconds: number) =>
  aStatus({}, [aUse({ override: { at: time(seconds), note: null, until: null } })]);

function createBench() {
  const host = createFakeHost({
    "alerts.list": ({ cursor }) =>
      cursor === undefined
        ? { items: [alertAt(40), alertAt(30)], nextCursor: "older" }
        : { items: [alertAt(20)], nextCursor: null },
    "overrides.list": () => ({ items: [overrideAt(35), overrideAt(25), overrideAt(10)], nextCursor: null }),
  });
  const store = createBudgetRecordStore({ request: host.request });
  const ids = () =>
    store.getState().items?.map((item) => (item.kind === "alert" ? item.alert.alertId : item.override.overrideId));
  return { host, store, ids };
}

test("alerts and overrides come in the order of time, page by page, and new ones in front, each once", async () => {
  const { store, ids } = createBench();
  await store.getState().open();
  store.getState().takeEvents([crossed(alertAt(50)), crossedByNobody(alertAt(60)), crossed(alertAt(40))]);
  // Alerts between 30 and 25 may be still to come.
  expect([ids(), store.getState().hasMore]).toEqual([["a60", "a50", "a40", "o35", "a30"], true]);
  await store.getState().loadMore();
  await store.getState().loadMore();
  const all = ["a60", "a50", "a40", "o35", "a30", "o25", "a20", "o10"];
  expect([ids(), store.getState().hasMore]).toEqual([all, false]);
});

test("an alert that comes while the list is asked for is not lost", async () => {
  const { host, store, ids } = createBench();
  const answer = openAnswer<{ items: BudgetAlert[]; nextCursor: null }>();
  host.answers["alerts.list"] = () => answer.promise;
  const opening = store.getState().open();
  store.getState().takeEvents([crossed(alertAt(90))]);
  answer.resolve({ items: [alertAt(30)], nextCursor: null });
  await opening;
  expect(ids()).toEqual(["a90", "o35", "a30", "o25", "o10"]);
});

test("what is overridden or taken back while the list is open is asked for", async () => {
  const { host, store, ids } = createBench();
  store.getState().takeStatuses([overriddenAt(35)]);
  expect(host.asked).toEqual([]);
  await store.getState().open();
  store.getState().takeStatuses([overriddenAt(35)]);
  host.answers["overrides.list"] = () => ({
    items: [overrideAt(70), overrideAt(35, { revokedAt: time(60) })],
    nextCursor: "more",
  });
  store.getState().takeStatuses([overriddenAt(70)]);
  await settled();
  expect(ids()).toEqual(["o70", "a40", "o35", "a30"]);
  expect(store.getState().items?.[2]).toMatchObject({ override: { revokedAt: time(60) } });
  expect(host.asked.filter(([name]) => name === "overrides.list").map(([, params]) => params)).toEqual([
    { limit: 20 },
    { limit: 20 },
  ]);
});

test("nothing is kept before the list is opened, and a failure says why", async () => {
  const { host, store } = createBench();
  store.getState().takeEvents([crossed(alertAt(90))]);
  const before = store.getState().items;
  host.answers["overrides.list"] = refuse("internal", "The ledger is away.");
  await store.getState().open();
  expect([before, store.getState().failure?.message, store.getState().isLoading]).toEqual([
    null,
    "The ledger is away.",
    false,
  ]);
});
