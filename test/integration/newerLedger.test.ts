/** A ledger that a newer version wrote: shown as it stands, left as it is, and nothing of the sessions is missing. */
import Database from "better-sqlite3";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ledgerMigrations } from "../../electron/engine/storage/migrations/ledgerMigrations.ts";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";
import { untilPasses } from "../support/untilPasses.ts";

let test: TestEngine;
beforeEach(async () => {
  test = await createTestEngine();
});
afterEach(() => test.dispose());

const known = ledgerMigrations.length;
const words = `The ledger was written by a newer version of Switchboard (schema ${known + 1}; this one knows ${known}). Costs are shown as they stand; nothing new is written. Update Switchboard.`;

async function run(prompt: string): Promise<string> {
  const cwd = await test.environment.projectDir("shop");
  const { sessionId } = await test.ask("sessions.start", { cwd, prompt });
  await test.event(sessionId, "turn.completed");
  return sessionId;
}

const entries = async (): Promise<number> => (await test.ask("ledger.get", {})).entries;

function untilTold(sessionId: string): Promise<void> {
  return untilPasses(
    async () => {
      const { costUsd, facts } = await test.ask("sessions.get", { sessionId });
      expect([costUsd, facts]).toEqual([expect.any(Number), expect.anything()]);
    },
    { timeout: 20_000, interval: 50 },
  );
}

/** Between two runs of the host. */
async function betweenRuns(act: (ledger: Database.Database) => void): Promise<void> {
  await test.engine.dispose();
  const ledger = new Database(join(test.dataDir, "ledger.db"));
  act(ledger);
  ledger.pragma("journal_mode = DELETE");
  ledger.pragma("journal_mode = WAL");
  ledger.close();
  await test.restart();
}

it("is read and not written; after an update, what was used meanwhile is in it", async () => {
  const first = await run("USAGE input=1000 output=100");
  await untilPasses(async () => expect(await entries()).toBe(1), { timeout: 20_000, interval: 50 });
  await betweenRuns((ledger) => {
    ledger.exec("ALTER TABLE api_messages ADD COLUMN of_the_future TEXT");
    ledger.pragma(`user_version = ${known + 1}`);
  });
  const before = readFileSync(join(test.dataDir, "ledger.db"));

  expect(test.engine.hostInfo().notices).toEqual([words]);
  expect((await test.ask("ledger.get", {})).problem).toBe(words);
  const cost = await test.ask("costs.session", { sessionId: first });
  expect(cost.total.messages).toBe(1);
  expect((await test.ask("sessions.get", { sessionId: first })).costUsd).toBe(cost.total.costUsd);

  const second = await run("USAGE input=5000 output=50");
  await untilTold(second);
  await expect(test.ask("ledger.backup", {})).rejects.toMatchObject({ code: "internal", message: words });
  await expect(test.ask("ledger.vacuum", {})).rejects.toMatchObject({ message: words });
  await expect(test.ask("costs.import", { text: "[]" })).rejects.toMatchObject({ message: words });
  expect(await entries()).toBe(1);
  await test.engine.dispose();
  expect(readFileSync(join(test.dataDir, "ledger.db"))).toEqual(before);

  await betweenRuns((ledger) => {
    ledger.exec("ALTER TABLE api_messages DROP COLUMN of_the_future");
    ledger.pragma(`user_version = ${known}`);
  });
  await untilPasses(async () => expect(await entries()).toBe(2), { timeout: 20_000, interval: 50 });
  expect(test.engine.hostInfo().notices.filter((notice) => notice === words)).toEqual([]);
  expect((await test.ask("ledger.get", {})).problem).toBeNull();
}, 60_000);

it("leaves budgets at work: what is used meanwhile counts, and holds", async () => {
  const first = await run("USAGE input=1000 output=100");
  await untilPasses(async () => expect(await entries()).toBe(1), { timeout: 20_000, interval: 50 });
  const cent = { period: "always", limit: { unit: "usd", amount: 0.01 }, atLimit: "hold" } as const;
  const { budget } = await test.ask("budgets.create", { ...cent, scope: { kind: "session", sessionId: first } });
  const each = await test.ask("budgets.create", { ...cent, scope: { kind: "eachSession" } });
  await betweenRuns((ledger) => ledger.pragma(`user_version = ${known + 1}`));
  expect(test.engine.hostInfo().notices).toEqual([words]);
  const cwd = await test.environment.projectDir("shop");
  await test.ask("sessions.start", { cwd, resume: first });
  const more = { sessionId: first, kind: "message", text: "USAGE input=2000 output=100" } as const;
  await test.ask("payloads.send", more);
  const { alert } = (await test.event(first, "budget.crossed", ({ data }) => data.alert.percent === 100)).data;
  expect(alert).toMatchObject({ budgetId: budget.budgetId, spent: 0.016, action: "hold" });
  await expect(test.ask("payloads.send", more)).rejects.toMatchObject({ code: "budget_reached" });

  const second = await run("USAGE input=2000 output=300");
  const ofSecond = await test.event(second, "budget.crossed", ({ data }) => data.alert.percent === 100);
  expect(ofSecond.data.alert).toMatchObject({ budgetId: each.budget.budgetId, sessionId: second, spent: 0.014 });
  await expect(test.ask("payloads.send", { ...more, sessionId: second })).rejects.toMatchObject({
    code: "budget_reached",
  });
  expect(await entries()).toBe(1);
}, 60_000);

it("is said to be unreadable where its tables are others, and sessions go on", async () => {
  const first = await run("USAGE input=1000 output=100");
  await untilTold(first);
  await betweenRuns((ledger) => {
    // A view that joins by a column keeps it from being renamed.
    ledger.exec("DROP VIEW session_stats; DROP VIEW recent_messages");
    ledger.exec(
      "DROP INDEX api_messages_by_session; ALTER TABLE api_messages RENAME COLUMN session_key TO session_number",
    );
    ledger.pragma(`user_version = ${known + 1}`);
  });
  await expect(test.ask("costs.session", { sessionId: first })).rejects.toThrow(/This version cannot read it/u);
  await untilTold(first);
  const items = (await test.ask("sessions.list", {})).items.map(({ sessionId }) => sessionId);
  expect(items).toEqual([first]);
}, 60_000);
