import { describe, expect, it } from "vitest";
import { costUse, type UseAsk, type UseScope } from "../../../../../electron/engine/ledger/costUse.ts";
import { entryTableOf } from "./entryTableOf.ts";

const table = entryTableOf({
  sessions: { old: "/shop", new: "/shop", other: "/atlas", unplaced: null },
  entries: [
    { sessionId: "old", at: "2026-11-19T23:59:59.999Z", nanoUsd: 1000, input: 1 },
    { sessionId: "old", at: "2026-11-20T00:00:00.000Z", nanoUsd: 20, input: 1, output: 2, cacheRead: 4 },
    { sessionId: "new", at: "2026-11-20T12:00:00.000Z", nanoUsd: 300, cacheWrite5m: 8, cacheWrite1h: 16 },
    { sessionId: "new", at: "2026-11-20T13:00:00.000Z", nanoUsd: null, output: 32 },
    { sessionId: "other", at: "2026-11-21T00:00:00.000Z", nanoUsd: 4000, input: 64 },
    { sessionId: "unplaced", at: "2026-11-20T01:00:00.000Z", nanoUsd: 50_000, input: 128 },
    { sessionId: "old", at: null, nanoUsd: 600_000, input: 256 },
  ],
  totals: [{ sessionId: "old", at: "2026-11-20T14:00:00.000Z", totalNano: 7_000_000 }],
});

/** What session "old" cost beyond its messages, and what of that falls on the day: it goes with what else was charged. */
const allBeyond = 7_000_000 - 601_020;
const beyond = allBeyond - Math.round((allBeyond * 1000) / 1020);
const day = { fromMs: Date.parse("2026-11-20T00:00:00Z"), toMs: Date.parse("2026-11-21T00:00:00Z") };
const always = { fromMs: null, toMs: null };
const told = (scope: UseScope, bounds: Omit<UseAsk, "scope"> = day) =>
  costUse(table, { scope, ...bounds }).map(({ sessionId, nanoUsd, tokens, unpricedMessages, lastSessionId }) => [
    ...[sessionId, nanoUsd, tokens, unpricedMessages, lastSessionId],
  ]);

describe("costUse", () => {
  it("counts by the entries' own times, the end not in it, and what the CLI's totals hold beyond", () => {
    expect(told({ kind: "all" })).toEqual([[null, 20 + 300 + 50_000 + beyond, 7 + 24 + 32 + 128, 1, "new"]]);
  });

  it("counts entries of unknown time only where nothing is bounded", () => {
    expect(told({ kind: "session", sessionId: "old" })).toEqual([["old", 20 + beyond, 7, 0, "old"]]);
    expect(told({ kind: "session", sessionId: "old" }, always)).toEqual([["old", 7_000_000, 264, 0, "old"]]);
    expect(told({ kind: "session", sessionId: "old" }, { ...always, toMs: day.toMs })).toEqual([
      ["old", 1020 + allBeyond, 8, 0, "old"],
    ]);
  });

  it("counts the sessions of a project, and those that are known to belong to it from elsewhere", () => {
    const project = { kind: "project", projectPath: "/shop" } as const;
    expect(told({ ...project, sessionIds: [] })).toEqual([[null, 320 + beyond, 63, 1, "new"]]);
    expect(told({ ...project, sessionIds: ["unplaced", "other"] })).toEqual([[null, 50_320 + beyond, 191, 1, "new"]]);
    expect(told({ ...project, projectPath: "/none", sessionIds: [] })).toEqual([[null, 0, 0, 0, null]]);
  });

  it("tells each session that is named or used so much, the most used first", () => {
    const each = { kind: "each", sessionIds: ["new", "unknown"], unit: "tokens", least: 7, limit: 10 } as const;
    expect(told(each)).toEqual([
      ["new", 300, 56, 1, "new"],
      ["unknown", 0, 0, 0, null],
      ["unplaced", 50_000, 128, 0, "unplaced"],
      ["old", 20 + beyond, 7, 0, "old"],
    ]);
    expect(told({ ...each, unit: "usd", least: 60_000, limit: 1, sessionIds: [] })).toEqual([
      ["old", 20 + beyond, 7, 0, "old"],
    ]);
  });

  it("tells when something was used last", () => {
    const [all] = costUse(table, { scope: { kind: "session", sessionId: "new" }, ...day });
    expect(all?.lastMs).toBe(Date.parse("2026-11-20T13:00:00Z"));
  });
});
