/** One owned claude process over real pipes: what the real CLI will not do on demand. */
import { expect, test } from "vitest";
import { startClaudeProcess } from "../../electron/engine/claude/claudeProcess.ts";
import { readStartIdentity } from "../../electron/engine/claude/processIdentity.ts";
import { MAX_PASSED_CHARS, MAX_TAIL_CHARS } from "../../electron/engine/claude/stderrTail.ts";
import { endProcessTrees } from "../../electron/engine/claude/stopProcess.ts";
import type { Recorded } from "./recordedProcess.ts";
import { start, startFake, testFolder, waitUntilGone } from "./recordedProcess.ts";

/** The pid of the process that the fake started for itself. */
async function grandchildOf(fake: Recorded): Promise<number> {
  const { raw } = await fake.waitFor("unrecognised", ({ messageType }) => messageType === "system/fake_grandchild");
  return Number(JSON.parse(raw).pid);
}

test("a line of 20 MB arrives whole, and the turn goes on", async () => {
  const fake = await startFake("hugeLine");
  fake.say("SAY hello");
  await fake.waitFor("result");
  expect(Math.max(...fake.texts().map((text) => text.length))).toBe(20 * 1024 * 1024);
});

test("a character that lies across two reads arrives whole", async () => {
  const fake = await startFake("splitCharacter");
  fake.say("SAY hello");
  const split = await fake.waitFor("unrecognised", ({ messageType }) => messageType === "system/fake_split");
  expect(split.raw).toContain("snow ☃ man");
});

test("a line that is not JSON, and a type nobody knows, are kept and the turn goes on", async () => {
  const fake = await startFake("notJson,unknownType");
  fake.say("SAY hello");
  await fake.waitFor("result");
  const unrecognised = fake.messages.filter((message) => message.kind === "unrecognised");
  expect(unrecognised).toEqual([
    {
      kind: "unrecognised",
      reason: "not_json",
      messageType: null,
      raw: "Warning: this line is not JSON",
      omittedChars: 0,
    },
    {
      kind: "unrecognised",
      reason: "unknown_type",
      messageType: "fake_unknown_type",
      raw: expect.stringContaining("42"),
      omittedChars: 0,
    },
  ]);
});

test("CRLF line ends are line ends", async () => {
  const fake = await startFake("crlf");
  fake.say("SAY hello");
  await fake.waitFor("result");
  expect(fake.messages.filter(({ kind }) => kind === "unrecognised")).toEqual([]);
});

test("a control request that nobody knows is answered at once, and told", async () => {
  const fake = await startFake("unknownControl");
  fake.say("SAY hello");
  const told = await fake.waitFor("control_request/unknown");
  expect(told).toMatchObject({ subtype: "fake_unknown_request" });
  const { raw } = await fake.waitFor("unrecognised", ({ messageType }) => messageType === "system/fake_control_answer");
  expect(JSON.parse(raw)).toMatchObject({ answer: "error", error: expect.stringContaining("fake_unknown_request") });
  await fake.waitFor("result");
});

test("a consumer that throws loses that message and no other", async () => {
  const fake = await startFake("", ({ kind }) => {
    if (kind === "assistant") throw new Error("the consumer broke");
  });
  fake.say("SAY hello");
  await fake.waitFor("result");
  expect(fake.problems).toMatchObject([{ what: "message_skipped", message: { kind: "assistant" } }]);
});

test("consumers of stderr and of the exit that throw break nothing", async () => {
  const broken = new Error("the consumer broke");
  const problems: string[] = [];
  const throwing = await startClaudeProcess({
    command: { file: process.execPath, args: ["-e", "console.error('words')"] },
    launchArguments: [],
    cwd: testFolder(),
    env: {},
    onMessage: () => undefined,
    onStderr: () => {
      throw broken;
    },
    onExit: () => {
      throw broken;
    },
    onProblem: ({ what }) => problems.push(what),
  });
  expect(await throwing.waitForExit()).toMatchObject({ ok: true, stderrTail: "words\n" });
  expect(problems).toEqual(["stderr_skipped", "exit_skipped"]);
});

test("stdout closed while it still runs: it is ended, and the reason says so", async () => {
  const fake = await startFake("stdoutClosed");
  fake.say("SAY hello");
  expect(await fake.process.waitForExit()).toMatchObject({ ok: false, reasonCode: "output_closed" });
});

