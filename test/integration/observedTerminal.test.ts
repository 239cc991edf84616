/**
 * Sessions in terminals, as clients of a whole engine see them: in the list, in their feed, and in the list of processes.
 * That they are seen, and how soon is measured by the figure `observed` of the bench: a busy machine fails no test.
 */
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ActivityKind } from "../../shared/model/activity.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import { hasTmux } from "../support/terminalSession.ts";
import { createObservedEngine, type ObservedEngine, runHeadless, spoken } from "./observedEngine.ts";

let observed: ObservedEngine;
let cwd: string;

beforeEach(async () => {
  observed = await createObservedEngine();
  cwd = await observed.environment.projectDir("shop");
});

afterEach(async () => {
  await observed.dispose();
});

test.skipIf(!hasTmux)("a session in a terminal is in the list with what it is doing, and leaves it", async () => {
  const { terminal, api, session } = observed;
  const repl = await terminal.start(cwd);
  const { sessionId } = await session(({ pid }) => pid === repl.pid);
  const now = doing(observed, sessionId);
  await now(({ kind }) => kind === "idle");
  expect(observed.sessions().find((one) => one.sessionId === sessionId)).toMatchObject({
    projectPath: cwd,
    owner: "observed",
    live: true,
    pid: repl.pid,
    cliVersion: "2.1.329",
    turnCount: 0,
    routes: [],
  });

  const gate = api.hold("SAY");
  await repl.say("SAY The shop is open.");
  await now(({ kind }) => kind === "working");
  gate.release();
  await now((activity) => activity.kind === "idle" && activity.text === "The shop is open.");

  const isWaiting = () => activityOf(observed, sessionId).kind === "awaiting_permission";
  await repl.say("RUN_BASH: touch made; until [ -e go ]; do sleep 0.05; done");
  await now((activity) => activity.kind === "awaiting_permission" && activity.toolName === "Bash");
  await repl.answer("Enter", "Do you want to proceed?", isWaiting);
  await now((activity) => activity.kind === "tool_pending" && activity.tools[0]?.name === "Bash");
  await writeFile(join(cwd, "go"), "");
  await now(({ kind }) => kind === "idle");

  await repl.say("SAY Shall I go on?");
  await now((activity) => activity.kind === "awaiting_answer" && activity.question === "Shall I go on?");

  const kinds = kindsTold(observed, sessionId);
  expect(inOrder(kinds, ["idle", "working", "awaiting_permission", "tool_pending", "idle", "awaiting_answer"])).toBe(
    true,
  );
  // Counted by the index, which may be behind what the end of the transcript tells.
  await session((one) => one.sessionId === sessionId && one.turnCount === 3);

  await repl.say("/exit");
  await session((one) => one.sessionId === sessionId && !one.live);
  expect(observed.sessions().find((one) => one.sessionId === sessionId)).toMatchObject({
    title: "SAY The shop is open.",
    owner: "none",
    live: false,
    pid: null,
    activity: { kind: "ended", exitCode: null },
    turnCount: 3,
  });
});

test.skipIf(!hasTmux)(
  "a session that is killed before it said anything is forgotten, though its file stays",
  async () => {
    const repl = await observed.terminal.start(cwd);
    const { sessionId } = await observed.session(({ pid, activity }) => pid === repl.pid && activity.kind === "idle");
    process.kill(repl.pid, "SIGKILL");
    await observed.gone(sessionId);
    await expect(observed.ask("sessions.get", { sessionId })).rejects.toMatchObject({ code: "not_found" });
  },
);

