/** A ledger that another program has locked while the host starts. */
import Database from "better-sqlite3";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";
import { untilPasses } from "../support/untilPasses.ts";
import { userLine } from "./transcriptRecords.ts";

const KNOWN = 30;
const PATIENCE = { timeout: 20_000, interval: 50 };

let test: TestEngine;
let other: Database.Database | null;

beforeEach(async () => {
  const ignore = (): void => undefined;
  test = await createTestEngine({ logger: { info: ignore, warn: ignore, error: ignore } });
  other = null;
});

afterEach(async () => {
  other?.close();
  await test.dispose();
});

async function put(from: number, to: number): Promise<void> {
  const folder = join(test.environment.configDir, "projects", "-w");
  await mkdir(folder, { recursive: true });
  for (let index = from; index < to; index += 1)
    await writeFile(join(folder, `s${index}.jsonl`), userLine(`needle number ${index}`));
}

const listed = async (): Promise<number> => (await test.ask("sessions.list", { limit: 100 })).items.length;
const found = async (): Promise<number> => (await test.ask("search.query", { q: "needle", limit: 100 })).items.length;

/** Starts the host anew while another program has the ledger locked. */
async function restartLocked(): Promise<void> {
  await test.engine.dispose();
  other = new Database(join(test.dataDir, "ledger.db"));
  other.exec("BEGIN IMMEDIATE");
  await test.restart();
}

it("is read meanwhile, and all of it is listed and found when it can be written", async () => {
  await put(0, KNOWN);
  await test.ask("index.scan", {});
  await untilPasses(async () => expect([await listed(), await found()]).toEqual([KNOWN, KNOWN]), PATIENCE);

  await restartLocked();
  await put(KNOWN, KNOWN + 1);
  expect(await listed()).toBe(KNOWN);
  await untilPasses(async () => {
    const { index } = test.engine.hostInfo();
    expect(index).toMatchObject({ state: "off", problem: expect.stringMatching(/keeps .*ledger\.db locked/u) });
  }, PATIENCE);
  await untilPasses(async () => expect(await found()).toBe(KNOWN), PATIENCE);

  other?.exec("ROLLBACK");
  await test.ask("index.scan", {});
  await untilPasses(async () => expect([await listed(), await found()]).toEqual([KNOWN + 1, KNOWN + 1]), PATIENCE);
  expect(test.engine.hostInfo().index).toMatchObject({ state: "ready", problem: null });
}, 60_000);

it("that cannot be read either is listed and found whole as soon as it can be", async () => {
  await put(0, KNOWN);
  await test.ask("index.scan", {});
  await untilPasses(async () => expect([await listed(), await found()]).toEqual([KNOWN, KNOWN]), PATIENCE);

  await test.engine.dispose();
  other = new Database(join(test.dataDir, "ledger.db"));
  other.pragma("locking_mode = EXCLUSIVE");
  other.exec("BEGIN EXCLUSIVE");
  await test.restart();
  expect(await listed()).toBe(0);
  other.exec("ROLLBACK");
  other.close();
  await test.ask("index.scan", {});
  await untilPasses(async () => expect([await listed(), await found()]).toEqual([KNOWN, KNOWN]), PATIENCE);
}, 60_000);
