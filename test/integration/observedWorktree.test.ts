/** A session that enters a worktree: the CLI moves its transcript to another folder while clients look at it. */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createObservedEngine, type ObservedEngine, runHeadless, spoken } from "./observedEngine.ts";

let observed: ObservedEngine;

beforeEach(async () => {
  observed = await createObservedEngine();
});

afterEach(async () => {
  await observed.dispose();
});

test("a client that looks at the session misses nothing and sees nothing twice", async () => {
  const { environment, api } = observed;
  const cwd = await environment.projectDir("shop");
  const author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  for (const args of [
    ["init", "-q"],
    [...author, "commit", "-q", "--allow-empty", "-m", "Begin"],
  ]) {
    execFileSync("git", args, { cwd, env: environment.env });
  }
  const sessionId = randomUUID();
  const moving = api.hold("CALL_TOOL EnterWorktree", 0);
  const gate = api.hold("SAY two");
  const run = runHeadless(environment, {
    cwd,
    args: ["--session-id", sessionId, "--allowedTools", "EnterWorktree"],
    says: ["SAY one", 'CALL_TOOL EnterWorktree {"name":"side"}', "SAY two"],
  });
  await observed.session((one) => one.sessionId === sessionId && one.turnCount > 0);
  const watched = await observed.watch(sessionId);
  moving.release();
  await gate.arrived;
  await observed.session((one) => one.sessionId === sessionId && one.facts?.lastCwd?.endsWith("side") === true);
  gate.release();
  await run;
  await watched.until((events) => spoken(events).includes("assistant: two"));
  const { items } = await observed.ask("sessions.events", { sessionId });
  expect(spoken(watched.events())).toEqual(spoken(items));
  expect(spoken(items).filter((line) => line.startsWith("user"))).toEqual([
    "user: SAY one",
    'user: CALL_TOOL EnterWorktree {"name":"side"}',
    "user: SAY two",
  ]);
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 3);
  const list = (await observed.ask("sessions.list", {})).items;
  expect(list).toMatchObject([{ sessionId, projectPath: cwd, turnCount: 3 }]);
});
