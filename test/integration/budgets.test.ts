/** What budgets do to sessions that the real CLI runs. */
import Database from "better-sqlite3";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RequestInput } from "../../shared/contract/requests.ts";
import type { BudgetStatus, BudgetUse } from "../../shared/model/budget.ts";
import type { EventOf } from "../../shared/model/event.ts";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";
import { untilPasses } from "../support/untilPasses.ts";
import { ask, startHostUnderTest } from "./hostUnderTest.ts";
import { createObservedEngine } from "./observedEngine.ts";

let test: TestEngine;
beforeAll(async () => {
  test = await createTestEngine({ maxSessions: 10 });
});
afterEach(async () => {
  for (const { budget } of (await test.ask("budgets.list", {})).items) {
    await test.ask("budgets.delete", { budgetId: budget.budgetId });
  }
});
afterAll(async () => {
  await test.dispose();
});

const OLD_SESSION = "0a7f7c1e-5d1f-4a52-9d0e-6c1b7b1f2a01";

/** A record of an answer that cost $20 a million tokens. */
function answerLine(id: string, atMs: number, output: number): string {
  const usage = { input_tokens: 0, output_tokens: output, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const message = { id, type: "message", role: "assistant", model: "claude-opus-5-5", content: [], usage };
  const place = {
    sessionId: OLD_SESSION,
    cwd: "/w/old",
    version: "2.1.329",
    requestId: `req-${id}`,
    uuid: `uuid-${id}`,
  };
  return `${JSON.stringify({ type: "assistant", timestamp: new Date(atMs).toISOString(), message, ...place })}\n`;
}

/** Events in the file that belong to no session. */
function keptWithoutSession(): unknown {
  const database = new Database(join(test.dataDir, "switchboard.db"), { readonly: true });
  try {
    return database.prepare("SELECT count(*) FROM events WHERE session_id = ''").pluck().get();
  } finally {
    database.close();
  }
}

type Terms = RequestInput<"budgets.create">;

async function start(differences: object = {}): Promise<string> {
  const cwd = await test.environment.projectDir("shop");
  return (await test.ask("sessions.start", { cwd, ...differences })).sessionId;
}

/** A budget of a cent a day for one session; in a test's few seconds midnight passes seldom, and `always` never. */
function create(sessionId: string, terms: Partial<Terms>): Promise<BudgetStatus> {
  const scope = { kind: "session", sessionId } as const;
  return test.ask("budgets.create", { scope, period: "always", limit: { unit: "usd", amount: 0.01 }, ...terms });
}

/** Sends a prompt and waits until its turn has ended. */
async function say(sessionId: string, text: string): Promise<void> {
  const { payloadId } = await test.ask("payloads.send", { sessionId, kind: "message", text });
  await test.event(sessionId, "turn.completed", ({ data }) => data.payloadIds.includes(payloadId));
}

const until = <Result>(attempt: () => Promise<Result>): Promise<Result> =>
  untilPasses(attempt, { timeout: 20_000, interval: 50 });

const presentUse = async (budgetId: string): Promise<BudgetUse | undefined> =>
  (await test.ask("budgets.list", {})).items.find(({ budget }) => budget.budgetId === budgetId)?.uses[0];

const crossing = (sessionId: string, percent: number) =>
  test.event(sessionId, "budget.crossed", ({ data }) => data.alert.percent === percent);

const wasToldTheModel = (words: string) => test.api.waitForRequest(({ body }) => JSON.stringify(body).includes(words));

describe("thresholds", () => {
  it("are told once each, and the model reads a warning with whatever comes next", async () => {
    const sessionId = await start();
    const { budget } = await create(sessionId, { name: "Shop", warnSessions: true });
    await say(sessionId, "USAGE input=500 output=150");
    expect((await crossing(sessionId, 50)).data.alert).toMatchObject({
      ...{ budgetId: budget.budgetId, budgetName: "Shop", sessionId, spent: 0.005, from: null, action: "tell" },
      warnedSessionIds: [sessionId],
    });
    await say(sessionId, "USAGE output=150");
    await crossing(sessionId, 80);
    await say(sessionId, "USAGE output=100");
    await crossing(sessionId, 100);
    await say(sessionId, "What were you told?");
    await wasToldTheModel("Budget “Shop”: 50 % used ($0.005 of $0.01). Keep what follows short.");
    await wasToldTheModel("Budget “Shop”: 80 % used ($0.008 of $0.01). Finish what is in hand and start nothing new.");
    await wasToldTheModel("Budget “Shop” is used up ($0.01 of $0.01).");
    const { items } = await test.ask("alerts.list", { budgetId: budget.budgetId });
    expect(items.map(({ percent }) => percent)).toEqual([100, 80, 50]);
    const { items: payloads } = await test.ask("payloads.list", { sessionId });
    const warnings = payloads.filter(({ sender }) => sender === "budget");
    expect(warnings.map(({ kind, delivery }) => [kind, delivery])).toEqual([1, 2, 3].map(() => ["warning", "silent"]));
    expect(await presentUse(budget.budgetId)).toMatchObject({
      isActing: false,
      crossed: [50, 80, 100].map((percent) => ({ percent })),
    });
  });

  it("that are passed at once are told as the highest, and join a running tool call", async () => {
    const sessionId = await start();
    await create(sessionId, { name: "Few", limit: { unit: "tokens", amount: 10 }, warnSessions: true });
    await test.ask("payloads.send", { sessionId, kind: "message", text: "RUN_BASH: touch few" });
    const { permission } = (await test.event(sessionId, "permission.requested")).data;
    const { alert } = (await crossing(sessionId, 100)).data;
    expect(alert).toMatchObject({ limit: { unit: "tokens", amount: 10 }, warnedSessionIds: [sessionId] });
    await test.ask("permissions.decide", { permissionId: permission.permissionId, behavior: "allow" });
    await wasToldTheModel("Budget “Few” is used up");
    await test.event(sessionId, "turn.completed");
    const { items } = await test.ask("payloads.list", { sessionId });
    expect(items[0]).toMatchObject({ sender: "budget", delivery: "next" });
    expect(test.events(sessionId).filter(({ type }) => type === "budget.crossed")).toHaveLength(1);
    expect((await test.ask("alerts.list", { budgetId: alert.budgetId })).items).toEqual([alert]);
  });

  it("of two budgets are told apart", async () => {
    const sessionId = await start();
    const cent = await create(sessionId, { warnAt: [50] });
    const each = await create(sessionId, { scope: { kind: "eachSession" }, period: "day", warnAt: [90] });
    await say(sessionId, "USAGE input=1000 output=250");
    await crossing(sessionId, 50);
    await crossing(sessionId, 90);
    expect(await presentUse(cent.budget.budgetId)).toMatchObject({ spent: 0.009, crossed: [{ percent: 50 }] });
    const { items } = await test.ask("budgets.list", {});
    const uses = items.find(({ budget }) => budget.budgetId === each.budget.budgetId)?.uses ?? [];
    expect(uses.find((use) => use.sessionId === sessionId)).toMatchObject({ spent: 0.009, crossed: [{ percent: 90 }] });
  });
});

describe("a budget that holds", () => {
  it("refuses what begins a turn until somebody overrides it", async () => {
    const host = await startHostUnderTest({ engine: test.engine });
    const sessionId = await start();
    const { budget } = await create(sessionId, { name: "Held", atLimit: "hold" });
    const first = { payloadId: randomUUID(), kind: "message", text: "USAGE input=2000 output=300" } as const;
    await test.ask("payloads.send", { ...first, sessionId });
    await crossing(sessionId, 100);
    const send = (payload: object) =>
      ask(host, `/api/v1/sessions/${sessionId}/payloads`, { method: "POST", body: JSON.stringify(payload) });
    const refused = await send({ kind: "message", text: "Go on" });
    expect(refused.status).toBe(409);
    expect(refused.json).toEqual({
      error: {
        code: "budget_reached",
        message: "The budget “Held” is used up: $0.01 of $0.01. It does not begin anew: raise or override it to go on.",
        detail: {
          ...{ budgetId: budget.budgetId, sessionId, spent: 0.014, until: null },
          limit: { unit: "usd", amount: 0.01 },
        },
      },
    });
    expect((await send({ kind: "context", text: "By the way" })).status).toBe(202);
    expect((await send(first)).json).toMatchObject({ payloadId: first.payloadId });
    expect((await send({ kind: "block", text: "Stop" })).status).toBe(409);
    const broadcast = await test.ask("broadcasts.send", { kind: "message", text: "All", targets: [sessionId] });
    expect(broadcast.items[0]?.error?.code).toBe("budget_reached");
    const overridden = await ask(host, `/api/v1/budgets/${budget.budgetId}/override`, {
      method: "POST",
      body: JSON.stringify({ note: "Nearly there" }),
    });
    expect(overridden.json).toMatchObject({
      uses: [{ isActing: false, override: { note: "Nearly there", until: null } }],
    });
    await say(sessionId, "Go on");
    await ask(host, `/api/v1/budgets/${budget.budgetId}/override`, { method: "DELETE" });
    await expect(say(sessionId, "And on")).rejects.toMatchObject({ code: "budget_reached" });
    await host.dispose();
  });

  it("for each session holds the one that goes on after `/clear` as well", async () => {
    const sessionId = await start();
    const { budget } = await create(sessionId, { scope: { kind: "eachSession" }, atLimit: "hold", warnAt: [100] });
    await say(sessionId, "USAGE input=1000 output=100");
    await say(sessionId, "/clear");
    await say(sessionId, "USAGE input=2000 output=300");
    const { alert } = (await crossing(sessionId, 100)).data;
    expect(alert).toMatchObject({ budgetId: budget.budgetId, spent: 0.014 });
    expect(alert.sessionId).not.toBe(sessionId);
    await expect(say(sessionId, "Go on")).rejects.toMatchObject({ code: "budget_reached" });
  });

  it("still holds after a restart, and does not tell again", async () => {
    const sessionId = await start();
    const { budget } = await create(sessionId, { atLimit: "hold" });
    await say(sessionId, "USAGE input=2000 output=300");
    const { alert } = (await crossing(sessionId, 100)).data;
    await test.restart();
    const cwd = await test.environment.projectDir("shop");
    const again = { cwd, resume: sessionId };
    await expect(test.ask("sessions.start", { ...again, prompt: "Go on" })).rejects.toMatchObject({
      code: "budget_reached",
    });
    await test.ask("sessions.start", again);
    await expect(say(sessionId, "Go on")).rejects.toMatchObject({ code: "budget_reached" });
    expect(await presentUse(budget.budgetId)).toMatchObject({ isActing: true, spent: 0.014 });
    expect((await test.ask("alerts.list", { budgetId: budget.budgetId })).items).toEqual([alert]);
    const told = test.events(sessionId).filter(({ type }) => type === "budget.crossed");
    expect(new Set(told.map(({ seq }) => seq)).size).toBe(1);
  });
});

describe("a budget that stops", () => {
  it("interrupts the running turn, and the one of a queued payload", async () => {
    const sessionId = await start();
    const { budget } = await create(sessionId, { limit: { unit: "tokens", amount: 10 }, atLimit: "interrupt" });
    const first = test.api.hold("SLOW_BASH 50");
    await test.ask("payloads.send", { sessionId, kind: "message", text: "SLOW_BASH 50" });
    await first.arrived;
    const queued = { sessionId, kind: "message", text: "SLOW_BASH 60", delivery: "later" } as const;
    const { payloadId } = await test.ask("payloads.send", queued);
    first.release();
    await test.event(sessionId, "turn.completed", ({ data }) => data.terminalReason === "aborted_tools");
    await test.event(sessionId, "turn.completed", ({ data }) => data.payloadIds.includes(payloadId));
    const ends = test
      .events(sessionId)
      .flatMap((event) => (event.type === "turn.completed" ? [event.data.terminalReason] : []));
    expect(ends).toHaveLength(2);
    expect(ends.every((end) => end?.startsWith("aborted_"))).toBe(true);
    expect((await crossing(sessionId, 100)).data.alert.action).toBe("interrupt");
    await test.event(sessionId, "notice.reported", ({ data }) =>
      data.text.endsWith("The running turn was interrupted."),
    );
    await expect(say(sessionId, "Go on")).rejects.toMatchObject({ code: "budget_reached" });
    expect((await test.ask("budgets.override", { budgetId: budget.budgetId })).uses[0]).toMatchObject({
      isActing: false,
    });
    await say(sessionId, "USAGE output=1");
  });

  it("ends the process and lets none be started", async () => {
    const sessionId = await start();
    await create(sessionId, { atLimit: "close" });
    await say(sessionId, "USAGE input=2000 output=300");
    expect((await test.event(sessionId, "process.exited")).data).toMatchObject({ expected: true });
    const cwd = await test.environment.projectDir("shop");
    await expect(test.ask("sessions.start", { cwd, resume: sessionId })).rejects.toMatchObject({
      code: "budget_reached",
    });
    expect((await test.ask("sessions.get", { sessionId })).live).toBe(false);
  });
});

describe("requests", () => {
  it("make, change and delete a budget, whose alerts stay", async () => {
    const made = await create("nobody", { warnAt: [80, 50, 80], period: "month" });
    expect(made).toMatchObject({
      budget: { warnAt: [50, 80] },
      uses: [{ sessionId: "nobody", spent: 0, crossed: [] }],
    });
    const { budgetId, createdAt, ...terms } = made.budget;
    await test.ask("budgets.override", { budgetId, note: "Before it is reached" });
    const renamed = await test.ask("budgets.change", { ...terms, warnAt: [90], name: "Nobody", budgetId });
    expect(renamed).toMatchObject({
      budget: { name: "Nobody", createdAt, warnAt: [90] },
      uses: [{ override: { note: "Before it is reached", until: made.to } }],
    });
    const limit = { unit: "usd", amount: 5 } as const;
    const raised = await test.ask("budgets.change", { ...terms, warnAt: [90], limit, budgetId });
    expect(raised.uses).toMatchObject([{ override: null }]);
    expect((await test.ask("budgets.delete", { budgetId })).items).toEqual([]);
    expect((await test.ask("overrides.list", { budgetId })).items).toEqual([
      {
        ...{ overrideId: expect.any(String), budgetId, budgetName: "One session this month", sessionId: "nobody" },
        ...{ sessionTitle: null, spent: 0, limit: made.budget.limit, by: "test", note: "Before it is reached" },
        ...{ at: expect.any(String), until: made.to, revokedAt: expect.any(String) },
      },
    ]);
    await expect(test.ask("budgets.override", { budgetId })).rejects.toMatchObject({ code: "not_found" });
    await expect(test.ask("budgets.delete", { budgetId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("override a budget for each session one by one", async () => {
    const sessionId = await start();
    const { budget } = await create(sessionId, { scope: { kind: "eachSession" }, atLimit: "hold" });
    const { budgetId } = budget;
    await say(sessionId, "USAGE input=2000 output=300");
    await crossing(sessionId, 100);
    await expect(test.ask("budgets.override", { budgetId })).rejects.toMatchObject({ code: "bad_request" });
    await test.ask("budgets.override", { budgetId, sessionId: "another" });
    await expect(say(sessionId, "Go on")).rejects.toMatchObject({ code: "budget_reached" });
    await test.ask("budgets.override", { budgetId, sessionId }, "browser");
    await say(sessionId, "Go on");
    const { title } = await test.ask("sessions.get", { sessionId });
    const first = await test.ask("overrides.list", { budgetId, limit: 1 });
    expect(first.items).toMatchObject([
      { budgetName: "Each session", sessionId, sessionTitle: title, spent: 0.014, by: "browser", revokedAt: null },
    ]);
    const next = await test.ask("overrides.list", { budgetId, limit: 1, cursor: first.nextCursor ?? "" });
    expect(next).toMatchObject({ items: [{ sessionId: "another", sessionTitle: null }], nextCursor: null });
    await expect(test.ask("overrides.list", { cursor: "elsewhere" })).rejects.toMatchObject({ code: "bad_request" });
    const { items } = await test.ask("budgets.list", {});
    expect(items[0]?.uses.find((use) => use.sessionId === sessionId)).toMatchObject({ sessionTitle: title });
    const { items: alerts } = await test.ask("alerts.list", { budgetId });
    expect(alerts.find((alert) => alert.sessionId === sessionId)).toMatchObject({ sessionTitle: title });
  });

  it("say what is wrong with the terms", async () => {
    const host = await startHostUnderTest({ engine: test.engine });
    const terms = { scope: { kind: "everything" }, period: "day", limit: { unit: "usd", amount: 0 } };
    const refused = await ask(host, "/api/v1/budgets", { method: "POST", body: JSON.stringify(terms) });
    expect(refused.json).toMatchObject({
      error: {
        code: "bad_request",
        message: "limit.amount: A budget must be above 0. To spend nothing, hold new turns at a small amount.",
      },
    });
    await host.dispose();
  });
});

describe("old cost", () => {
  it("counts on its own day, and not on today", async () => {
    const scope = { kind: "session", sessionId: "imported" } as const;
    const dollar = { scope, limit: { unit: "usd", amount: 1 } } as const;
    const day = await test.ask("budgets.create", { ...dollar, period: "day" });
    const always = await test.ask("budgets.create", { ...dollar, period: "always" });
    const yesterday = new Date(Date.parse(day.from ?? "") - 3_600_000).toISOString();
    const model = { model: "claude-opus-5-5", input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
    const entry = { messageId: "old", requestId: "old", sessionId: "imported", output: 100_000, ...model };
    const told: EventOf<"budget.crossed">[] = [];
    const feed = test.engine.openFeed({ kind: "host" }, null, (event) => {
      if (event.type === "budget.crossed") told.push(event);
    });
    await test.ask("costs.import", { text: JSON.stringify([{ ...entry, at: yesterday }]) });
    await until(async () =>
      expect(await presentUse(always.budget.budgetId)).toMatchObject({ spent: 2, crossed: [{}, {}, {}] }),
    );
    expect(await presentUse(day.budget.budgetId)).toMatchObject({ spent: 0, crossed: [] });
    const { items } = await test.ask("alerts.list", {});
    const ofImported = items.filter(({ sessionId }) => sessionId === "imported");
    expect(ofImported).toMatchObject([{ budgetId: always.budget.budgetId, percent: 100, spent: 2 }]);
    // No session is known to whose history it would belong.
    await until(async () => expect(told.map(({ data }) => data.alert)).toEqual(ofImported));
    expect(told.map(({ sessionId }) => sessionId)).toEqual([""]);
    feed.close();
    expect((await test.ask("sessions.list", {})).items.map(({ sessionId }) => sessionId)).not.toContain("");
    await test.restart();
    expect(keptWithoutSession()).toBe(0);
  });

  it("of transcripts that are read for the first time is told once, and of the present day alone", async () => {
    const observed = await createObservedEngine();
    const scope = { kind: "project", projectPath: "/w/old" } as const;
    const terms = { scope, period: "day", limit: { unit: "usd", amount: 1 } } as const;
    const { budget, from } = await observed.ask("budgets.create", terms);
    const today = Date.parse(from ?? "");
    const lines = [
      answerLine("yesterday", today - 1, 250_000),
      ...["one", "two", "three"].map((id) => answerLine(id, today, 15_000)),
    ];
    await observed.stop();
    const folder = join(observed.environment.configDir, "projects", "-w-old");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${OLD_SESSION}.jsonl`), lines.join(""));
    for (let run = 0; run < 2; run += 1) {
      await observed.start();
      await untilPasses(async () => expect((await observed.ask("host.get", {})).index.state).toBe("ready"), {
        timeout: 20_000,
        interval: 50,
      });
      expect((await observed.ask("budgets.list", {})).items[0]?.uses).toMatchObject([{ spent: 0.9 }]);
      const { items } = await observed.ask("alerts.list", {});
      expect(items).toMatchObject([{ budgetId: budget.budgetId, percent: 80, spent: 0.9, from }]);
      await observed.stop();
    }
    await observed.dispose();
  });
});
