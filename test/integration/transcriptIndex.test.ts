/** The index over files that grow, shrink, move, vanish and lie. */
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rmdir,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ledgerPath, openLedger } from "../../electron/engine/storage/openLedger.ts";
import { transcriptStore } from "../../electron/engine/storage/transcriptStore.ts";
import { IndexWork } from "../../electron/engine/transcripts/indexWork.ts";
import type { ScanProgress } from "../../electron/engine/transcripts/scanProgress.ts";
import { sessionFactsSchema } from "../../electron/engine/transcripts/sessionFacts.ts";
import { contents, type IndexUnderTest, openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

let root: string;
let opened: IndexUnderTest[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "switchboard-index-"));
  await mkdir(join(root, "projects"));
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await rm(root, { recursive: true, force: true });
});

async function open(): Promise<IndexUnderTest> {
  const one = await openIndexUnderTest({ roots: [root] });
  opened.push(one);
  return one;
}

async function put(path: string, content: string | Buffer): Promise<string> {
  const full = join(root, "projects", path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
  return full;
}

function user(text: string, fields: object = {}): string {
  const time = { timestamp: "2026-11-20T10:00:00.000Z", cwd: "/w/app", version: "2.1.329", gitBranch: "main" };
  return `${JSON.stringify({ type: "user", message: { role: "user", content: text }, ...time, ...fields })}\n`;
}

function assistant(id: string, output: number, fields: object = {}): string {
  const usage = { input_tokens: 10, output_tokens: output };
  const message = { id, model: "claude-opus-5-5", content: [{ type: "text", text: "ok" }], usage };
  const record = { type: "assistant", message, requestId: `r-${id}`, timestamp: "2026-11-20T10:00:05.000Z" };
  return `${JSON.stringify({ ...record, cwd: "/w/app", ...fields })}\n`;
}

function facts({ store }: IndexUnderTest, sessionId: string) {
  return sessionFactsSchema.parse(JSON.parse(store.session(sessionId)?.facts ?? "null"));
}

/** The index after what happened to the files holds what a new one holds. */
async function expectFresh(one: IndexUnderTest): Promise<void> {
  const fresh = await open();
  await fresh.index.scan();
  expect(contents(one.store)).toEqual(contents(fresh.store));
}

test("an appended line is read from where the last reading ended; a line that is not complete waits", async () => {
  const path = await put("-w/s1.jsonl", user("hello") + assistant("m1", 5) + assistant("m2", 7).slice(0, 60));
  const one = await open();
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ title: "hello", turnCount: 1, projectPath: "/w/app", brokenLines: 0 });
  expect(one.store.messages.useOfSession("s1")).toMatchObject({ messages: 1, output: 5 });
  await appendFile(path, assistant("m2", 7).slice(60) + user("more"));
  await one.index.scan();
  expect(one.index.state()).toMatchObject({ state: "ready", filesDone: 1, filesTotal: 1 });
  expect(facts(one, "s1")).toMatchObject({ turnCount: 2 });
  expect(one.store.messages.useOfSession("s1")).toMatchObject({ messages: 2, output: 12 });
  await expectFresh(one);
  const bytes = (await readFile(path)).length;
  const all = { state: "ready", filesDone: 1, filesTotal: 1, bytesDone: bytes, bytesTotal: bytes };
  expect(one.index.state()).toMatchObject(all);
  await one.index.scan();
  expect(one.index.state()).toMatchObject(all);
});

test("a last line without an end counts once it is whole, also where an earlier version waited for the end", async () => {
  const path = await put("-w/s1.jsonl", user("hello"));
  const dataDir = join(root, "data");
  await mkdir(dataDir);
  const one = await openIndexUnderTest({ roots: [root], dataDir });
  await one.index.scan();
  await one.close();
  await appendFile(path, assistant("m1", 5).trimEnd());
  const { size, mtimeMs } = await stat(path);
  const { database } = openLedger(ledgerPath(dataDir), () => new Date());
  database.prepare("UPDATE transcript_files SET size_bytes = ?, modified_ms = ?").run(size, mtimeMs);
  database.close();
  const two = await openIndexUnderTest({ roots: [root], dataDir });
  opened.push(two);
  await two.index.scan();
  expect(two.store.messages.useOfSession("s1")).toMatchObject({ messages: 1, output: 5 });
  await appendFile(path, `\n${assistant("m2", 7)}`);
  await two.index.scan();
  expect(two.store.messages.useOfSession("s1")).toMatchObject({ messages: 2, output: 12 });
  await expectFresh(two);
});

test("a file that was truncated, replaced or rewritten with the same length is read anew", async () => {
  const path = await put("-w/s1.jsonl", user("first") + user("second") + user("third"));
  const one = await open();
  await one.index.scan();
  await truncate(path, user("first").length);
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ turnCount: 1 });
  await rm(path);
  await put("-w/s1.jsonl", user("other") + user("more") + user("and more") + user("still more"));
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ title: "other", turnCount: 4 });
  await writeFile(path, user("OTHER") + user("more") + user("and more") + user("still more"));
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ title: "OTHER", turnCount: 4 });
  await expectFresh(one);
});

