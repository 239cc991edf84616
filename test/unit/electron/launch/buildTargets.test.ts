import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BuildTarget, isStale } from "../../../../electron/launch/buildTargets.ts";

const target: BuildTarget = {
  name: "electron",
  configs: [],
  sources: ["source", "lock.json"],
  outputs: ["out/main.js", "out/preload.cjs"],
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "switchboard-build-"));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** Writes files with the given age, in seconds since the epoch. */
async function place(files: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, seconds] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), "");
    await utimes(join(root, name), seconds, seconds);
  }
}

const built = { "out/main.js": 100, "out/preload.cjs": 110 };

test.each([
  ["no output", { "source/a.ts": 1 }, true],
  ["one output missing", { "source/a.ts": 1, "out/main.js": 100 }, true],
  ["outputs newer than all sources", { ...built, "source/a.ts": 90, "source/deep/b.ts": 99, "lock.json": 5 }, false],
  ["a deep source newer than the oldest output", { ...built, "source/a.ts": 90, "source/deep/b.ts": 105 }, true],
  ["a newer single file", { ...built, "source/a.ts": 90, "lock.json": 200 }, true],
  ["a newer type checker's note", { ...built, "source/a.ts": 90, "source/tsconfig.tsbuildinfo": 200 }, false],
])("%s", async (_, files, stale) => {
  await place(files);
  expect(await isStale(target, root)).toBe(stale);
});
