import { describe, expect, test } from "vitest";
import { createCostsStore } from "../../../../renderer/stores/costsStore.ts";
import { PAUSE_MS, RETRY_MS } from "../../../../renderer/stores/liveAsk.ts";
import type { RequestInput } from "../../../../shared/contract/requests.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { type CostReport, type CostSummary, NO_LABEL } from "../../../../shared/model/cost.ts";
import { costChanged, sampleReport, sampleRow, sampleSum } from "../costs/samples.ts";
import { createFakeClock, settled } from "./fakeClock.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";

const NOW = Date.parse("2026-11-20T12:00:00.000Z");
const at = new Date(NOW).toISOString();
const span = { ...sampleSum(), from: at, to: at };
const compared = { ...span, previous: span, previousToSameMoment: span };
const summary: CostSummary = {
  at,
  timeZone: "UTC",
  today: compared,
  thisWeek: compared,
  thisMonth: compared,
  allTime: sampleSum(),
  burnUsdPerHour: 0,
  projectedTodayUsd: 0,
  activeWindow: null,
};

const renamed: SessionEvent = {
  ...{ seq: 1, at, sessionId: "one", type: "session.renamed" },
  data: { title: "Other", source: "person" },
};

function reportFor({ splitBy, project }: RequestInput<"costs.get">): CostReport {
  return sampleReport([sampleRow("2026-11-20", { label: `${splitBy ?? "calendar"} ${project ?? "all"}` })]);
}

function createBench() {
  const host = createFakeHost({
    "costs.summary": () => summary,
    "costs.get": reportFor,
    "costs.top": ({ what }) => ({ what, rows: [] }),
    "costs.unpriced": () => ({ messages: 0, reasons: [] }),
    "costs.windows": () => ({ items: [] }),
    "prices.get": () => ({
      userFile: "/p",
      hasUserPrices: false,
      problem: null,
      keptProblem: null,
      sources: [],
      unknownModels: [],
    }),
    "ledger.get": () => ({
      entries: 0,
      unpricedEntries: 0,
      since: null,
      path: "/l",
      sizeBytes: 0,
      backups: [],
      problem: null,
    }),
  });
  const clock = createFakeClock();
  const store = createCostsStore({ request: host.request, after: clock.after, now: () => NOW, timeZone: "UTC" });
  const asked = (name: string): number => host.asked.filter(([one]) => one === name).length;
  const label = (): string | undefined => store.getState().answers.history?.report.rows[0]?.label;
  return { host, clock, store, asked, label };
}

