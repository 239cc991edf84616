import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DirectoryPlaces, type DirectoryPlace } from "../../../../../electron/engine/observation/directoryPlaces.ts";

const HALF_A_MINUTE = 30_000;
const side = { name: "side", path: "/side", repository: "/shop", projectPath: "/shop" };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Places over directories of the test's own; `held` ones do not answer. */
function underTest(directories: Readonly<Record<string, DirectoryPlace>> = {}) {
  const found = new Map(Object.entries(directories));
  const held = new Set<string>();
  const told: string[] = [];
  const looked: string[] = [];
  const places = new DirectoryPlaces({
    onChange: (sessionIds) => told.push(sessionIds.join(" ")),
    look: async (path) => {
      looked.push(path);
      if (held.has(path)) await new Promise(() => undefined);
      return found.get(path) ?? { isGone: false, worktree: null };
    },
  });
  return { places, found, held, told, looked };
}

test("what is asked for is looked up once, and told to all who asked when there is something to tell", async () => {
  const { places, told, looked } = underTest({ "/old": { isGone: true, worktree: null } });
  expect([places.of("/old", "one"), places.of("/old", "two"), places.of("/shop", "three")]).toEqual([null, null, null]);
  expect(places.isSettled).toBe(false);
  await vi.advanceTimersByTimeAsync(0);
  expect([told, looked.toSorted(), places.isSettled]).toEqual([["one two"], ["/old", "/shop"], true]);
  expect([places.of("/old", "one")?.isGone, places.of("/shop", "one")?.isGone]).toEqual([true, false]);
  expect(looked).toHaveLength(2);
});

test("folders that come and go are seen within half a minute", async () => {
  const { places, found, told } = underTest({ "/side": { isGone: false, worktree: side } });
  places.of("/side", "one");
  await vi.advanceTimersByTimeAsync(0);
  found.set("/side", { isGone: true, worktree: side });
  await vi.advanceTimersByTimeAsync(HALF_A_MINUTE);
  await vi.advanceTimersByTimeAsync(HALF_A_MINUTE);
  expect(told).toEqual(["one", "one"]);
  expect(places.of("/side", "one")).toEqual({ isGone: true, worktree: side });
});

test("a disk that does not answer holds neither the others nor the list for long", async () => {
  const { places, held, told } = underTest({ "/old": { isGone: true, worktree: null } });
  held.add("/away");
  places.of("/away", "one");
  places.of("/old", "two");
  await vi.advanceTimersByTimeAsync(0);
  expect([told, places.isSettled, places.of("/away", "one")]).toEqual([["two"], false, null]);
  await vi.advanceTimersByTimeAsync(2_001);
  expect(places.isSettled).toBe(true);
});

test("no more directories are kept in view than there is room for, and none once it is closed", async () => {
  const { places, looked } = underTest();
  for (let number = 0; number < 6_000; number += 1) places.of(`/${number}`, "one");
  await vi.advanceTimersByTimeAsync(0);
  expect(looked).toHaveLength(5_000);
  places.close();
  places.of("", "one");
  await vi.advanceTimersByTimeAsync(HALF_A_MINUTE);
  expect(looked).toHaveLength(5_000);
});

test("real directories: there, gone, and a worktree of the CLI's that is gone", async () => {
  vi.useRealTimers();
  const folder = await mkdtemp(join(tmpdir(), "switchboard-places-"));
  await mkdir(join(folder, "shop"));
  const lost = join(folder, "shop", ".claude", "worktrees", "lost");
  const { promise, resolve } = Promise.withResolvers<void>();
  const told: string[] = [];
  const places = new DirectoryPlaces({
    onChange: (sessionIds) => {
      told.push(...sessionIds);
      if (told.length === 2) resolve();
    },
  });
  for (const path of [join(folder, "shop"), join(folder, "old"), lost]) places.of(path, path);
  await promise;
  await rm(folder, { recursive: true });
  expect(told.toSorted()).toEqual([join(folder, "old"), lost].toSorted());
  expect(places.of(join(folder, "old"), "one")).toEqual({ isGone: true, worktree: null });
  expect(places.of(lost, "one")).toMatchObject({ isGone: true, worktree: { name: "lost" } });
  expect(places.of(join(folder, "shop"), "one")?.isGone).toBe(false);
  places.close();
});
