import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DiskQuestions } from "../../../../../electron/engine/transcripts/diskQuestions.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-disk-"));
  writeFileSync(join(folder, "one.jsonl"), "{}\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A clock by which each answer takes as long as the next of these, in milliseconds. */
function clock(durations: readonly number[]): () => number {
  const times = durations.flatMap((duration) => [0, duration]);
  return () => times.shift() ?? 0;
}

async function answersOf(disk: DiskQuestions): Promise<readonly string[]> {
  const asked = [disk.entries(folder), disk.stat(join(folder, "one.jsonl")), disk.realPath(folder)];
  const kinds = asked.map((answer) => (answer instanceof Promise ? "later" : "at once"));
  await Promise.all(asked.map((answer) => Promise.resolve(answer)));
  return kinds;
}

it.each([
  ["a quick disk answers at once", [1, 1, 1, 1], ["at once", "at once", "at once"]],
  ["one that is slow from the beginning is never waited for", [50], ["later", "later", "later"]],
  ["one that becomes slow is waited for once", [1, 50], ["at once", "later", "later"]],
])("%s", async (_what, durations, expected) => {
  expect(await answersOf(await DiskQuestions.about(folder, clock(durations)))).toEqual(expected);
});

it("gives the system's errors, however quick the disk is", async () => {
  const missing = join(folder, "none");
  const quick = await DiskQuestions.about(folder, clock([1, 1]));
  expect(() => quick.stat(missing)).toThrow("ENOENT");
  const slow = await DiskQuestions.about(missing, clock([50]));
  await expect(slow.entries(missing)).rejects.toThrow("ENOENT");
});
