import { describe, expect, test } from "vitest";
import {
  countByFilter,
  groupByProject,
  needsYou,
  projectName,
  visibleSessions,
} from "../../../../renderer/stores/sessionList.ts";
import { createSessionsStore } from "../../../../renderer/stores/sessionsStore.ts";
import { sampleEvent, sampleSession, time } from "./samples.ts";

describe("the sessions", () => {
  test("follow the events of the host", () => {
    const store = createSessionsStore();
    store.getState().takeSnapshot([sampleSession()]);
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
    const store = createSessionsStore();
    const data = {
      projectPath: "/home/ada/atlas",
      title: "New",
      origin: "new",
      parentSessionId: null,
      model: null,
      permissionMode: null,
      gitBranch: null,
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
    const store = createSessionsStore();
    store.getState().takeSnapshot([sampleSession()]);
    const before = store.getState().byId;
    store.getState().takeEvents([sampleEvent(1, { type: "stderr.written", data: { text: "x" } })]);
    expect(store.getState().byId).toBe(before);
  });
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
    expect(countByFilter(all)).toEqual({ live: 3, needsYou: 2, owned: 3, all: 5 });
  });

  test("a session without a process needs nobody", () => {
    expect(needsYou({ ...asking, live: false })).toBe(false);
  });

  test("groups by project in the order of the sessions", () => {
    const groups = groupByProject(visibleSessions(all, "all", ""));
    expect(groups.map(({ name, sessions }) => [name, sessions.length])).toEqual([
      ["docs", 1],
      ["atlas", 4],
    ]);
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