test.skipIf(!hasTmux)("a feed that is opened before there is a transcript tells all of it as it comes", async () => {
  const repl = await observed.terminal.start(cwd);
  const { sessionId } = await observed.session(({ pid, activity }) => pid === repl.pid && activity.kind === "idle");
  const early = await observed.watch(sessionId);
  expect([early.snapshot, early.hasOlder]).toEqual([[], false]);

  await repl.say("SAY One");
  await early.until((events) => spoken(events).includes("assistant: One"));
  const late = await observed.watch(sessionId);
  await repl.say("SAY Two");
  await early.until((events) => spoken(events).includes("assistant: Two"));
  await late.until((events) => spoken(events).includes("assistant: Two"));
  await repl.say("RUN_BASH: echo three");
  const isWaiting = () => activityOf(observed, sessionId).kind === "awaiting_permission";
  await repl.answer("Enter", "Do you want to proceed?", isWaiting);
  await early.until((events) => spoken(events).length === 8);
  await late.until((events) => spoken(events).length === 8);
  await repl.say("/exit");
  await observed.session((one) => one.sessionId === sessionId && !one.live);

  const after = await observed.watch(sessionId);
  const { items } = await observed.ask("sessions.events", { sessionId });
  const expected = [
    "user: SAY One",
    "assistant: One",
    "user: SAY Two",
    "assistant: Two",
    "user: RUN_BASH: echo three",
    "call: Bash",
    "result: three",
    "assistant: The Bash tool answered: three",
  ];
  const all = [early.events(), late.events(), after.snapshot, items];
  expect(all.map((events) => spoken(events).slice(0, 8))).toEqual(all.map(() => expected));
  for (const events of all) expect(new Set(events.map(({ seq }) => seq)).size).toBe(events.length);
});

test.skipIf(!hasTmux)("a client that looks at an ended session sees it go on in a terminal", async () => {
  const sessionId = randomUUID();
  await runHeadless(observed.environment, { cwd, args: ["--session-id", sessionId], says: ["SAY before"] });
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 1);
  const watched = await observed.watch(sessionId);
  expect(spoken(watched.snapshot)).toEqual(["user: SAY before", "assistant: before"]);

  const repl = await observed.terminal.start(cwd, ["--resume", sessionId]);
  await observed.session((one) => one.sessionId === sessionId && one.owner === "observed");
  await repl.shows("before");
  await repl.say("SAY after");
  const events = await watched.until((all) => spoken(all).includes("assistant: after"));
  expect(spoken(events)).toEqual(["user: SAY before", "assistant: before", "user: SAY after", "assistant: after"]);
});

test.skipIf(!hasTmux)("/clear moves the process to another session, and the old one is not live any more", async () => {
  const repl = await observed.terminal.start(cwd);
  const first = await observed.session(({ pid, activity }) => pid === repl.pid && activity.kind === "idle");
  await repl.say("SAY something");
  await observed.session((one) => one.sessionId === first.sessionId && one.turnCount === 1);
  await repl.say("/clear");
  const second = await observed.session((one) => one.pid === repl.pid && one.sessionId !== first.sessionId);
  expect(second).toMatchObject({ live: true, owner: "observed", projectPath: cwd });
  const old = await observed.session((one) => one.sessionId === first.sessionId && !one.live);
  expect(old).toMatchObject({ owner: "none", pid: null, activity: { kind: "ended" } });
});

test.skipIf(!hasTmux)(
  "the list of processes shows a terminal's session, and ends it only when it is the one meant",
  async () => {
    const { ask, environment } = observed;
    const repl = await observed.terminal.start(cwd);
    const { sessionId } = await observed.session(({ pid, activity }) => pid === repl.pid && activity.kind === "idle");
    await repl.say("SAY hello");
    await observed.session((one) => one.sessionId === sessionId && one.turnCount === 1);
    const owned = await ask("sessions.start", { cwd: environment.home });

    const { items } = await ask("processes.list", {});
    const row = items.find(({ pid }) => pid === repl.pid);
    const child = items.find(({ pid }) => pid === owned.pid);
    expect(row).toMatchObject({ owner: "observed", sessionId, projectPath: cwd, tty: expect.any(String), routes: [] });
    expect(child).toMatchObject({ owner: "owned", sessionId: owned.sessionId, tty: null, routes: ["stdin"] });
    expect(observed.sessions().find((one) => one.sessionId === owned.sessionId)).toMatchObject({ owner: "owned" });

    const wrong = { pid: repl.pid, startIdentity: child?.startIdentity ?? "" };
    await expect(ask("processes.stop", wrong)).rejects.toMatchObject({ code: "process_changed" });
    await expect(ask("processes.stop", { pid: process.pid, startIdentity: "1" })).resolves.toEqual({
      outcome: "already_gone",
    });
    await expect(ask("processes.stop", { pid: repl.pid, startIdentity: row?.startIdentity ?? "" })).resolves.toEqual({
      outcome: "ended",
    });
    await observed.session((one) => one.sessionId === sessionId && !one.live);

    await expect(
      ask("processes.stop", { pid: owned.pid ?? 0, startIdentity: child?.startIdentity ?? "" }),
    ).resolves.toEqual({ outcome: "ended" });
    const ended = observed.sessions().find((one) => one.sessionId === owned.sessionId);
    expect(ended).toMatchObject({ owner: "none", live: false, activity: { kind: "ended" } });
    const exits = observed.told().filter(({ type }) => type === "process.exited");
    expect(exits.map(({ data }) => data)).toMatchObject([{ pid: owned.pid, expected: true }]);
  },
);

