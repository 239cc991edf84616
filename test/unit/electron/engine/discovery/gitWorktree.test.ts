import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readGitWorktree, worktreeOfPath } from "../../../../../electron/engine/discovery/gitWorktree.ts";

let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "switchboard-worktree-")));
  await mkdir(at("shop", "packages", "till"), { recursive: true });
  await writeFile(at("shop", "packages", "till", "index.ts"), "");
  const git = (cwd: string, ...args: string[]): void => {
    const author = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "protocol.file.allow=always"];
    execFileSync("git", [...author, ...args], { cwd, stdio: "ignore" });
  };
  git(at("shop"), "init", "-q");
  git(at("shop"), "add", ".");
  git(at("shop"), "commit", "-q", "-m", "Begin");
  git(at("shop"), "worktree", "add", "-q", at("side"), "-b", "feature/side");
  await mkdir(at("side", "only", "here"), { recursive: true });
  git(folder, "clone", "-q", "--bare", at("shop"), at("hidden", ".bare"));
  git(at("hidden", ".bare"), "worktree", "add", "-q", at("hidden", "one"), "-b", "one");
  git(folder, "clone", "-q", "--bare", at("shop"), at("shop.git"));
  git(at("shop.git"), "worktree", "add", "-q", at("two"), "-b", "two");
  git(at("shop"), "submodule", "add", "-q", at("shop.git"), "module");
  await mkdir(at("plain", "below"), { recursive: true });
  await mkdir(at("broken"));
  await writeFile(at("broken", ".git"), "gitdir: /nowhere/.git/worktrees/broken\n");
  await mkdir(at("long"));
  await writeFile(at("long", ".git"), `${"x".repeat(100_000)}\ngitdir: ${at("shop", ".git", "worktrees", "side")}\n`);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test.each<readonly [string, readonly string[], readonly string[], readonly string[], readonly string[]]>([
  ["its top", ["side"], ["side"], ["shop"], ["shop"]],
  ["a directory that both have", ["side", "packages", "till"], ["side"], ["shop"], ["shop", "packages", "till"]],
  ["a directory that it alone has", ["side", "only", "here"], ["side"], ["shop"], ["shop"]],
  ["one beside a hidden bare repository", ["hidden", "one"], ["hidden", "one"], ["hidden"], ["hidden"]],
  ["one of a bare repository", ["two"], ["two"], ["shop.git"], ["shop.git"]],
])("a worktree: %s", async (_what, directory, top, repository, project) => {
  expect(await readGitWorktree(at(...directory))).toEqual({
    name: top.at(-1),
    path: at(...top),
    repository: at(...repository),
    projectPath: at(...project),
  });
});

test.each([
  ["shop"],
  ["shop/packages"],
  ["shop/module"],
  ["plain/below"],
  ["broken"],
  ["long"],
  ["nowhere"],
  ["shop.git"],
])("no worktree: %s", async (directory) => {
  expect(await readGitWorktree(at(directory))).toBeNull();
});

test("a worktree that the CLI made is known by its path when it is gone", () => {
  expect(worktreeOfPath("/home/dev/shop/.claude/worktrees/side/packages")).toEqual({
    name: "side",
    path: "/home/dev/shop/.claude/worktrees/side",
    repository: "/home/dev/shop",
    projectPath: "/home/dev/shop",
  });
  expect(worktreeOfPath("/home/dev/shop/.claude")).toBeNull();
});