test("what a deleted file said stays; a moved folder is still one session", async () => {
  const path = await put("-w/s1.jsonl", user("kept") + assistant("m1", 5));
  await put("-w/s2.jsonl", user("moved") + assistant("m2", 5));
  const one = await open();
  await one.index.scan();
  await rm(path);
  await mkdir(join(root, "projects", "-v"));
  await rename(join(root, "projects", "-w", "s2.jsonl"), join(root, "projects", "-v", "s2.jsonl"));
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ title: "kept", isGone: true });
  expect(facts(one, "s2")).toMatchObject({ title: "moved", isGone: false, turnCount: 1 });
  expect(one.store.messages.count()).toBe(2);
});

test("a root that is away takes nothing with it", async () => {
  await put("-w/s1.jsonl", user("kept"));
  const one = await open();
  await one.index.scan();
  await rename(root, `${root}-away`);
  await one.index.scan();
  await rename(`${root}-away`, root);
  expect(one.store.fileStates()).toMatchObject([{ state: "ready" }]);
});

test("a disk that was mounted as the projects folder and is away takes nothing with it", async () => {
  await put("-w/s1.jsonl", user("kept"));
  const one = await open();
  await one.index.scan();
  const projects = join(root, "projects");
  // What is left of a mount is an empty folder.
  await rename(projects, `${projects}-away`);
  await mkdir(projects);
  await one.index.scan();
  expect(one.store.fileStates()).toMatchObject([{ state: "ready" }]);
  await rmdir(projects);
  await rename(`${projects}-away`, projects);
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ title: "kept", isGone: false });
});

test("bad bytes are counted and end nothing", async () => {
  const bad = Buffer.concat([
    Buffer.from("\ufeff" + user("with BOM").replace("\n", "\r\n")),
    Buffer.from([0xff, 0xfe, 0x0a, 0x00, 0x00, 0x0a]),
    Buffer.from('{"type":"user","message":{"content":"cut\n'),
    Buffer.from("\n\n[1]\n"),
    Buffer.from(assistant("m1", 5, { timestamp: "2999-01-01T00:00:00.000Z" })),
    Buffer.from(`{"type":"api-request","x":"${"x".repeat(3_000_000)}"}\n`),
    Buffer.from(assistant("m2", 6, { isApiErrorMessage: true })),
    Buffer.from(user("last")),
  ]);
  await put("-w/s1.jsonl", bad);
  const one = await open();
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ title: "with BOM", turnCount: 2, brokenLines: 4, tooLongLines: 0 });
  expect(one.store.messages.useOfSession("s1")).toMatchObject({ messages: 1, output: 5 });
});

test("folders in the place of files, loops, and files without permission are told of, and the rest is read", async () => {
  const secret = await put("-w/s1.jsonl", user("secret"));
  await put("-w/s2.jsonl", user("readable"));
  await mkdir(join(root, "projects", "-w", "s3.jsonl"));
  await symlink("loop.jsonl", join(root, "projects", "-w", "loop.jsonl"));
  await chmod(secret, 0o000);
  const one = await open();
  await one.index.scan();
  expect(facts(one, "s2")).toMatchObject({ title: "readable" });
  expect(one.warnings.filter((text) => /EISDIR|ELOOP/u.test(text))).toHaveLength(2);
  await one.index.scan();
  expect(one.warnings.filter((text) => /EISDIR|ELOOP/u.test(text))).toHaveLength(2);
  // Root reads everything: there the file without permission is no failure.
  const isRoot = process.getuid?.() === 0;
  const { unread } = one.index.state();
  expect(unread.count).toBe(isRoot ? 2 : 3);
  expect(unread.first.map(({ path, reason }) => `${basename(path)}: ${reason}`)).toEqual(
    expect.arrayContaining([
      "loop.jsonl: a link that leads to itself (ELOOP)",
      "s3.jsonl: a folder, where a file should be (EISDIR)",
      ...(isRoot ? [] : ["s1.jsonl: no permission to read it (EACCES)"]),
    ]),
  );
  expect(one.store.file(secret)).toMatchObject(isRoot ? { state: "ready" } : { state: "failed", error: "EACCES" });
});

test("files that vanish between being found and being read are told of, and the rest is read", async () => {
  const path = await put("-w/s1.jsonl", user("gone soon"));
  await put("-w/s2.jsonl", user("stays"));
  const one = await open();
  await one.index.scan();
  await appendFile(path, user("more"));
  const scanned = one.index.scan();
  await rm(path);
  await scanned;
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ title: "gone soon", isGone: true });
  expect(facts(one, "s2")).toMatchObject({ title: "stays", isGone: false });
  expect(one.index.state().state).toBe("ready");
});

