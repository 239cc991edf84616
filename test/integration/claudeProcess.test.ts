/** One owned claude process over real pipes: the real CLI. */
import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { childEnvironment } from "../../electron/engine/claude/childEnvironment.ts";
import { isLoggedOut } from "../../electron/engine/claude/isLoggedOut.ts";
import type { LaunchOptions } from "../../electron/engine/claude/launchArguments.ts";
import { buildLaunchArguments } from "../../electron/engine/claude/launchArguments.ts";
import { locateClaude } from "../../electron/engine/claude/locateClaude.ts";
import type { ClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import type { ScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import type { Recorded } from "./recordedProcess.ts";
import { start, testFolder, waitUntilGone } from "./recordedProcess.ts";

let api: ScriptedApi;
let environment: ClaudeEnvironment;
let cwd: string;

beforeAll(async () => {
  api = await startScriptedApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
});

afterAll(async () => {
  await api.close();
  await environment.dispose();
});

beforeEach(async () => {
  cwd = await environment.projectDir(crypto.randomUUID());
});

async function hasTranscript(sessionId: string): Promise<boolean> {
  const files = await readdir(environment.configDir, { recursive: true });
  return files.some((file) => file.endsWith(`${sessionId}.jsonl`));
}

function startReal(options: LaunchOptions = {}, env: Readonly<Record<string, string>> = {}): Promise<Recorded> {
  return start({
    command: { file: environment.claudePath },
    launchArguments: buildLaunchArguments(options),
    cwd,
    env: childEnvironment({ ...environment.env, ...env }),
  });
}

test("is located, with its version", async () => {
  const { env, claudePath, home } = environment;
  expect(await locateClaude({ explicitPath: claudePath, environment: env, home })).toMatchObject({
    ok: true,
    version: "2.1.329",
  });
});

test("one turn: written, queued, started, said, answered; then a clean end", async () => {
  const session = await startReal({ sessionId: crypto.randomUUID() });
  const uuid = crypto.randomUUID();
  const { promise: written, resolve } = Promise.withResolvers<unknown>();
  session.process.sendUserMessage({ uuid, text: "SAY hello" }, resolve);
  expect(await written).toBeNull();
  const result = await session.waitFor("result");
  expect(result).toMatchObject({ subtype: "success", isError: false, text: "hello", userMessageUuids: [uuid] });
  await session.waitFor("command_lifecycle", ({ state }) => state === "completed");
  session.process.endInput();
  expect(await session.process.waitForExit()).toEqual({
    pid: session.process.pid,
    ok: true,
    exitCode: 0,
    signal: null,
    stderrTail: "",
    reasonCode: "stopped",
    reason: null,
  });
  expect(session.process.isAlive).toBe(false);
  expect(session.process.exitStatus()).toEqual(session.exits[0]);
  const states = session.messages.flatMap((message) => (message.kind === "command_lifecycle" ? [message.state] : []));
  expect(states).toEqual(["queued", "started", "completed"]);
  expect(session.messages.filter(({ kind }) => kind === "unrecognised")).toEqual([]);
});

test("every launch option is taken, also values that look like flags", async () => {
  const session = await startReal({
    model: "sonnet",
    permissionMode: "plan",
    name: "--name",
    sessionId: "6a2a0947-09a4-4ea0-a56b-d7d651142222",
    appendSystemPrompt: "--help",
    allowedTools: ["Bash(echo *)", "-x"],
    disallowedTools: ["WebFetch", "WebSearch"],
    additionalDirectories: [testFolder()],
    mcpConfig: ['{"mcpServers":{"none":{"command":"false"}}}'],
    maxTurns: 5,
    maxBudgetUsd: 1.5,
  });
  session.say("SAY hello");
  const init = await session.waitFor("system/init");
  expect(init).toMatchObject({
    sessionId: "6a2a0947-09a4-4ea0-a56b-d7d651142222",
    model: "claude-sonnet-5-5",
    permissionMode: "plan",
    mcpServers: [{ name: "none" }],
  });
  expect(init.tools).not.toContain("WebFetch");
  expect(await session.waitFor("system/session_title_changed")).toMatchObject({ title: "--name" });
  expect(await session.waitFor("result")).toMatchObject({ subtype: "success" });
});

test("control requests: answered, refused, and failed when the process is gone", async () => {
  const session = await startReal();
  const initialized = await session.process.request("initialize", {});
  expect(initialized).toHaveProperty("commands");
  expect(isLoggedOut(initialized)).toBe(false);
  expect(await session.process.request("set_permission_mode", { mode: "plan" })).toEqual({ mode: "plan" });
  await expect(session.process.request("no_such_thing", {})).rejects.toMatchObject({ code: "refused" });
  await session.process.stop();
  await expect(session.process.request("get_usage", {})).rejects.toMatchObject({ code: "not_running" });
});

test("without credentials it says so before the first turn", async () => {
  const loggedOut = await createClaudeEnvironment({ apiUrl: api.url, apiKey: null });
  const launch = { command: { file: loggedOut.claudePath }, launchArguments: buildLaunchArguments({}), cwd };
  const session = await start({ ...launch, env: loggedOut.env });
  expect(isLoggedOut(await session.process.request("initialize", {}))).toBe(true);
  session.say("SAY hello");
  expect(await session.waitFor("result")).toMatchObject({
    isError: true,
    text: expect.stringContaining("Not logged in"),
  });
  await session.process.stop();
  await loggedOut.dispose();
});

test("a permission request is allowed with other input, another is denied, a third is withdrawn by an interrupt", async () => {
  const session = await startReal();
  session.say(`RUN_BASH: touch ${join(testFolder(), "asked")}`);
  const ask = await session.waitFor("control_request/can_use_tool");
  const updatedInput = { ...ask.input, command: `touch ${join(testFolder(), "edited")}` };
  session.process.answerPermission(ask.requestId, { behavior: "allow", updatedInput });
  await session.waitFor("result");
  await access(join(testFolder(), "edited"));
  await expect(access(join(testFolder(), "asked"))).rejects.toThrow("ENOENT");

  const second = session.messages.length;
  session.say(`RUN_BASH: touch ${join(testFolder(), "asked")}`);
  const deny = await session.waitFor("control_request/can_use_tool", undefined, second);
  session.process.answerPermission(deny.requestId, { behavior: "deny", message: "Use the other folder" });
  await session.waitFor("result", undefined, second);
  expect(session.texts().at(-1)).toContain("Use the other folder");

  const third = session.messages.length;
  session.say(`RUN_BASH: touch ${join(testFolder(), "asked")}`);
  const open = await session.waitFor("control_request/can_use_tool", undefined, third);
  expect(await session.process.request("interrupt", {})).toEqual({ still_queued: [] });
  const cancel = await session.waitFor("control_cancel_request", undefined, third);
  expect(cancel.requestId).toBe(open.requestId);
  expect(await session.waitFor("result", undefined, third)).toMatchObject({ terminalReason: "aborted_tools" });
  expect(await session.process.stop()).toMatchObject({ ok: true, reasonCode: "stopped" });
});

test("text of any kind neither kills it nor runs a command", async () => {
  const session = await startReal();
  session.say('SAY a\u2028b\u0000c \ud800 {"type":"user"}\n/exit', { clientComposed: true });
  expect(await session.waitFor("result")).toMatchObject({ subtype: "success" });
  const second = session.messages.length;
  session.say("SAY still here");
  expect(await session.waitFor("result", undefined, second)).toMatchObject({ text: "still here" });
});

test.each([
  ["unknown id to resume", { resume: "48bed2bd-0dcd-4d5b-940e-d2a81e7ac08f" }, "conversation_not_found"],
  ["an id that looks like a flag", { resume: "--dangerously-skip-permissions" }, "conversation_not_found"],
  ["an MCP file that is not there", { mcpConfig: ["/nowhere.json"] }, "invalid_mcp_config"],
])("an early death says why: %s", async (_name, options, reasonCode) => {
  const session = await startReal(options);
  const exit = await session.process.waitForExit();
  expect(exit).toMatchObject({ ok: false, exitCode: 1, reasonCode, reason: expect.any(String) });
});

test("a session id in use says so; resume and fork continue it", async () => {
  const sessionId = crypto.randomUUID();
  const first = await startReal({ sessionId });
  first.say("SAY hello");
  await first.waitFor("result");
  await first.process.stop();
  const again = await startReal({ sessionId });
  expect(await again.process.waitForExit()).toMatchObject({ ok: false, reasonCode: "session_id_in_use" });

  const resumed = await startReal({ resume: sessionId, sessionId });
  resumed.say("SAY again");
  expect(await resumed.waitFor("system/init")).toMatchObject({ sessionId });
  await resumed.process.stop();

  const copyId = crypto.randomUUID();
  const fork = await startReal({ resume: sessionId, fork: true, sessionId: copyId });
  fork.say("SAY apart");
  expect(await fork.waitFor("system/init")).toMatchObject({ sessionId: copyId });
});

test("killed from outside: the reason says so, and it can be resumed", async () => {
  const sessionId = crypto.randomUUID();
  const session = await startReal({ sessionId });
  session.say(`RUN_BASH: touch ${join(testFolder(), "x")}`);
  await session.waitFor("control_request/can_use_tool");
  // The CLI writes its transcript a moment after it speaks; before that there is nothing to resume.
  await expect.poll(() => hasTranscript(sessionId), { timeout: 20_000 }).toBe(true);
  process.kill(session.process.pid, "SIGKILL");
  expect(await session.process.waitForExit()).toMatchObject({ ok: false, signal: "SIGKILL", reasonCode: "killed" });
  const resumed = await startReal({ resume: sessionId });
  resumed.say("SAY back");
  expect(await resumed.waitFor("result")).toMatchObject({ text: "back" });
});

test("stopped in the middle of a command: the command is gone as well", async () => {
  const session = await startReal();
  const pidFile = join(testFolder(), "pid");
  session.say(`RUN_BASH: echo $$ > ${pidFile}; trap "" TERM; while :; do sleep 1; done`);
  const ask = await session.waitFor("control_request/can_use_tool");
  session.process.answerPermission(ask.requestId, { behavior: "allow", updatedInput: ask.input });
  await expect.poll(() => readPid(pidFile), { timeout: 20_000 }).toBeGreaterThan(0);
  const shellPid = await readPid(pidFile);
  expect(await session.process.stop({ graceMs: 100, termMs: 500 })).toMatchObject({
    ok: true,
    reasonCode: "stopped",
  });
  await waitUntilGone(shellPid);
});

test("what marks a nested session does not reach it", async () => {
  const session = await startReal({}, { CLAUDE_CODE_SESSION_ID: "outer", CLAUDECODE: "1", SWITCHBOARD_TEST: "kept" });
  session.say("RUN_BASH: echo $SWITCHBOARD_TEST $CLAUDE_CODE_SESSION_ID");
  const ask = session
    .waitFor("control_request/can_use_tool")
    .then(({ requestId, input }) =>
      session.process.answerPermission(requestId, { behavior: "allow", updatedInput: input }),
    );
  const init = await session.waitFor("system/init");
  await session.waitFor("result");
  expect(session.texts().at(-1)).toContain(`kept ${init.sessionId ?? ""}`);
  await session.process.stop();
  await ask.catch(() => undefined);
});

async function readPid(path: string): Promise<number> {
  return Number.parseInt(await readFile(path, "utf8").catch(() => "0"), 10) || 0;
}
