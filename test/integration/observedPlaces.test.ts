/** Where sessions work: worktrees of a repository, folders that were moved or deleted, and where a session goes on. */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SessionSummary } from "../../shared/model/session.ts";
import { createObservedEngine, type ObservedEngine, runHeadless } from "./observedEngine.ts";

let observed: ObservedEngine;
let shop: string;

beforeEach(async () => {
  observed = await createObservedEngine();
  shop = await observed.environment.projectDir("shop");
});

afterEach(async () => {
  await observed.dispose();
});

/** Runs a session to its end; answers how the list shows it then. */
async function runSession(cwd: string): Promise<SessionSummary> {
  const sessionId = randomUUID();
  await runHeadless(observed.environment, { cwd, args: ["--session-id", sessionId], says: ["SAY hello"] });
  return shown(sessionId, ({ live, turnCount }) => !live && turnCount === 1);
}

function shown(sessionId: string, passes: (session: SessionSummary) => boolean): Promise<SessionSummary> {
  return observed.session((one) => one.sessionId === sessionId && passes(one));
}

async function projects() {
  const { items } = await observed.ask("projects.list", {});
  return items.map(({ projectPath, sessionCount, isGone }) => ({ projectPath, sessionCount, isGone }));
}

test("a session in a worktree is listed with its repository, also when it runs here", async () => {
  const side = join(shop, "..", "side");
  const author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  for (const args of [
    ["init", "-q"],
    [...author, "commit", "-q", "--allow-empty", "-m", "Begin"],
    ["worktree", "add", "-q", side, "-b", "aside"],
  ]) {
    execFileSync("git", args, { cwd: shop, env: observed.environment.env });
  }
  const inShop = await runSession(shop);
  const { sessionId } = await runSession(side);
  const inSide = await shown(sessionId, ({ worktree }) => worktree !== null);
  const worktree = { name: "side", path: side, projectPath: shop, isGone: false };
  expect(inSide).toMatchObject({ projectPath: side, worktree, gitBranch: "aside", isFolderGone: false });
  expect(inShop.worktree).toBeNull();
  expect(await projects()).toEqual([{ projectPath: shop, sessionCount: 2, isGone: false }]);
  const { items } = await observed.ask("sessions.list", { project: shop });
  expect(items).toHaveLength(2);

  // It goes on in its worktree, and not in the repository's own working tree.
  const resumed = await observed.ask("sessions.start", { resume: sessionId });
  expect(resumed).toMatchObject({ owner: "owned", projectPath: side });
  const fresh = await observed.ask("sessions.start", { cwd: side });
  await shown(fresh.sessionId, (one) => one.owner === "owned" && one.worktree?.name === "side");
  expect(await projects()).toEqual([{ projectPath: shop, sessionCount: 3, isGone: false }]);

  await observed.ask("sessions.close", { sessionId });
  await observed.ask("sessions.close", { sessionId: fresh.sessionId });
  await rm(side, { recursive: true });
  const refused = observed.ask("sessions.start", { resume: sessionId });
  await expect(refused).rejects.toMatchObject({ code: "directory_unusable", message: expect.stringContaining(side) });
});

test("a session of a folder that was moved says so, and goes on where it was last", async () => {
  const { sessionId } = await runSession(shop);
  const moved = join(shop, "..", "moved");
  await rename(shop, moved);
  const refused = observed.ask("sessions.start", { resume: sessionId });
  await expect(refused).rejects.toMatchObject({ code: "directory_unusable", message: expect.stringContaining(shop) });

  await runHeadless(observed.environment, { cwd: moved, args: ["--resume", sessionId], says: ["SAY moved"] });
  await shown(sessionId, ({ facts, live }) => !live && facts?.lastCwd === moved);
  await observed.stop();
  await observed.start();
  await shown(sessionId, ({ isFolderGone }) => isFolderGone);
  expect(await projects()).toEqual([{ projectPath: shop, sessionCount: 1, isGone: true }]);
  const resumed = await observed.ask("sessions.start", { resume: sessionId });
  expect(resumed).toMatchObject({ owner: "owned", live: true, projectPath: moved });
});

test("a new session needs a directory", async () => {
  await expect(observed.ask("sessions.start", { prompt: "SAY hello" })).rejects.toThrow(/needs a directory/u);
});
