import { describe, expect, it } from "vitest";
import { SessionDirectory } from "../../../../../electron/engine/sessions/sessionDirectory.ts";
import type { EventDraft, SessionEvent } from "../../../../../shared/model/event.ts";
import type { SessionSummary } from "../../../../../shared/model/session.ts";
import { aSession } from "../../../../support/builders.ts";

function createDirectory(stored: readonly SessionSummary[] = []) {
  const saved: SessionSummary[] = [];
  const directory = new SessionDirectory({ all: () => stored, save: (summary) => saved.push(summary) }, (error) => {
    throw error;
  });
  return { directory, saved };
}

let seq = 0;
const event = (draft: EventDraft, sessionId = "session-1", at = "2026-01-02T00:00:00.000Z"): SessionEvent => {
  seq += 1;
  return { ...draft, sessionId, seq, at };
};
const created: EventDraft = {
  type: "session.created",
  data: {
    projectPath: "/home/dev/shop",
    title: "Fix the till",
    origin: "new",
    parentSessionId: null,
    model: null,
    permissionMode: null,
    gitBranch: "main",
    history: null,
  },
};

describe("SessionDirectory", () => {
  it("knows no session of an event that has none", () => {
    const { directory, saved } = createDirectory();
    directory.apply(event(created, ""));
    directory.apply(event({ type: "host.noticesChanged", data: { notices: ["The disk is full."] } }, ""));
    directory.flush();
    expect([directory.size, saved]).toEqual([0, []]);
  });

  it("makes a session of its first event, stores it at once and later changes on flush", () => {
    const { directory, saved } = createDirectory();
    directory.apply(event(created));
    expect(saved.map(({ title }) => title)).toEqual(["Fix the till"]);
    directory.apply(event({ type: "session.renamed", data: { title: "Till fixed", source: "person" } }));
    directory.flush();
    expect(saved.map(({ title }) => title)).toEqual(["Fix the till", "Till fixed"]);
  });

  it("ignores events of sessions that it does not know", () => {
    const { directory } = createDirectory();
    directory.apply(event({ type: "session.modelChanged", data: { model: "m" } }, "stranger"));
    expect(directory.list()).toEqual([]);
  });

  it("shows what an earlier run left live as failed, with the way on", () => {
    const { directory } = createDirectory([aSession({ live: true, pid: 4711, pendingPermissions: 2 })]);
    expect(directory.require("session-1")).toMatchObject({
      live: false,
      owner: "none",
      pid: null,
      pendingPermissions: 0,
      routes: [],
      activity: { kind: "failed", reason: expect.stringContaining("Resume") },
    });
  });

  it("lists live ones first, then the most recent, and filters", () => {
    const ended = (sessionId: string, lastActivityAt: string, rest: Partial<SessionSummary> = {}) =>
      aSession({
        sessionId,
        lastActivityAt,
        live: false,
        owner: "none",
        activity: { kind: "ended", exitCode: 0 },
        ...rest,
      });
    const { directory } = createDirectory([
      ended("old", "2026-01-01T00:00:00.000Z", { title: "Search index", projectPath: "/home/dev/search" }),
      ended("new", "2026-01-03T00:00:00.000Z", { parentSessionId: "old" }),
    ]);
    directory.apply(event(created, "live"));
    const ids = (filter: Parameters<SessionDirectory["list"]>[0]) =>
      directory.list(filter).map(({ sessionId }) => sessionId);
    expect(ids({})).toEqual(["live", "new", "old"]);
    expect(ids({ live: false })).toEqual(["new", "old"]);
    expect(ids({ owner: "owned" })).toEqual(["live"]);
    expect(ids({ state: "ended" })).toEqual(["new", "old"]);
    expect(ids({ project: "/home/dev/search" })).toEqual(["old"]);
    expect(ids({ q: " SEARCH " })).toEqual(["old"]);
    directory.apply(event({ type: "session.labelled", data: { label: "Acme Ltd" } }, "old"));
    expect(ids({ q: "acme" })).toEqual(["old"]);
    expect([ids({ parent: "old" }), ids({ parent: "new" })]).toEqual([["new"], []]);
  });

  it("sums projects up", () => {
    const { directory } = createDirectory([
      aSession({ sessionId: "a", live: false }),
      aSession({ sessionId: "b", live: false }),
    ]);
    directory.apply(event(created, "c", "2026-01-05T00:00:00.000Z"));
    expect(directory.projects()).toEqual([
      {
        projectPath: "/home/dev/shop",
        name: "shop",
        isGone: false,
        sessionCount: 1,
        liveCount: 1,
        lastActivityAt: "2026-01-05T00:00:00.000Z",
      },
      {
        projectPath: "/home/dev/project",
        name: "project",
        isGone: false,
        sessionCount: 2,
        liveCount: 0,
        lastActivityAt: "2026-01-01T00:00:00.000Z",
      },
    ]);
  });

  it("lists worktrees with their repository, and tells which folders are gone", () => {
    const worktree = { name: "side", path: "/side", projectPath: "/shop", isGone: false };
    const { directory } = createDirectory([
      aSession({ sessionId: "a", projectPath: "/shop" }),
      aSession({ sessionId: "b", projectPath: "/side", worktree }),
      aSession({ sessionId: "c", projectPath: "/old", isFolderGone: true }),
    ]);
    const projects = directory.projects().map(({ projectPath, isGone, sessionCount }) => ({
      ...{ projectPath, isGone, sessionCount },
    }));
    expect(projects).toContainEqual({ projectPath: "/shop", isGone: false, sessionCount: 2 });
    expect(projects).toContainEqual({ projectPath: "/old", isGone: true, sessionCount: 1 });
    expect(projects).toHaveLength(2);
    const ids = (project: string) => directory.list({ project }).map(({ sessionId }) => sessionId);
    expect([ids("/shop").toSorted(), ids("/side")]).toEqual([["a", "b"], []]);
    expect(directory.inDirectory("/side")).toEqual(["b"]);
  });
});
