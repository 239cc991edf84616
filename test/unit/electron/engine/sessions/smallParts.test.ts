import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readGitBranch } from "../../../../../electron/engine/sessions/gitBranch.ts";
import { readGreeting } from "../../../../../electron/engine/sessions/greeting.ts";
import { listDirectories } from "../../../../../electron/engine/sessions/listDirectories.ts";
import { looksLikeQuestion } from "../../../../../shared/state/looksLikeQuestion.ts";
import { shortened } from "../../../../../electron/engine/sessions/mapping/shortened.ts";
import { firstLine } from "../../../../../electron/engine/sessions/titleOf.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-parts-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("looksLikeQuestion", () => {
  it.each([
    ["What is the goal? (I see no task yet.)", true],
    ["Shall I?\nLet me know.", true],
    ["Done. The tests pass.", false],
    ["Updated the regex to `\\d+?` and ran the suite.", false],
    ["```ts\nconst a = b ? c : d;\n```\nDone.", false],
    ["```ts\nnever closed ?", false],
    ['The page asks "Really delete?" now.', false],
    ["> Why is it slow?\n\nBecause of the images.", false],
    ["See https://example.com/?q=1 for more.", false],
    ["どちらにしますか？", true],
    ["هل نتابع؟", true],
    ["「どちらにしますか？」と書きました。", false],
    ["~~~ts\nconst a = b ? c : d;\n~~~\nDone.", false],
    ["~~~~\na ? b\n~~~\nstill ?\n~~~~\nDone.", false],
    ["```\n~~~\na ? b\n```\nDone.", false],
    ["~~~\na\n~~~\nShall I?", true],
    ["- one\n\n  ```ts\n  a ? b : c\n  ```\n", false],
    ["Like this:\n\n    a ? b : c\n\n    d ? e : f\n\nDone.", false],
    ["Like this:\n\n\ta ? b : c\n\nDone.", false],
    ["Like this:\n\n    a : b\n\nShall I?", true],
    ["A line that\n    goes on: shall I?", true],
    ["1. One way\n\n    Shall I take it?", true],
    ["1. One way\n\n       a ? b : c", false],
    ["- One way\n\nThen:\n\n    a ? b : c", false],
    ["Use ```a ? b : c``` here.", false],
  ])("%j: %s", (text, expected) => {
    expect(looksLikeQuestion(text)).toBe(expected);
  });
});

describe("firstLine", () => {
  it.each([
    ["\n  Fix the till \nand more", "Fix the till"],
    [" \n ", null],
    ["x".repeat(100), `${"x".repeat(79)}…`],
  ])("%j", (text, expected) => {
    expect(firstLine(text)).toBe(expected);
  });
});

describe("shortened", () => {
  it("keeps beginning and end, never half a character", () => {
    expect(shortened("abc", 3)).toEqual({ text: "abc", omittedChars: 0 });
    const { text, omittedChars } = shortened(`a${"😀".repeat(10)}`, 6);
    expect({ omittedChars, wellFormed: text.isWellFormed() }).toEqual({ omittedChars: 15, wellFormed: true });
  });
});

describe("readGreeting", () => {
  it.each([
    [{ current_permission_mode: "plan", account: { tokenSource: "claude.ai" } }, "plan", true],
    [{ account: { tokenSource: "none", apiKeySource: "ANTHROPIC_API_KEY", apiProvider: "firstParty" } }, null, true],
    [{ account: { tokenSource: "none", apiProvider: "firstParty" } }, null, false],
    [{ account: { tokenSource: "none", apiProvider: "bedrock" } }, null, true],
    [{}, null, true],
  ] as const)("%j", (answer, permissionMode, loggedIn) => {
    expect(readGreeting(answer)).toEqual({ permissionMode, loggedIn });
  });
});

describe("readGitBranch", () => {
  it("reads the branch from a subdirectory, a detached head, and a worktree", async () => {
    const repository = join(folder, "repository");
    await mkdir(join(repository, ".git", "worktrees", "side"), { recursive: true });
    await mkdir(join(repository, "deep", "down"), { recursive: true });
    await writeFile(join(repository, ".git", "HEAD"), "ref: refs/heads/feature/till\n");
    expect(await readGitBranch(join(repository, "deep", "down"))).toBe("feature/till");
    const worktree = join(folder, "worktree");
    await mkdir(worktree);
    await writeFile(join(worktree, ".git"), `gitdir: ${join(repository, ".git", "worktrees", "side")}\n`);
    await writeFile(join(repository, ".git", "worktrees", "side", "HEAD"), "ref: refs/heads/side\n");
    expect(await readGitBranch(worktree)).toBe("side");
    await writeFile(join(repository, ".git", "HEAD"), "0123456789abcdef\n");
    expect(await readGitBranch(repository)).toBe("01234567");
    expect(await readGitBranch(folder)).toBeNull();
  });
});

describe("listDirectories", () => {
  it("lists visible directories and refuses what is none", async () => {
    const here = join(folder, "list");
    for (const name of ["b", "a", ".hidden"]) await mkdir(join(here, name), { recursive: true });
    await writeFile(join(here, "file"), "");
    expect(await listDirectories(here)).toEqual({
      path: here,
      parent: folder,
      directories: [join(here, "a"), join(here, "b")],
      truncated: false,
    });
    for (const path of ["relative", join(here, "file"), join(here, "missing")]) {
      await expect(listDirectories(path)).rejects.toMatchObject({ code: "directory_unusable" });
    }
  });
});
