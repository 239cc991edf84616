/** The index after its process was killed while it read, while it wrote, and while it followed growing files. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCorpus } from "../bench/corpus/generateCorpus.ts";
import { Random } from "../bench/corpus/random.ts";
import { contents, openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

const target = fileURLToPath(new URL("transcriptIndexTarget.ts", import.meta.url));
const FILES = 24;
let folder: string;
let root: string;
const random = new Random(7);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-kill-"));
  root = join(folder, "config");
  generateCorpus({ folder: root, files: FILES, messages: 1200, seed: 3 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function start(file: string, mode: "scan" | "watch"): ChildProcess {
  return spawn(process.execPath, [target, root, file, mode], { stdio: ["ignore", "pipe", "inherit"] });
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

/** Resolves with the line that `is` accepts, or with null at the end of the output. */
async function untilLine(child: ChildProcess, is: (line: string) => boolean): Promise<string | null> {
  if (child.stdout === null) return null;
  for await (const line of createInterface({ input: child.stdout })) if (is(line)) return line;
  return null;
}

async function expectFresh(file: string): Promise<void> {
  const killed = openIndexUnderTest({ roots: [root], file });
  const fresh = openIndexUnderTest({ roots: [root] });
  await Promise.all([killed.index.scan(), fresh.index.scan()]);
  expect(contents(killed.store)).toEqual(contents(fresh.store));
  expect(fresh.store.messages.count()).toBeGreaterThan(1100);
  await Promise.all([killed.close(), fresh.close()]);
}

test("killed again and again in the first scan, it goes on and ends as one built at once", async () => {
  const file = join(folder, "scan.db");
  for (let round = 0; round < 8; round += 1) {
    const child = start(file, "scan");
    const at = random.between(1, 4);
    await untilLine(child, (line) => line === "done" || Number(line) >= at);
    await kill(child);
  }
  await expectFresh(file);
});

test("killed at moments of its own choosing, each time from nothing", async () => {
  for (let round = 0; round < 8; round += 1) {
    const file = join(folder, `moment-${round}.db`);
    const child = start(file, "scan");
    const at = random.between(0, FILES - 1);
    await untilLine(child, (line) => line === "done" || Number(line) >= at);
    await kill(child);
    await expectFresh(file);
  }
});

test("killed while it follows files that grow", async () => {
  const file = join(folder, "tail.db");
  const projects = join(root, "projects");
  const paths = readdirSync(projects, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".jsonl"))
    .map((path) => join(projects, path));
  const source = readFileSync(paths[0] ?? "");
  let position = 0;
  for (let round = 0; round < 6; round += 1) {
    const child = start(file, "watch");
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
    await expectFresh(file);
  }
});
