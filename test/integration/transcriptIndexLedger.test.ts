/** The index when its ledger is damaged, locked or cannot be written, and what it can be asked meanwhile. */
import Database from "better-sqlite3";
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  openTranscriptIndex,
  type TranscriptIndex,
  type TranscriptIndexOptions,
} from "../../electron/engine/transcripts/transcriptIndex.ts";
import { userLine } from "./transcriptRecords.ts";

let folder: string;
let dataDir: string;
let ledger: string;
let opened: TranscriptIndex[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-ledger-"));
  dataDir = join(folder, "data");
  ledger = join(dataDir, "ledger.db");
  mkdirSync(dataDir);
  mkdirSync(join(folder, "config", "projects", "-w"), { recursive: true });
  for (let index = 0; index < 40; index += 1) put(index, userLine(`session ${index}`));
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((index) => index.dispose()));
  await rm(folder, { recursive: true, force: true });
});

function put(index: number, text: string): void {
  writeFileSync(join(folder, "config", "projects", "-w", `s${index}.jsonl`), text);
}

async function open(options: Partial<TranscriptIndexOptions> = {}): Promise<TranscriptIndex> {
  const ignore = (): void => undefined;
  const index = await openTranscriptIndex({
    dataDir,
    roots: () => Promise.resolve([join(folder, "config")]),
    log: { info: ignore, warn: ignore, error: ignore },
    ...options,
  });
  opened.push(index);
  return index;
}

test("what the last run read is there at once, while the scan runs, and until the end", async () => {
  const first = await open();
  expect(first.read.sessionCount()).toBe(0);
  await first.scan();
  await first.dispose();
  expect(first.read.sessions({ limit: 5 })).toEqual([]);
  put(40, userLine("new"));
  const second = await open();
  expect(second.state()).toMatchObject({ state: "off", problem: null });
  expect([...second.read.allSessions()]).toHaveLength(40);
  const scanned = second.scan();
  expect(second.state().state).toBe("scanning");
  expect(second.read.session("s7")).toMatchObject({ sessionId: "s7" });
  await scanned;
  expect(second.state().state).toBe("ready");
  expect(second.read.sessionCount()).toBe(41);
});

test("a ledger that is no database is kept aside and read anew from the transcripts, and that is said", async () => {
  writeFileSync(ledger, "this is not a database, but it is long enough to be read as one".repeat(100));
  const index = await open();
  expect(index.notices()).toEqual([
    expect.stringMatching(/damaged.*kept as .*ledger\.db\.damaged-.*read from them again/u),
  ]);
  await index.scan();
  expect(index.state()).toMatchObject({ state: "ready", problem: null });
  expect(index.read.sessionCount()).toBe(40);
  expect(readdirSync(dataDir).some((name) => name.startsWith("ledger.db.damaged-"))).toBe(true);
});

test("a ledger that is damaged while it is open is begun anew by the next scan", async () => {
  const first = await open();
  await first.scan();
  await first.dispose();
  const index = await open();
  const writer = new Database(ledger);
  writer.pragma("wal_checkpoint(TRUNCATE)");
  writer.close();
  truncateSync(ledger, 20_000);
  put(3, userLine("session 3") + userLine("more"));
  await index.scan();
  await index.scan();
  expect(index.state()).toMatchObject({ state: "ready", problem: null });
  expect(index.notices()).toHaveLength(1);
  expect(index.read.sessionCount()).toBe(40);
});

test("while another program has the ledger locked there is no index, and there is one after that", async () => {
  await (await open()).dispose();
  const other = new Database(ledger);
  other.exec("BEGIN EXCLUSIVE");
  const index = await open();
  expect(index.state()).toMatchObject({ state: "off", problem: expect.stringMatching(/locked/u) });
  await index.scan();
  expect(index.state()).toMatchObject({ state: "off", problem: expect.stringMatching(/locked/u) });
  expect(index.read.sessions({ limit: 5 })).toEqual([]);
  other.close();
  await index.scan();
  expect(index.state()).toMatchObject({ state: "ready", problem: null });
  expect(index.read.sessionCount()).toBe(40);
});

test("where the ledger cannot be written there is no index, and watching waits until there is one", async () => {
  mkdirSync(ledger);
  const changes: string[] = [];
  const index = await open({ onChange: (sessionIds) => changes.push(...sessionIds) });
  expect(index.state()).toMatchObject({ state: "off", problem: expect.stringMatching(/cannot be/u) });
  await index.watch();
  await index.scan();
  expect(index.state().state).toBe("off");
  rmSync(ledger, { recursive: true });
  await index.scan();
  expect(index.state()).toMatchObject({ state: "ready", problem: null });
  expect(changes).toHaveLength(40);
});

test("a ledger of a newer version is left as it is, and sessions are read all the same", async () => {
  const first = await open();
  await first.scan();
  await first.dispose();
  const newer = new Database(ledger);
  newer.pragma("user_version = 999");
  newer.close();
  const before = readFileSync(ledger);
  put(40, userLine("new"));
  const index = await open();
  expect(index.notices()).toEqual([expect.stringMatching(/newer version.*\(schema 999; this one knows \d+\)/u)]);
  await index.scan();
  expect(index.state()).toMatchObject({ state: "ready", problem: null });
  expect(index.read.sessionCount()).toBe(41);
  await index.dispose();
  expect(readFileSync(ledger)).toEqual(before);
});

test("while another program writes, nothing is lost: what could not be kept is read again", async () => {
  const index = await open();
  await index.scan();
  for (let at = 0; at < 40; at += 1) put(at, userLine(`session ${at}`) + userLine("more"));
  const other = new Database(ledger);
  other.exec("BEGIN IMMEDIATE");
  await index.scan();
  expect(index.state()).toMatchObject({ state: "ready", problem: expect.stringMatching(/could not be written/u) });
  expect(index.read.session("s0")?.facts).toContain('"turnCount":1');
  other.close();
  await index.scan();
  expect(index.state()).toMatchObject({ state: "ready", problem: null });
  expect(index.read.session("s0")?.facts).toContain('"turnCount":2');
});
