/** A damaged ledger: put aside, and what can be read of it and of the newest backup taken over into the new one. */
import Database from "better-sqlite3";
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openTranscriptIndex, type TranscriptIndex } from "../../electron/engine/transcripts/transcriptIndex.ts";
import type { MessageCopy } from "../../electron/engine/transcripts/messageCopy.ts";
import { untilPasses } from "../support/untilPasses.ts";

/** Enough for a hundred pages of entries: a torn one takes only a few of them with it. */
const ENTRIES = 3000;
const PAGE_BYTES = 4096;

let folder: string;
let ledger: string;
let opened: TranscriptIndex[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-damage-"));
  ledger = join(folder, "data", "ledger.db");
  mkdirSync(join(folder, "data", "backups"), { recursive: true });
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((index) => index.dispose()));
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<TranscriptIndex> {
  const ignore = (): void => undefined;
  const index = await openTranscriptIndex({
    dataDir: join(folder, "data"),
    roots: () => Promise.resolve([join(folder, "config")]),
    log: { info: ignore, warn: ignore, error: ignore },
  });
  opened.push(index);
  return index;
}

function entry(index: number): MessageCopy {
  const id = String(index).padStart(6, "0");
  return {
    messageId: `msg_${id}`,
    requestId: `req_${id}`,
    sessionId: `s${index % 7}`,
    model: "claude-opus-5-5",
    isSidechain: false,
    isForkCopy: false,
    atMs: Date.UTC(2026, 0, 1) + index * 1000,
    ...{ input: 1000, output: 100, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 },
    ...{ speed: null, serviceTier: null, inferenceGeo: null, path: "", offset: 0, origin: "stream" },
    ...{ turnId: `turn-${index % 50}`, isTurnTold: true, gitBranch: null, isProvisional: false },
  };
}

/** A ledger with entries that no transcript has. */
async function fill(from: number, to: number): Promise<void> {
  const index = await open();
  const copies = Array.from({ length: to - from }, (_, at) => entry(from + at));
  const owned = [{ sessionId: "s1", projectPath: "/w/shop" }];
  const totals = [{ sessionId: "s1", atMs: Date.UTC(2026, 0, 2), totalNano: 5, addedNano: 5, turnId: null }];
  const sessions = [{ sessionId: "s2", projectPath: null, title: "Imported", parentSessionId: "s1" }];
  const labels = [{ sessionId: "s1", label: "Acme" }];
  const charges = { copies, totals, owned, labels, earlier: { totals: [], sessions } };
  await index.askLedger({ what: "charge", charges, sessions: [] });
  await index.dispose();
}

const count = (sql: string): number => {
  const database = new Database(ledger, { readonly: true });
  try {
    return Number(database.prepare(sql).pluck().get());
  } finally {
    database.close();
  }
};

const untilEntries = (least: number): Promise<number> =>
  untilPasses(
    async () => {
      const entries = count("SELECT count(*) FROM api_messages");
      expect(entries).toBeGreaterThanOrEqual(least);
      return entries;
    },
    { timeout: 20_000, interval: 20 },
  );

function tearPages(share: number): void {
  const pages = Math.floor(statSync(ledger).size / PAGE_BYTES);
  const file = openSync(ledger, "r+");
  for (let page = Math.floor(pages * share); page < Math.floor(pages * share) + 3; page += 1)
    writeSync(file, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, page * PAGE_BYTES);
  closeSync(file);
}

it("takes over what is whole of a torn ledger, each entry once and with its price", async () => {
  await fill(0, ENTRIES);
  tearPages(0.4);
  const index = await open();
  expect(index.notices()[0]).toMatch(/was damaged.*kept as .*damaged-.*taken over/u);
  const kept = await untilEntries(ENTRIES / 4);
  await untilPasses(
    async () => expect(index.notices()[1]).toMatch(/^\d+ entries of the ledger were taken over from /u),
    {
      timeout: 20_000,
      interval: 20,
    },
  );
  const all = await untilEntries(kept);
  expect(all).toBeLessThanOrEqual(ENTRIES);
  expect(count("SELECT count(DISTINCT message_id) FROM api_messages")).toBe(all);
  await untilPasses(async () => expect(count("SELECT count(*) FROM api_messages WHERE nano_usd = 6000000")).toBe(all), {
    timeout: 20_000,
    interval: 20,
  });
});

it("takes the newest whole backup too, so that nothing of it is missing", async () => {
  await fill(0, 2000);
  const index = await open();
  await index.askLedger({ what: "backup", path: join(folder, "data", "backups", "ledger-2026-01-01.db") });
  await index.dispose();
  await fill(2000, ENTRIES);
  writeFileSync(join(folder, "data", "backups", "ledger-2026-02-01.db"), "torn");
  writeFileSync(ledger, "this is not a database, but it is long enough to be read as one".repeat(100));
  for (const suffix of ["-wal", "-shm"]) rmSync(`${ledger}${suffix}`, { force: true });
  const rebuilt = await open();
  expect(await untilEntries(2000)).toBe(2000);
  expect(count("SELECT count(*) FROM owned_sessions WHERE session_id = 's1'")).toBe(1);
  expect(count("SELECT count(*) FROM cost_totals WHERE total_nano = 5")).toBe(1);
  expect(count("SELECT count(*) FROM transcript_sessions WHERE project_path = '/w/shop'")).toBe(1);
  expect(count(`SELECT count(*) FROM transcript_sessions WHERE facts ->> 'parentSessionId' = 's1'`)).toBe(1);
  expect(rebuilt.read.labels()).toEqual([{ sessionId: "s1", label: "Acme" }]);
  await untilPasses(
    async () =>
      expect(rebuilt.notices()).toContainEqual(
        expect.stringMatching(/^2000 entries .* from .*ledger-2026-01-01\.db\.$/u),
      ),
    { timeout: 20_000, interval: 20 },
  );
});

it("takes a backup too that is older than labels", async () => {
  await fill(0, 100);
  const index = await open();
  const backup = join(folder, "data", "backups", "ledger-2026-01-01.db");
  await index.askLedger({ what: "backup", path: backup });
  await index.dispose();
  const old = new Database(backup);
  old.exec("DROP VIEW session_stats; DROP VIEW recent_messages; DROP TABLE session_labels");
  old.pragma("user_version = 4");
  old.close();
  writeFileSync(ledger, "this is not a database, but it is long enough to be read as one".repeat(100));
  for (const suffix of ["-wal", "-shm"]) rmSync(`${ledger}${suffix}`, { force: true });
  const rebuilt = await open();
  expect(await untilEntries(100)).toBe(100);
  expect(rebuilt.read.labels()).toEqual([]);
});

it("goes on with it at the next start when it was stopped", async () => {
  await fill(0, ENTRIES);
  tearPages(0.4);
  // Stopped while, or before, anything was taken over.
  await (await open()).dispose();
  expect(readdirSync(join(folder, "data")).some((name) => name.startsWith("ledger.db.damaged-"))).toBe(true);
  await open();
  await untilEntries(ENTRIES / 4);
  await untilPasses(
    async () => expect(count("SELECT count(*) FROM ledger_marks WHERE name = 'taking_in' AND value = ''")).toBe(1),
    {
      timeout: 20_000,
      interval: 20,
    },
  );
});
