/** The index while files change under it. */
import { once } from "node:events";
import { EventEmitter } from "node:events";
import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sessionFactsSchema } from "../../electron/engine/transcripts/sessionFacts.ts";
import { type IndexUnderTest, openIndexUnderTest } from "./transcriptIndexUnderTest.ts";
import { userLine } from "./transcriptRecords.ts";

let folder: string;
let roots: string[];
let one: IndexUnderTest;
let told: EventEmitter<{ files: [readonly string[]] }>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-watch-"));
  roots = [join(folder, "first")];
  await mkdir(join(folder, "first", "projects"), { recursive: true });
  told = new EventEmitter();
  one = await openIndexUnderTest({ roots: () => roots, onFilesChanged: (paths) => told.emit("files", paths) });
});

afterEach(async () => {
  await one.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(path: string, content: string): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
  return full;
}

function facts(sessionId: string) {
  return sessionFactsSchema.parse(JSON.parse(one.index.read.session(sessionId)?.facts ?? "null"));
}

/** Resolves when changes of all these sessions were told. */
async function changesOf(sessionIds: readonly string[]): Promise<void> {
  const missing = new Set(sessionIds);
  while (missing.size > 0) for (const sessionId of await one.nextChange()) missing.delete(sessionId);
}

test("appends, new files in new folders and deletions are told: the file at once, the session when it is read", async () => {
  const path = await put("first/projects/-w/s1.jsonl", userLine("hello"));
  await one.index.scan();
  await one.index.watch();
  let file = once(told, "files");
  let change = one.nextChange();
  await appendFile(path, userLine("more"));
  expect(await file).toEqual([[path]]);
  expect(await change).toEqual(["s1"]);
  expect(facts("s1")).toMatchObject({ turnCount: 2 });
  change = one.nextChange();
  await put("first/projects/-new/s9/subagents/agent-a.jsonl", userLine("sub", { sessionId: "s9", isSidechain: true }));
  expect(await change).toEqual(["s9"]);
  file = once(told, "files");
  change = one.nextChange();
  await rm(path);
  expect(await file).toEqual([[path]]);
  expect(await change).toEqual(["s1"]);
  expect(facts("s1")).toMatchObject({ isGone: true });
});

test("what is appended after the first look, and before it is watched, is read as well", async () => {
  const names = ["s1", "s2", "s3"].map((name) => `first/projects/-w/${name}.jsonl`);
  const paths = await Promise.all(names.map((name) => put(name, userLine("hello"))));
  await one.index.scanAndWatch();
  const { elapsedMs, filesDone } = one.index.state();
  const changes = changesOf(["s1", "s2", "s3"]);
  for (const path of paths) await appendFile(path, userLine("more"));
  await changes;
  expect(facts("s3")).toMatchObject({ turnCount: 2 });
  // Followed from then on, and the time is still that of the first look.
  const change = changesOf(["s4"]);
  await put("first/projects/-w/s4.jsonl", userLine("new"));
  await change;
  expect(facts("s4")).toMatchObject({ turnCount: 1 });
  expect([filesDone, elapsedMs]).toEqual([3, one.index.state().elapsedMs]);
});

test("a root that is added later is read by the next scan and followed from then on", async () => {
  await one.index.watch();
  const path = await put("second/projects/-w/s2.jsonl", userLine("second"));
  roots = [...roots, join(folder, "second")];
  await one.index.scan();
  expect(facts("s2")).toMatchObject({ turnCount: 1 });
  const change = changesOf(["s2"]);
  await appendFile(path, userLine("more"));
  await change;
  expect(facts("s2")).toMatchObject({ turnCount: 2 });
});

test("a projects folder that is made later is followed", async () => {
  roots = [join(folder, "third")];
  await mkdir(join(folder, "third"));
  await one.index.scan();
  await one.index.watch();
  const change = changesOf(["s3"]);
  await put("third/projects/-w/s3.jsonl", userLine("third"));
  await change;
  expect(facts("s3")).toMatchObject({ title: "third" });
});

test("a folder that is moved keeps its sessions, and they are told", async () => {
  await put("first/projects/-w/s1.jsonl", userLine("hello"));
  await one.index.scan();
  await one.index.watch();
  const change = changesOf(["s1"]);
  await rename(join(folder, "first/projects/-w"), join(folder, "first/projects/-v"));
  await change;
  await one.index.scan();
  expect(facts("s1")).toMatchObject({ turnCount: 1, isGone: false });
});

test("thousands of files that change at once are all read", async () => {
  const names = Array.from({ length: 2000 }, (_, index) => `s${index}`);
  await Promise.all(names.map((name) => put(`first/projects/-w/${name}.jsonl`, userLine(name))));
  await one.index.scan();
  await one.index.watch();
  const change = changesOf(names);
  await Promise.all(names.map((name) => appendFile(join(folder, `first/projects/-w/${name}.jsonl`), userLine("more"))));
  await change;
  expect(one.index.read.sessionCount()).toBe(2000);
  expect(names.every((name) => facts(name).turnCount === 2)).toBe(true);
});

test("after a scan was cancelled only what changes is read, until a scan is asked for", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    for (const name of ["s1", "s2", "s3"]) await put(`first/projects/-w/${name}.jsonl`, userLine(name));
    await put("first/projects/-v/s4.jsonl", userLine("s4"));
    await one.index.watch();
    const scanned = one.index.scan();
    one.index.cancel();
    await scanned;
    await vi.advanceTimersByTimeAsync(200_000);
    const change = changesOf(["s1"]);
    await rename(join(folder, "first/projects/-v"), join(folder, "first/projects/-u"));
    await one.index.rootsChanged();
    await appendFile(join(folder, "first/projects/-w/s1.jsonl"), userLine("more"));
    await change;
    expect(facts("s1")).toMatchObject({ turnCount: 2 });
    await pause(500);
    // Of the folder that was moved the new files are told one by one, or not at all.
    const read = new Set(one.store.fileStates().map(({ sessionId }) => sessionId));
    expect([read.has("s2"), read.has("s3")]).toEqual([false, false]);
    expect(one.index.state()).toMatchObject({ state: "off", problem: null });
    await one.index.scan();
    expect(one.index.state()).toMatchObject({ state: "ready", filesDone: 4 });
  } finally {
    vi.useRealTimers();
  }
});
