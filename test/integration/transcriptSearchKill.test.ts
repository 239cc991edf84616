/** Search after its process was killed while it read and wrote: it ends as one that was built at once. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readdirSync, readFileSync, truncateSync, unlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCorpus } from "../bench/corpus/generateCorpus.ts";
import { Random } from "../bench/corpus/random.ts";
import { openSearchUnderTest, searchContents } from "./transcriptSearchUnderTest.ts";

const target = fileURLToPath(new URL("transcriptSearchTarget.ts", import.meta.url));
const ROUNDS = 20;
/** A building of this corpus takes a few times as long. */
const LONGEST_LIFE_MS = 300;
let folder: string;
let root: string;
const random = new Random(11);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-search-kill-"));
  root = join(folder, "config");
  generateCorpus({ folder: root, files: 60, messages: 6000, seed: 5 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Kills the process at a moment of its own choosing, once it has begun. */
async function startAndKill(path: string): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [target, root, path], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  if (child.stdout !== null) await once(child.stdout, "data");
  await Promise.race([exited, after(random.between(0, LONGEST_LIFE_MS))]);
  child.kill("SIGKILL");
  await exited;
}

async function built(path: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const { build, search, warnings } = openSearchUnderTest({ root, path });
  await build();
  await search.dispose();
  expect(warnings).toEqual([]);
  return searchContents(path);
}

test("killed at twenty moments of the first building, it goes on and ends as one built at once", async () => {
  const path = join(folder, "killed.db");
  for (let round = 0; round < ROUNDS; round += 1) await startAndKill(path);
  const killed = await built(path);
  const fresh = await built(join(folder, "fresh.db"));
  expect(killed).toEqual(fresh);
  expect(fresh["messages"]?.length).toBeGreaterThan(2000);
  expect(fresh["copies"]?.length).toBeGreaterThan(20);
});

test("killed while files grow, are cut and go", async () => {
  const path = join(folder, "changing.db");
  const projects = join(root, "projects");
  const paths = readdirSync(projects, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".jsonl") && !name.includes("subagents"))
    .map((name) => join(projects, name));
  const source = readFileSync(paths[0] ?? "");
  for (let round = 0; round < ROUNDS; round += 1) {
    await startAndKill(path);
    const changed = paths.splice(random.between(0, paths.length - 1), 1)[0] ?? "";
    if (round % 5 === 0) unlinkSync(changed);
    else if (round % 5 === 1) truncateSync(changed, random.between(0, 100_000));
    else appendFileSync(changed, source.subarray(0, random.between(1, source.length)));
  }
  const killed = await built(path);
  const fresh = await built(join(folder, "fresh-after.db"));
  // A word stays in the list when the last message that holds it goes.
  expect(killed["wordList"]).toEqual(expect.arrayContaining([...(fresh["wordList"] ?? [])]));
  expect({ ...killed, wordList: [] }).toEqual({ ...fresh, wordList: [] });
});
