import { mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ShownRoots } from "../../../../../electron/engine/observation/shownRoots.ts";

let home: string;

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), "switchboard-roots-")));
});

afterEach(async () => {
  await rm(home, { recursive: true });
});

test("what lies in a folder is shown, also where that really is, and while it is away", async () => {
  const real = join(home, "disk", "claude");
  const link = join(home, "link");
  await mkdir(real, { recursive: true });
  await symlink(real, link);
  const roots = new ShownRoots(() => [link, join(home, "later")]);
  expect(await roots.look()).toEqual([real, join(home, "later")]);
  const holds = () =>
    [real, link, join(home, "later"), `${real}-other`, home].map((path) => roots.holds(join(path, "projects/a.jsonl")));
  expect(holds()).toEqual([true, true, true, false, false]);
  await rm(join(home, "disk"), { recursive: true });
  expect(await roots.look()).toEqual([real, join(home, "later")]);
  expect(holds()).toEqual([true, true, true, false, false]);
});

test("where a link leads is known while that is away, from the start on", async () => {
  await symlink("disk/claude", join(home, "link"));
  await symlink("loop", join(home, "loop"));
  const roots = new ShownRoots(() => [join(home, "link"), join(home, "loop"), join(home, "disk", "claude")]);
  expect((await roots.look())[0]).toEqual(join(home, "disk", "claude"));
  expect(roots.holds(join(home, "disk", "claude", "projects", "a.jsonl"))).toBe(true);
});

test("a folder that is looked at no more is not shown any more", async () => {
  await mkdir(join(home, "extra"));
  let candidates = [join(home, "extra")];
  const roots = new ShownRoots(() => candidates);
  await roots.look();
  candidates = [];
  expect(roots.holds(join(home, "extra", "a.jsonl"))).toBe(true);
  expect(await roots.look()).toEqual([]);
  expect(roots.holds(join(home, "extra", "a.jsonl"))).toBe(false);
});
