import { describe, expect, test } from "vitest";
import {
  emptyOrder,
  reorder,
  type SessionChange,
  type SessionOrder,
} from "../../../../renderer/stores/sessionOrder.ts";
import type { SessionSummary } from "../../../../shared/model/session.ts";
import { sampleSession, time } from "./samples.ts";

function ended(sessionId: string, seconds: number, change: Partial<SessionSummary> = {}): SessionSummary {
  return sampleSession({ sessionId, live: false, owner: "none", lastActivityAt: time(seconds), ...change });
}

function orderOf(sessions: readonly SessionSummary[]): SessionOrder {
  return reorder(
    emptyOrder,
    sessions.map((after) => ({ before: null, after })),
  );
}

function idsOf(order: SessionOrder): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    [...order.projects].map(([path, members]) => [path, members.map(({ sessionId }) => sessionId)]),
  );
}

const live = sampleSession({ sessionId: "live", startedAt: time(1) });
const newer = sampleSession({ sessionId: "newer", startedAt: time(2) });
const a = ended("a", 10);
const b = ended("b", 20);
const elsewhere = ended("elsewhere", 30, { projectPath: "/other" });
const start = orderOf([a, live, elsewhere, b, newer]);

describe("the order of sessions", () => {
  test("live ones by their start, then the others by their last activity, by project", () => {
    expect([start.size, idsOf(start)]).toEqual([
      5,
      { "/home/ada/atlas": ["newer", "live", "b", "a"], "/other": ["elsewhere"] },
    ]);
  });

  test.each<[string, SessionChange[], number, Record<string, readonly string[]>]>([
    [
      "a session that was active moves up",
      [{ before: a, after: ended("a", 40) }],
      5,
      { "/home/ada/atlas": ["newer", "live", "a", "b"], "/other": ["elsewhere"] },
    ],
    [
      "one that ended moves among the ended",
      [{ before: newer, after: ended("newer", 15) }],
      5,
      { "/home/ada/atlas": ["live", "b", "newer", "a"], "/other": ["elsewhere"] },
    ],
    [
      "one that is gone takes its empty project along",
      [{ before: elsewhere, after: null }],
      4,
      { "/home/ada/atlas": ["newer", "live", "b", "a"] },
    ],
    [
      "one that is in another project now",
      [{ before: b, after: ended("b", 40, { projectPath: "/other" }) }],
      5,
      { "/home/ada/atlas": ["newer", "live", "a"], "/other": ["b", "elsewhere"] },
    ],
  ])("%s", (_name, changes, size, expected) => {
    const order = reorder(start, changes);
    expect([order.size, idsOf(order)]).toEqual([size, expected]);
  });

  test("many changes at once come to what a fresh order has", () => {
    const sessions = Array.from({ length: 400 }, (_, index) =>
      ended(`s${index}`, (index * 7919) % 400, { projectPath: `/p${index % 7}`, live: index % 50 === 0 }),
    );
    const changed = sessions.map((session, index) =>
      index % 3 === 0 ? { ...session, lastActivityAt: time(1000 + ((index * 31) % 400)) } : session,
    );
    const changes = changed.map((after, index) => ({ before: sessions[index] ?? null, after }));
    const moved = changes.filter(({ before, after }) => before !== after);
    expect(idsOf(reorder(orderOf(sessions), moved))).toEqual(idsOf(orderOf(changed)));
  });

  test("a project without changes keeps its list", () => {
    const order = reorder(start, [{ before: a, after: ended("a", 40) }]);
    expect(order.projects.get("/other")).toBe(start.projects.get("/other"));
  });
});
