import { describe, expect, it } from "vitest";
import { CountedSessions } from "../../../../../electron/engine/budgets/countedSessions.ts";
import type { SessionEvent } from "../../../../../shared/model/event.ts";

function used(countedFor?: string): SessionEvent {
  const counts = { input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  const told = { webSearches: 0, speed: null, serviceTier: null, inferenceGeo: null, turnId: null };
  const charge = { ...told, isProvisional: false, ...(countedFor === undefined ? {} : { countedFor }) };
  return {
    ...{ sessionId: "running", seq: 1, at: "2026-11-20T12:00:00.000Z", type: "usage.recorded" },
    data: { messageId: "m", requestId: null, model: null, usage: counts, parentToolUseId: null, charge },
  };
}

function turnBegan(countedFor?: string): SessionEvent {
  return {
    ...{ sessionId: "running", seq: 1, at: "2026-11-20T12:00:00.000Z", type: "turn.started" },
    data: { turnId: "t", payloadId: null, ...(countedFor === undefined ? {} : { countedFor }) },
  };
}

const session = { sessionId: "running", projectPath: "/shop" };

describe("CountedSessions", () => {
  it("knows what a session counts for since `/clear`, until it counts for itself", () => {
    const counted = new CountedSessions();
    expect([counted.budgeted(session), counted.runningFor("cleared")]).toEqual([
      { ...session, countedFor: null },
      "cleared",
    ]);
    counted.take(used("cleared"));
    expect([counted.budgeted(session), counted.runningFor("cleared")]).toEqual([
      { ...session, countedFor: "cleared" },
      "running",
    ]);
    counted.take(used());
    expect(counted.budgeted(session).countedFor).toBeNull();
  });

  it("knows it as soon as a turn begins there, before anything is used", () => {
    const counted = new CountedSessions();
    counted.take(turnBegan("cleared"));
    expect(counted.runningFor("cleared")).toBe("running");
    counted.take(turnBegan());
    expect(counted.budgeted(session).countedFor).toBeNull();
  });
});