test("one session id in two projects is one session, counted once", async () => {
  const text = user("twice") + assistant("m1", 5);
  await put("-w/s1.jsonl", text);
  await put("-v/s1.jsonl", text + user("later", { timestamp: "2026-11-21T10:00:00.000Z", cwd: "/v" }));
  const one = await open();
  await one.index.scan();
  expect(facts(one, "s1")).toMatchObject({ turnCount: 2, lastCwd: "/v", projectPath: "/w/app" });
  expect(one.store.messages.useOfSession("s1")).toMatchObject({ messages: 1 });
});

test("a cancelled scan keeps what it read, and the next one goes on", async () => {
  const filler = `{"type":"api-request","x":"${"x".repeat(1_000_000)}"}\n`;
  for (let index = 0; index < 16; index += 1)
    await put(`-w/s${index}.jsonl`, user(`number ${index}`) + filler + assistant(`m${index}`, 1));
  const dataDir = join(root, "data");
  await mkdir(dataDir);
  await scanUntilFirstWrite(dataDir);
  const one = await openIndexUnderTest({ roots: [root], dataDir });
  opened.push(one);
  const kept = one.store.fileStates().length;
  expect([kept > 0, kept < 16]).toEqual([true, true]);
  await one.index.scan();
  expect(one.index.state()).toMatchObject({ state: "ready", filesDone: 16, secondsLeft: null });
  await expectFresh(one);
});

/** Cancels a scan when the first file is written: the others wait, but for those that are being read. */
async function scanUntilFirstWrite(dataDir: string): Promise<readonly ScanProgress[]> {
  const told: ScanProgress[] = [];
  const { database } = openLedger(ledgerPath(dataDir), () => new Date());
  const store = transcriptStore(database);
  const ignore = (): void => undefined;
  const work = new IndexWork({
    store: {
      ...store,
      saveFile: (row) => {
        work.cancel();
        return store.saveFile(row);
      },
    },
    workers: 1,
    prepare: () => Promise.resolve(),
    onProgress: (progress) => told.push(progress),
    onChange: ignore,
    onFilesChanged: ignore,
    onStanding: ignore,
    onLoss: ignore,
    log: { info: ignore, warn: ignore, error: ignore },
  });
  expect(await work.scan([root])).toBe("cancelled");
  await work.dispose();
  database.close();
  return told;
}

test("a scan is cancelled within a file, its progress moves there, and the next one goes on", async () => {
  const messages = 50_000;
  const lines = Array.from({ length: messages }, (_, index) => assistant(`m${index}`, 1));
  const path = await put("-w/s1.jsonl", user("large") + lines.join(""));
  const dataDir = join(root, "data");
  await mkdir(dataDir);
  const told = await scanUntilFirstWrite(dataDir);
  const { size } = await stat(path);
  expect(told.at(-1)).toMatchObject({ filesDone: 0, filesTotal: 1, bytesTotal: size });
  expect(told.at(-1)?.bytesDone).toBeGreaterThan(0);
  const one = await openIndexUnderTest({ roots: [root], dataDir });
  opened.push(one);
  const [row] = one.store.fileStates();
  expect(row).toMatchObject({ state: "partial", error: null });
  expect([(row?.offset ?? 0) > 0, (row?.offset ?? 0) < size]).toEqual([true, true]);
  expect(one.store.messages.useOfSession("s1").messages).toBeLessThan(messages);
  await one.index.scan();
  expect(one.index.state()).toMatchObject({ state: "ready", filesDone: 1, bytesDone: size });
  expect(one.store.messages.useOfSession("s1").messages).toBe(messages);
});

test("a scan that is cancelled before it found anything reads nothing, and the next one reads all", async () => {
  await put("-w/s1.jsonl", user("first"));
  const one = await open();
  const scanned = one.index.scan();
  one.index.cancel();
  await scanned;
  expect(one.index.state()).toMatchObject({ state: "off", problem: null });
  expect(one.store.fileStates()).toEqual([]);
  const again = one.index.scan();
  // Whoever asked is told at once, and so knows that there is something to look at.
  expect(one.index.state().state).toBe("scanning");
  await again;
  expect(one.index.state()).toMatchObject({ state: "ready", filesDone: 1 });
});

test("a scan can be asked for while a cancelled one ends, and the last word counts", async () => {
  await put("-w/s1.jsonl", user("first"));
  const one = await open();
  const first = one.index.scan();
  one.index.cancel();
  const second = one.index.scan();
  expect(one.index.state().state).toBe("scanning");
  one.index.cancel();
  await Promise.all([first, second]);
  expect(one.index.state()).toMatchObject({ state: "off", filesDone: 0 });
  void one.index.scan();
  one.index.cancel();
  await one.index.scan();
  expect(one.index.state()).toMatchObject({ state: "ready", filesDone: 1 });
});