test.skipIf(!hasTmux)("a session is taken over only once its terminal has ended, with all of its past", async () => {
  const { ask } = observed;
  const repl = await observed.terminal.start(cwd);
  const { sessionId } = await observed.session(({ pid, activity }) => pid === repl.pid && activity.kind === "idle");
  await repl.say("SAY in the terminal");
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 1 && one.activity.kind === "idle");
  const watched = await observed.watch(sessionId);
  const refusal = { code: "session_open_elsewhere", detail: { pid: repl.pid, sessionId } };
  await expect(ask("sessions.start", { cwd, resume: sessionId })).rejects.toMatchObject(refusal);
  await expect(ask("sessions.start", { cwd, resume: sessionId, fork: true })).rejects.toMatchObject(refusal);
  await repl.say("SAY still there");
  await watched.until((events) => spoken(events).includes("assistant: still there"));
  await repl.say("/exit");
  await observed.session((one) => one.sessionId === sessionId && !one.live);

  await ask("sessions.start", { cwd, resume: sessionId, prompt: "SAY taken over" });
  const terminal = ["user: SAY in the terminal", "assistant: in the terminal"];
  terminal.push("user: SAY still there", "assistant: still there");
  const here = ["user: SAY taken over", "assistant: taken over"];
  const events = await watched.until(
    (all) => all.some(({ type }) => type === "turn.completed") && spoken(all).length > 5,
  );
  expect(spoken(events)).toEqual([...terminal, ...here]);
  const again = await observed.watch(sessionId);
  expect(spoken(again.snapshot)).toEqual(here);
  expect(again.hasOlder).toBe(true);
  const { items } = await ask("sessions.events", { sessionId, before: again.snapshot[0]?.seq ?? 0 });
  expect(spoken(items)).toEqual(terminal);
  expect(observed.sessions().find((one) => one.sessionId === sessionId)).toMatchObject({ owner: "owned", live: true });
});

test.skipIf(!hasTmux)("after a restart of the host a terminal's session is there at once, and goes on", async () => {
  const repl = await observed.terminal.start(cwd);
  const { sessionId } = await observed.session(({ pid, activity }) => pid === repl.pid && activity.kind === "idle");
  await repl.say("SAY before the restart");
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 1 && one.activity.kind === "idle");

  await observed.stop();
  await observed.start();
  expect(observed.sessions()).toMatchObject([
    { sessionId, title: "SAY before the restart", owner: "observed", live: true, pid: repl.pid, turnCount: 1 },
  ]);
  const watched = await observed.watch(sessionId);
  await repl.say("SAY after the restart");
  const events = await watched.until((all) => spoken(all).includes("assistant: after the restart"));
  const words = ["before the restart", "after the restart"];
  expect(spoken(events)).toEqual(words.flatMap((text) => [`user: SAY ${text}`, `assistant: ${text}`]));
  process.kill(repl.pid, "SIGKILL");
  await observed.session((one) => one.sessionId === sessionId && !one.live);
  expect(observed.sessions()).toMatchObject([{ sessionId, owner: "none", pid: null, activity: { kind: "ended" } }]);
});

function activityOf({ sessions }: ObservedEngine, sessionId: string): SessionSummary["activity"] {
  return sessions().find((one) => one.sessionId === sessionId)?.activity ?? { kind: "unknown" };
}

/** Resolves as soon as the session does what passes. */
function doing(engine: ObservedEngine, sessionId: string) {
  return (passes: (activity: SessionSummary["activity"]) => boolean) =>
    engine.session((one) => one.sessionId === sessionId && passes(one.activity));
}

function kindsTold({ told }: ObservedEngine, sessionId: string): readonly ActivityKind[] {
  return told().flatMap((event) =>
    event.type === "session.sighted" && event.sessionId === sessionId ? [event.data.summary.activity.kind] : [],
  );
}

/** Whether the wanted ones come one after the other, whatever is between them. */
function inOrder(all: readonly string[], wanted: readonly string[]): boolean {
  let at = 0;
  for (const one of all) if (one === wanted[at]) at += 1;
  return at === wanted.length;
}
