/** What the ledger tells of sessions that the real CLI ran, against the CLI's own totals. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionCost } from "../../shared/model/cost.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";
import { untilPasses } from "../support/untilPasses.ts";

let test: TestEngine;
beforeAll(async () => {
  test = await createTestEngine({ maxSessions: 6 });
});
afterAll(async () => {
  await test.dispose();
});

async function start(prompt: string, differences: object = {}): Promise<string> {
  const cwd = await test.environment.projectDir("shop");
  const { sessionId } = await test.ask("sessions.start", { cwd, prompt, ...differences });
  return sessionId;
}

async function say(sessionId: string, text: string): Promise<void> {
  const { payloadId } = await test.ask("payloads.send", { sessionId, kind: "context", text, delivery: "next" });
  await test.event(sessionId, "turn.completed", ({ data }) => data.payloadIds.includes(payloadId));
}

const lastTotal = (sessionId: string): number =>
  test
    .events(sessionId)
    .flatMap((event) => (event.type === "turn.completed" ? [event.data.totalCostUsd ?? 0] : []))
    .at(-1) ?? 0;

const costOf = (sessionId: string): Promise<SessionCost> => test.ask("costs.session", { sessionId });

/** What is asked again until it passes: the ledger is written a moment after the session has told. */
const until = <Result>(ask: () => Promise<Result>, passes: (result: Result) => boolean): Promise<Result> =>
  untilPasses(
    async () => {
      const result = await ask();
      expect(result).toSatisfy(passes);
      return result;
    },
    { timeout: 20_000, interval: 50 },
  );

const readToTheEnd = (sessionId: string, passes: (cost: SessionCost) => boolean): Promise<SessionCost> =>
  until(() => costOf(sessionId), passes);

const usd = (...amounts: readonly number[]): number =>
  Math.round(amounts.reduce((sum, one) => sum + one, 0) * 1e6) / 1e6;

describe("a session's cost", () => {
  it("is the CLI's total to the micro-dollar, each turn by itself", async () => {
    const sessionId = await start("USAGE input=1237 output=733 read=20011 write5m=3001 write1h=4003 search=2");
    await test.event(sessionId, "turn.completed");
    const cost = await readToTheEnd(sessionId, ({ reconciliation }) => reconciliation.cliTotalUsd !== null);
    expect(cost.total).toMatchObject({ costUsd: lastTotal(sessionId), unattributedUsd: 0, messages: 1 });
    expect(cost.reconciliation).toEqual({
      cliTotalUsd: lastTotal(sessionId),
      baselineUsd: 0,
      messagesUsd: lastTotal(sessionId),
      unattributedUsd: 0,
      driftUsd: null,
      reason: null,
    });
    const { items } = await test.ask("costs.entries", { sessionId });
    const parts = items[0]?.price?.parts.map(({ kind, count, costUsd }) => [kind, count, costUsd]);
    expect(parts).toEqual([
      ["input", 1237, 0.004948],
      ["output", 733, 0.01466],
      ["cacheRead", 20_011, 0.0040022],
      ["cacheWrite5m", 3001, 0.015005],
      ["cacheWrite1h", 4003, 0.032024],
      ["webSearch", 2, 0.02],
    ]);
  });

  it("is the same from the stream and from the transcript", async () => {
    const sessionId = await start("RUN_BASH: touch one");
    const { permission } = (await test.event(sessionId, "permission.requested")).data;
    await test.ask("permissions.decide", { permissionId: permission.permissionId, behavior: "allow" });
    await test.event(sessionId, "turn.completed");
    const streamed = await readToTheEnd(sessionId, ({ total }) => total.messages === 2);
    await test.ask("sessions.close", { sessionId });
    await until(
      () => test.ask("costs.entries", { sessionId }),
      ({ items }) => items.length === 2 && items.every(({ source }) => source === "transcript"),
    );
    const read = await costOf(sessionId);
    expect(read.total).toEqual(streamed.total);
    expect(read.turns.map(({ turnId, costUsd }) => [turnId, costUsd])).toEqual(
      streamed.turns.map(({ turnId, costUsd }) => [turnId, costUsd]),
    );
    expect(usd(read.total.costUsd, read.total.unattributedUsd)).toBe(lastTotal(sessionId));
  });

  it("goes on after a resume, and of a fork is only its own", async () => {
    const sessionId = await start("USAGE input=1000 output=100");
    await test.event(sessionId, "turn.completed");
    const first = lastTotal(sessionId);
    await test.ask("sessions.close", { sessionId });
    const fork = await start("USAGE input=5000 output=10", { resume: sessionId, fork: true });
    await test.event(fork, "turn.completed");
    const forked = await readToTheEnd(
      fork,
      ({ reconciliation, total }) => reconciliation.cliTotalUsd !== null && total.messages === 1,
    );
    expect({ ...forked.reconciliation, total: forked.total.costUsd }).toMatchObject({
      cliTotalUsd: lastTotal(fork),
      baselineUsd: first,
      unattributedUsd: 0,
      total: usd(lastTotal(fork), -first),
    });
    await start("USAGE input=200 output=20", { resume: sessionId });
    await test.event(sessionId, "turn.completed", ({ data }) => (data.totalCostUsd ?? 0) > first);
    const resumed = await readToTheEnd(
      sessionId,
      ({ reconciliation, total }) => reconciliation.cliTotalUsd === lastTotal(sessionId) && total.messages === 2,
    );
    expect(resumed.total).toMatchObject({ costUsd: lastTotal(sessionId), unattributedUsd: 0, messages: 2 });
  });

  it("is told while it grows", async () => {
    const told: SessionEvent[] = [];
    const feed = test.engine.openFeed({ kind: "host" }, null, (event) => void told.push(event));
    const sessionId = await start("USAGE input=1000 output=100");
    await test.event(sessionId, "turn.completed");
    await say(sessionId, "USAGE input=1000 output=200");
    const costs = await until(
      () =>
        Promise.resolve(
          told.flatMap((event) =>
            event.type === "session.costChanged" && event.sessionId === sessionId ? [event.data] : [],
          ),
        ),
      (events) => events.some(({ costUsd }) => costUsd === 0.014),
    );
    feed.close();
    expect(costs).toContainEqual({ costUsd: 0.006, turnCostUsd: 0.006, unpricedMessages: 0 });
    expect(costs).toContainEqual({ costUsd: 0.014, turnCostUsd: 0.008, unpricedMessages: 0 });
    expect((await test.ask("sessions.get", { sessionId })).costUsd).toBe(0.014);
  });
});

describe("the whole ledger", () => {
  it("is exported and read back without doubles", async () => {
    const { text } = await test.ask("costs.export", { format: "csv" });
    const again = await test.ask("costs.import", { text });
    expect(again).toMatchObject({ added: 0, rejectedCount: 0 });
    expect(again.known).toBe((await test.ask("ledger.get", {})).entries);
    const other = text.replaceAll(/msg_/gu, "msg_other_");
    expect((await test.ask("costs.import", { text: other })).added).toBe(again.known);
  });
});
