import { describe, expect, test } from "vitest";
import { countByFilter, needsYou, projectName, visibleSessions } from "../../../../renderer/stores/sessionList.ts";
import { emptyOrder, reorder } from "../../../../renderer/stores/sessionOrder.ts";
import { createSessionsStore } from "../../../../renderer/stores/sessionsStore.ts";
import type { SessionSummary } from "../../../../shared/model/session.ts";
import { sampleEvent, sampleSession, time } from "./samples.ts";

/** Drawings happen when the test says so. */
function createBench() {
  const planned: (() => void)[] = [];
  const store = createSessionsStore({ schedule: (run) => planned.push(run) });
  const draw = (): void => {
    for (const run of planned.splice(0)) run();
  };
  return { store, draw, planned };
}

function sighting(seq: number, summary: SessionSummary) {
  return sampleEvent(seq, { type: "session.sighted", data: { summary } }, summary.sessionId);
}

function past(sessionId: string, change: Partial<SessionSummary> = {}): SessionSummary {
  return sampleSession({ sessionId, live: false, owner: "none", ...change });
}

describe("the sessions", () => {
  test("follow the events of the host", () => {
    const store = createBench().store;
    store.getState().takeSnapshot([sampleSession()], 1);
    store
      .getState()
      .takeEvents([
        sampleEvent(1, { type: "session.renamed", data: { title: "Better", source: "person" } }),
        sampleEvent(2, { type: "session.modeChanged", data: { permissionMode: "plan" } }),
      ]);
    expect(store.getState().byId).toEqual({
      one: sampleSession({ title: "Better", permissionMode: "plan", lastActivityAt: time(2) }),
    });
  });

  test("a new one appears, an unknown one does not", () => {
    const store = createBench().store;
    const data = {
      projectPath: "/home/ada/atlas",
      title: "New",
      origin: "new",
      parentSessionId: null,
      model: null,
      permissionMode: null,
      gitBranch: null,
      history: null,
    } as const;
    store
      .getState()
      .takeEvents([
        sampleEvent(1, { type: "session.created", data }, "two"),
        sampleEvent(2, { type: "session.modelChanged", data: { model: "m" } }, "unknown"),
      ]);
    expect(Object.values(store.getState().byId).map(({ sessionId, title }) => [sessionId, title])).toEqual([
      ["two", "New"],
    ]);
  });

  test("events that change nothing leave the state as it is", () => {
    const store = createBench().store;
    store.getState().takeSnapshot([sampleSession()], 1);
    const before = store.getState().byId;
    store.getState().takeEvents([sampleEvent(1, { type: "stderr.written", data: { text: "x" } })]);
    expect(store.getState().byId).toBe(before);
  });
});

describe("sightings", () => {
  test("thousands of them change the state once a drawing", () => {
    const { store, draw } = createBench();
    store.getState().takeSnapshot([], 0);
    let changes = 0;
    store.subscribe(() => {
      changes += 1;
    });
    for (let batch = 0; batch < 40; batch += 1) {
      const events = Array.from({ length: 100 }, (_, index) => sighting(1, past(`s${batch * 100 + index}`)));
      store.getState().takeEvents(events);
    }
    draw();
    expect([changes, store.getState().order.size, Object.keys(store.getState().byId).length]).toEqual([1, 4000, 4000]);
  });

  test("more than may wait are taken in at once", () => {
    const { store } = createBench();
    store.getState().takeEvents(Array.from({ length: 6000 }, (_, index) => sighting(1, past(`s${index}`))));
    expect(store.getState().order.size).toBe(6000);
  });

  test("nothing overtakes what waits", () => {
    const { store, draw } = createBench();
    store.getState().takeSnapshot([past("one")], 1);
    store.getState().takeEvents([sighting(1, past("one", { title: "Sighted", live: true, owner: "observed" }))]);
    const renamed = { type: "session.renamed", data: { title: "Renamed", source: "person" } } as const;
    store.getState().takeEvents([sampleEvent(2, renamed)]);
    const before = store.getState().byId["one"]?.title;
    draw();
    expect([before, store.getState().byId["one"]?.title]).toEqual(["First", "Renamed"]);
  });

  test("a deleted transcript drops its session, but not one that is owned", () => {
    const { store, draw } = createBench();
    store.getState().takeSnapshot([past("gone"), sampleSession({ sessionId: "owned" })], 2);
    const forgotten = { type: "session.forgotten", data: {} } as const;
    store.getState().takeEvents([sampleEvent(1, forgotten, "gone"), sampleEvent(2, forgotten, "owned")]);
    draw();
    expect([Object.keys(store.getState().byId), store.getState().order.size]).toEqual([["owned"], 1]);
  });

  test("one that is forgotten and sighted again in one drawing is there", () => {
    const { store, draw } = createBench();
    store.getState().takeSnapshot([past("one")], 1);
    store.getState().takeEvents([sampleEvent(1, { type: "session.forgotten", data: {} })]);
    store.getState().takeEvents([sighting(2, past("one", { title: "Back" }))]);
    draw();
    expect([store.getState().byId["one"]?.title, store.getState().order.size]).toEqual(["Back", 1]);
  });
});

test("a page of the list adds what is unknown and leaves what events have told", () => {
  const { store } = createBench();
  store.getState().takeSnapshot([past("one", { title: "Fresh" })], 5);
  store.getState().takeListed([past("one", { title: "Stale" }), past("two")]);
  const { byId, order, total } = store.getState();
  expect([byId["one"]?.title, Object.keys(byId), order.size, total]).toEqual(["Fresh", ["one", "two"], 2, 5]);
});

describe("the list", () => {
  const waiting = sampleSession({ sessionId: "waiting", startedAt: time(2), pendingPermissions: 1 });
  const asking = sampleSession({
    sessionId: "asking",
    projectPath: "/home/ada/docs",
    title: "Database question",
    startedAt: time(3),
    activity: { kind: "awaiting_answer", question: "?", permissionId: null },
  });
  const idle = sampleSession({ sessionId: "idle", startedAt: time(1), lastActivityAt: time(90) });
  const old = sampleSession({ sessionId: "old", live: false, owner: "none", lastActivityAt: time(5) });
  const older = sampleSession({ sessionId: "older", live: false, owner: "none", lastActivityAt: time(4) });
  const all = [older, old, idle, waiting, asking];

  test.each([
    ["all", "", ["asking", "waiting", "idle", "old", "older"]],
    ["live", "", ["asking", "waiting", "idle"]],
    ["needsYou", "", ["asking", "waiting"]],
    ["owned", "", ["asking", "waiting", "idle"]],
    ["all", "docs QUESTION", ["asking"]],
    ["all", "nowhere", []],
    ["live", "older", []],
  ] as const)("filter %s with %j", (filter, query, expected) => {
    expect(visibleSessions(all, filter, query).map((session) => session.sessionId)).toEqual(expected);
  });

  test("counts what each filter shows", () => {
    const order = reorder(
      emptyOrder,
      all.map((after) => ({ before: null, after })),
    );
    expect([countByFilter(order, 10_000), countByFilter(order, 0).all]).toEqual([
      { live: 3, needsYou: 2, owned: 3, all: 10_000 },
      5,
    ]);
  });

  test("a session without a process needs nobody", () => {
    expect(needsYou({ ...asking, live: false })).toBe(false);
  });

  test.each([
    ["/home/ada/atlas", "atlas"],
    ["/home/ada/atlas/", "atlas"],
    ["C:\\work\\atlas", "atlas"],
    ["/", "/"],
  ])("the name of %s is %s", (path, name) => {
    expect(projectName(path)).toBe(name);
  });
});