describe("the costs", () => {
  test("are asked for at once and when a session's cost changed, until nobody watches", async () => {
    const { clock, store, asked } = createBench();
    const leave = store.getState().watch();
    await settled();
    await clock.pass(PAUSE_MS);
    const first = asked("costs.summary");
    store.getState().takeEvents([renamed]);
    await settled();
    const other = asked("costs.summary");
    store.getState().takeEvents([costChanged()]);
    await settled();
    const second = asked("costs.summary");
    leave();
    store.getState().takeEvents([costChanged()]);
    await settled();
    expect([first, other, second, asked("costs.summary"), clock.waiting()]).toEqual([1, 1, 2, 2, 0]);
  });

  test("are asked for twice when a session was labelled: the ledger has it a moment after it is told", async () => {
    const { clock, store, asked } = createBench();
    store.getState().watch();
    await settled();
    await clock.pass(PAUSE_MS);
    store.getState().takeEvents([{ ...renamed, type: "session.labelled", data: { label: "Acme" } }]);
    await settled();
    const first = asked("costs.summary");
    await clock.pass(PAUSE_MS);
    expect([first, asked("costs.summary")]).toEqual([2, 3]);
  });

  test("have the labels that costs were used for, for the filter to offer", async () => {
    const { host, store } = createBench();
    const labelled = ["Acme", NO_LABEL].map((key) => ({
      ...sampleSum(),
      ...{ key, label: key, sessionId: null, at: null },
    }));
    host.answers["costs.top"] = ({ what }) => ({ what, rows: what === "labels" ? labelled : [] });
    store.getState().watch();
    await settled();
    expect(store.getState().answers.labels).toEqual(["Acme"]);
  });

  test("are asked for with the filters, in the person's zone", async () => {
    const { host, store } = createBench();
    store.getState().setFilters({ range: "week", model: "m" });
    await settled();
    const bounds = { from: "2026-11-14T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z", model: "m" };
    expect(host.asked.slice(0, 5)).toEqual([
      ["costs.summary", { model: "m", timeZone: "UTC" }],
      ["costs.get", { groupBy: "day", splitBy: "model", ...bounds, timeZone: "UTC" }],
      ["costs.get", { groupBy: "day", from: "2025-11-15T00:00:00.000Z", model: "m", timeZone: "UTC" }],
      ["costs.get", { groupBy: "hour", from: "2026-11-19T12:00:00.000Z", model: "m", timeZone: "UTC" }],
      ["costs.top", { what: "sessions", ...bounds, limit: 20 }],
    ]);
    expect(host.asked).toContainEqual(["costs.unpriced", bounds]);
    expect(host.asked).toContainEqual(["costs.windows", { model: "m", limit: 24 }]);
  });

  test("are not asked for when only the unit changes", async () => {
    const { host, store } = createBench();
    store.getState().setView({ unit: "tokens" });
    await settled();
    expect([store.getState().view.unit, host.asked]).toEqual(["tokens", []]);
  });

  test("keep the filters that they belong to while others are on their way", async () => {
    const { host, store } = createBench();
    store.getState().setFilters({ project: "/old" });
    await settled();
    host.answers["costs.get"] = () => openAnswer<CostReport>().promise;
    store.getState().setFilters({ project: "/new" });
    await settled();
    const { filters, answers } = store.getState();
    expect([filters.project, answers.history?.filters.project]).toEqual(["/new", "/old"]);
  });

  test("of older filters never replace those of newer ones", async () => {
    const { host, store, label } = createBench();
    const slow = openAnswer<CostReport>();
    host.answers["costs.get"] = (params) => (params.project === "/old" ? slow.promise : reportFor(params));
    store.getState().setFilters({ project: "/old" });
    store.getState().setFilters({ project: "/new" });
    await settled();
    slow.resolve(sampleReport([sampleRow("2026-11-20", { label: "old" })]));
    await settled();
    expect([label(), store.getState().isLoading]).toEqual(["model /new", false]);
  });

  test("that do not come leave those before, and say why until they come", async () => {
    const { host, clock, store, label } = createBench();
    store.getState().watch();
    await settled();
    host.answers["costs.get"] = refuse("internal", "The ledger is away.");
    store.getState().touch();
    await clock.pass(PAUSE_MS);
    const during = [label(), store.getState().failure];
    host.answers["costs.get"] = reportFor;
    await clock.pass(PAUSE_MS);
    await clock.pass(RETRY_MS - PAUSE_MS);
    expect([during, store.getState().failure]).toEqual([
      ["model all", { code: "internal", message: "The ledger is away." }],
      null,
    ]);
  });
});

describe("a chosen column", () => {
  test("narrows the dearest alone, and not when chosen again", async () => {
    const { host, store } = createBench();
    const lastTop = (): unknown =>
      host.asked.findLast(([name, params]) => name === "costs.top" && "from" in Object(params))?.[1];
    store.getState().chooseSpan("2026-11-19");
    await settled();
    const narrowed = lastTop();
    store.getState().chooseSpan("2026-11-19");
    await settled();
    expect([narrowed, lastTop(), store.getState().chosenSpan]).toEqual([
      { what: "sessions", from: "2026-11-19T00:00:00.000Z", to: "2026-11-20T00:00:00.000Z", limit: 20 },
      { what: "sessions", from: "2026-10-22T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z", limit: 20 },
      null,
    ]);
  });

  test("is let go of when columns stand for something else", async () => {
    const { store } = createBench();
    const chosen = (): string | null => store.getState().chosenSpan;
    store.getState().chooseSpan("2026-11-19");
    store.getState().setView({ unit: "tokens" });
    const kept = chosen();
    store.getState().setView({ groupBy: "week" });
    const afterView = chosen();
    store.getState().chooseSpan("2026-11-16");
    store.getState().setFilters({ model: "m" });
    await settled();
    expect([kept, afterView, chosen()]).toEqual(["2026-11-19", null, null]);
  });
});