test("a flood on stderr is drained, and little of it kept", async () => {
  const fake = await startFake("stderrFlood");
  fake.say("SAY hello");
  await fake.waitFor("result");
  const exit = await fake.process.stop();
  expect(exit.stderrTail).toBe(`${"e".repeat(MAX_TAIL_CHARS - 1)}\n`);
  expect(fake.stderr.length).toBeGreaterThanOrEqual(MAX_PASSED_CHARS);
  expect(fake.stderr.length).toBeLessThan(MAX_PASSED_CHARS + 200);
  expect(fake.stderr).toContain("the rest is not shown");
});

test("death at start: its last words are the reason, and open requests fail", async () => {
  const fake = await startFake("exitAtStart");
  const request = fake.process.request("initialize", {}).catch((error: unknown) => error);
  const exit = await fake.process.waitForExit();
  expect(exit).toMatchObject({
    ok: false,
    exitCode: 1,
    reasonCode: "failed",
    reason: expect.stringContaining("told to die"),
  });
  expect(await request).toMatchObject({ code: "not_running" });
  expect(fake.exits).toEqual([exit]);
});

test("a crash in the middle of a turn: what it said before arrives, before the exit", async () => {
  const fake = await startFake("crash");
  fake.say("SAY hello");
  const exit = await fake.process.waitForExit();
  expect(exit).toMatchObject({ ok: false, exitCode: 7, reasonCode: "failed" });
  expect(fake.messages.map(({ kind }) => kind)).toContain("user");
});

test("the end of stdin and SIGTERM ignored: SIGKILL ends it", async () => {
  const fake = await startFake("ignoresEnd");
  await fake.process.request("initialize", {});
  const exit = await fake.process.stop({ graceMs: 100, termMs: 100 });
  expect(exit).toMatchObject({ ok: true, signal: "SIGKILL", reasonCode: "stopped" });
  expect(await fake.process.stop()).toBe(exit);
  expect(fake.exits).toEqual([exit]);
});

test.each(["grandchild", "detachedGrandchild"])("a %s that ignores SIGTERM is gone after stop", async (fault) => {
  const fake = await startFake(fault);
  const pid = await grandchildOf(fake);
  expect(await fake.process.stop({ graceMs: 5_000, termMs: 100 })).toMatchObject({ ok: true });
  await waitUntilGone(pid);
});

test("a control request that is not answered ends when its time is up", async () => {
  const silent = await start({
    command: { file: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"] },
    launchArguments: [],
    cwd: testFolder(),
    env: {},
  });
  await expect(silent.process.request("initialize", {}, 50)).rejects.toMatchObject({ code: "timed_out" });
});

test("a child that does not read makes the host refuse, not grow", async () => {
  const deaf = await start({
    command: { file: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"] },
    launchArguments: [],
    cwd: testFolder(),
    env: {},
  });
  const text = "x".repeat(20 * 1024 * 1024);
  const errors: unknown[] = [];
  const { promise: refused, resolve } = Promise.withResolvers<void>();
  for (let count = 0; count < 5; count += 1) {
    deaf.process.sendUserMessage({ uuid: String(count), text }, (error) => {
      errors.push(error?.code);
      resolve();
    });
  }
  await refused;
  expect(errors).toEqual(["input_full", "input_full"]);
});

test("somebody else who keeps the pipes open does not keep the exit back", async () => {
  const program = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit", detached: true });
    const text = JSON.stringify({ type: "holder", pid: child.pid }) + "\\nno line end";
    process.stdout.write(text, () => process.exit(3));`;
  const leaky = await start({
    command: { file: process.execPath, args: ["-e", program] },
    launchArguments: [],
    cwd: testFolder(),
    env: {},
  });
  const { raw } = await leaky.waitFor("unrecognised");
  const exit = await leaky.process.waitForExit();
  expect(exit).toMatchObject({ ok: false, exitCode: 3 });
  expect(leaky.messages.at(-1)).toMatchObject({ reason: "not_json", raw: "no line end" });
  const { pid } = JSON.parse(raw);
  const startIdentity = (await readStartIdentity(pid)) ?? "";
  await endProcessTrees([{ pid, startIdentity }], { termMs: 100 });
  await waitUntilGone(pid);
});

test.each([
  ["a program that is not there", { file: "/nowhere/claude" }, []],
  ["an argument that no system takes", { file: process.execPath }, ["a\0b"]],
  ["arguments that are too long", { file: process.execPath }, ["x".repeat(4 * 1024 * 1024)]],
])("cannot be started: %s", async (_name, command, launchArguments) => {
  await expect(start({ command, launchArguments, cwd: testFolder(), env: {} })).rejects.toMatchObject({
    code: "start_failed",
  });
});
