/** What the watching tells where the system does not let it watch. Where it does: `transcriptIndexFolders.test.ts`. */
import { EventEmitter } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TranscriptWatch } from "../../../../../electron/engine/transcripts/watchTranscripts.ts";

const made: EventEmitter[] = [];
vi.mock("chokidar", () => ({
  watch: () => {
    const watcher = Object.assign(new EventEmitter(), { close: () => Promise.resolve() });
    made.push(watcher);
    return watcher;
  },
}));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-limit-"));
  made.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("tells that the system allows no more watches, and goes on with those that it has", async () => {
  const errors: unknown[] = [];
  const told: string[] = [];
  const watch = new TranscriptWatch({
    onChange: (paths) => void told.push(...paths),
    onFoldersChanged: () => undefined,
    onError: (error) => void errors.push(error),
  });
  const listed = join(folder, "listed");
  const following = watch.follow([{ listed, real: folder, parts: [] }]);
  await vi.waitUntil(() => made.length === 1);
  const limit = Object.assign(new Error("no more watches"), { code: "ENOSPC" });
  made[0]?.emit("error", limit);
  made[0]?.emit("ready");
  expect(await following).toBe(true);
  expect(errors).toEqual([limit]);
  made[0]?.emit("change", join(folder, "-w", "s1.jsonl"));
  await vi.waitUntil(() => told.length === 1);
  expect(told).toEqual([join(listed, "-w", "s1.jsonl")]);
  expect(await watch.follow([{ listed, real: folder, parts: [] }])).toBe(false);
  await watch.close();
});
