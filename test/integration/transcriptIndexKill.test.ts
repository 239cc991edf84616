/** The index after its process was killed while it read, while it wrote, and while it followed growing files. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCorpus } from "../bench/corpus/generateCorpus.ts";
import { Random } from "../bench/corpus/random.ts";
import { contents, openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

const target = fileURLToPath(new URL("transcriptIndexTarget.ts", import.meta.url));
const FILES = 120;
let folder: string;
let root: string;
const random = new Random(7);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-kill-"));
  root = join(folder, "config");
  generateCorpus({ folder: root, files: FILES, messages: 6000, seed: 3 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function start(dataDir: string, mode: "scan" | "watch"): ChildProcess {
  return spawn(process.execPath, [target, root, dataDir, mode], { stdio: ["ignore", "pipe", "inherit"] });
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  if (child.kill("SIGKILL")) await exited;
}

/** Resolves when the files of the ledger have changed that often, or with the child's end. */
async function untilWrites(child: ChildProcess, dataDir: string, writes: number): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const ended = new AbortController();
  child.once("exit", () => ended.abort());
  let seen = 0;
  try {
    for await (const { filename } of watch(dataDir, { signal: ended.signal })) {
      if (filename?.startsWith("ledger.db") === true) seen += 1;
      if (seen >= writes) return;
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  }
}

/** Resolves with the line that `is` accepts, or with null at the end of the output. */
async function untilLine(child: ChildProcess, is: (line: string) => boolean): Promise<string | null> {
  if (child.stdout === null) return null;
  for await (const line of createInterface({ input: child.stdout })) if (is(line)) return line;
  return null;
}

async function expectFresh(dataDir: string): Promise<void> {
  const killed = await openIndexUnderTest({ roots: [root], dataDir });
  const fresh = await openIndexUnderTest({ roots: [root] });
  await Promise.all([killed.index.scan(), fresh.index.scan()]);
  expect(contents(killed.store)).toEqual(contents(fresh.store));
  expect(fresh.store.messages.count()).toBeGreaterThan(5900);
  await Promise.all([killed.close(), fresh.close()]);
}

test("killed again and again in the first scan, it goes on and ends as one built at once", async () => {
  const dataDir = join(folder, "scan");
  for (let round = 0; round < 8; round += 1) {
    const child = start(dataDir, "scan");
    await untilWrites(child, dataDir, random.between(1, 40));
    await kill(child);
  }
  await expectFresh(dataDir);
});

test("killed at moments of its own choosing, each time from nothing", async () => {
  for (let round = 0; round < 8; round += 1) {
    const dataDir = join(folder, `moment-${round}`);
    const child = start(dataDir, "scan");
    await untilWrites(child, dataDir, random.between(1, 60));
    await kill(child);
    await expectFresh(dataDir);
  }
});

test("killed while it follows files that grow", async () => {
  const dataDir = join(folder, "tail");
  const projects = join(root, "projects");
  const paths = readdirSync(projects, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".jsonl"))
    .map((path) => join(projects, path));
  const source = readFileSync(paths[0] ?? "");
  let position = 0;
  for (let round = 0; round < 6; round += 1) {
    const child = start(dataDir, "watch");
    await untilLine(child, (line) => line === "watching");
    for (let append = random.between(20, 60); append > 0; append -= 1) {
      const bytes = random.between(1, 4000);
      appendFileSync(random.pick(paths), source.subarray(position, position + bytes));
      position = (position + bytes) % Math.max(1, source.length - 4000);
    }
    writeFileSync(
      join(projects, "-home-user-project-0", `new-${round}.jsonl`),
      source.subarray(0, random.between(1, 200_000)),
    );
    await kill(child);
    await expectFresh(dataDir);
  }
});
