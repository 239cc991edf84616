import { describe, expect, test } from "vitest";
import { createCostDetail } from "../../../../renderer/stores/costDetail.ts";
import { UNKNOWN_TURN } from "../../../../renderer/stores/costSessionStore.ts";
import { PAUSE_MS } from "../../../../renderer/stores/liveAsk.ts";
import type { SessionCost } from "../../../../shared/model/cost.ts";
import { costChanged, sampleSessionCost, sampleTurn } from "../costs/samples.ts";
import { createFakeClock, settled } from "./fakeClock.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";

const cost = sampleSessionCost([sampleTurn("t1"), sampleTurn(null)]);

function createBench() {
  const host = createFakeHost({
    "costs.session": () => cost,
    "costs.entries": () => ({ items: [], nextCursor: null }),
  });
  const clock = createFakeClock();
  const { session, entries } = createCostDetail({ request: host.request, after: clock.after });
  const entryQuestions = (): readonly unknown[] =>
    host.asked.filter(([name]) => name === "costs.entries").map(([, params]) => params);
  return { host, clock, session, entries, entryQuestions };
}

describe("a session's cost", () => {
  test("is asked for again when it changed while somebody watches, and stays when it does not come", async () => {
    const { host, clock, session } = createBench();
    const leave = session.getState().watch("one");
    await settled();
    await clock.pass(PAUSE_MS);
    host.answers["costs.session"] = refuse("internal", "Away.");
    session.getState().takeEvents([costChanged("two")]);
    await settled();
    const ofAnother = host.asked.length;
    session.getState().takeEvents([costChanged("one")]);
    await settled();
    const { cost: kept, failure } = session.getState();
    leave();
    session.getState().takeEvents([costChanged("one")]);
    await settled();
    expect([ofAnother, kept, failure?.message, host.asked.length, clock.waiting()]).toEqual([1, cost, "Away.", 2, 0]);
  });

  test("is never that of the session before", async () => {
    const { host, session } = createBench();
    const slow = openAnswer<SessionCost>();
    host.answers["costs.session"] = ({ sessionId }) =>
      sessionId === "one" ? slow.promise : sampleSessionCost([], "two");
    session.getState().watch("one")();
    session.getState().watch("two");
    await settled();
    slow.resolve(cost);
    await settled();
    expect(session.getState().cost?.sessionId).toBe("two");
  });
});

describe("a turn", () => {
  test.each([
    ["that is known, by its name", "t1", { sessionId: "one", turnId: "t1", order: "dearest", limit: 100 }],
    ["that is not known, by that", UNKNOWN_TURN, { sessionId: "one", unknownTurn: true, order: "dearest", limit: 100 }],
  ])("%s, lists its messages", async (_name, key, question) => {
    const { session, entryQuestions } = createBench();
    session.getState().watch("one");
    await settled();
    session.getState().chooseTurn(key);
    await settled();
    expect([session.getState().turnKey, entryQuestions()]).toEqual([key, [question]]);
  });

  test("that grew has its messages read again", async () => {
    const { host, clock, session, entryQuestions } = createBench();
    session.getState().watch("one");
    await settled();
    session.getState().chooseTurn("t1");
    await settled();
    host.answers["costs.session"] = () => sampleSessionCost([sampleTurn("t1", { costUsd: 2, messages: 2 })]);
    session.getState().touch();
    await clock.pass(PAUSE_MS);
    expect(entryQuestions()).toHaveLength(2);
  });

  test("that is chosen again is closed", async () => {
    const { session, entries } = createBench();
    session.getState().watch("one");
    await settled();
    session.getState().chooseTurn("t1");
    await settled();
    session.getState().chooseTurn("t1");
    expect([session.getState().turnKey, entries.getState().items]).toEqual([null, null]);
  });

  test("that is wanted from the start is opened once, and not again after it was closed", async () => {
    const { clock, session } = createBench();
    session.getState().watch("one", "t1");
    await settled();
    const first = session.getState().turnKey;
    session.getState().chooseTurn(null);
    session.getState().touch();
    await clock.pass(PAUSE_MS);
    expect([first, session.getState().turnKey]).toEqual(["t1", null]);
  });
});
