/** One owned claude process over real pipes: the real CLI where it shows the behaviour, the fake where it will not. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ClaudeMessage } from "../../electron/engine/claude/claudeMessage.ts";
import type { ClaudeProcess, ClaudeProcessOptions, ProcessExit } from "../../electron/engine/claude/claudeProcess.ts";
import { startClaudeProcess } from "../../electron/engine/claude/claudeProcess.ts";
import { childEnvironment } from "../../electron/engine/claude/childEnvironment.ts";
import type { LaunchOptions } from "../../electron/engine/claude/launchArguments.ts";
import { buildLaunchArguments } from "../../electron/engine/claude/launchArguments.ts";
import { locateClaude } from "../../electron/engine/claude/locateClaude.ts";
import { isSameProcess, readStartIdentity } from "../../electron/engine/claude/processIdentity.ts";
import { startReaper } from "../../electron/engine/claude/reaper.ts";
import { MAX_PASSED_CHARS, MAX_TAIL_CHARS } from "../../electron/engine/claude/stderrTail.ts";
import { endProcessTrees } from "../../electron/engine/claude/stopProcess.ts";
import type { ClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import type { ScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";

const fakePath = fileURLToPath(new URL("../support/fakeClaude/fakeClaude.mjs", import.meta.url));

type Kind = ClaudeMessage["kind"];
type MessageOf<K extends Kind> = Extract<ClaudeMessage, { readonly kind: K }>;

/** A process with everything it said, and waits that end when it does. */
class Recorded {
  readonly messages: ClaudeMessage[] = [];
  readonly exits: ProcessExit[] = [];
  readonly problems: unknown[] = [];
  stderr = "";
  #process: ClaudeProcess | null = null;
  readonly #waiting = new Set<() => void>();

  static async start(options: Pick<ClaudeProcessOptions, "command" | "launchArguments" | "cwd" | "env" | "reaper">, onMessage?: (message: ClaudeMessage) => void): Promise<Recorded> {
    const recorded = new Recorded();
    recorded.#process = await startClaudeProcess({
      ...options,
      onMessage: (message) => {
        recorded.messages.push(message);
        recorded.#wake();
        onMessage?.(message);
      },
      onStderr: (text) => (recorded.stderr += text),
      onExit: (exit) => {
        recorded.exits.push(exit);
        recorded.#wake();
      },
      onProblem: (problem) => recorded.problems.push(problem),
    });
    return recorded;
  }

  get process(): ClaudeProcess {
    if (this.#process === null) throw new Error("Not started");
    return this.#process;
  }

  #wake(): void {
    for (const look of this.#waiting) look();
  }

  /** The first message of the kind, past or future, at or after `from`, that the predicate accepts. */
  async waitFor<K extends Kind>(kind: K, accept: (message: MessageOf<K>) => boolean = () => true, from = 0): Promise<MessageOf<K>> {
    const isWanted = (message: ClaudeMessage): message is MessageOf<K> => message.kind === kind && accept(message as MessageOf<K>);
    const { promise, resolve, reject } = Promise.withResolvers<MessageOf<K>>();
    const look = (): void => {
      const found = this.messages.slice(from).find(isWanted);
      if (found !== undefined) resolve(found);
      else if (this.exits.length > 0) reject(new Error(`It ended without ${kind}: ${JSON.stringify(this.exits)}`));
    };
    this.#waiting.add(look);
    look();
    return promise.finally(() => this.#waiting.delete(look));
  }

  say(text: string, extra: { readonly priority?: "now" | "next" | "later"; readonly clientComposed?: boolean } = {}): string {
    const uuid = crypto.randomUUID();
    this.process.sendUserMessage({ uuid, text, ...extra });
    return uuid;
  }

  texts(): readonly string[] {
    return this.messages.flatMap((message) =>
      message.kind === "assistant" ? message.content.flatMap((block) => (block.type === "text" ? [block.text] : [])) : [],
    );
  }
}

let started: Recorded[] = [];
let folder: string;

beforeEach(async () => {
  started = [];
  folder = await mkdtemp(join(tmpdir(), "switchboard-process-"));
});

afterEach(async () => {
  await Promise.all(started.map(({ process }) => process.stop({ graceMs: 0, termMs: 0 })));
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

async function start(...parameters: Parameters<typeof Recorded.start>): Promise<Recorded> {
  const recorded = await Recorded.start(...parameters);
  started.push(recorded);
  return recorded;
}

function startFake(fault: string, onMessage?: (message: ClaudeMessage) => void, env: Readonly<Record<string, string>> = {}): Promise<Recorded> {
  return start(
    {
      command: { file: process.execPath, args: [fakePath] },
      launchArguments: buildLaunchArguments({}),
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "", FAKE_CLAUDE_FAULT: fault, ...env },
    },
    onMessage,
  );
}

/** The pid of the process that the fake started for itself. */
async function grandchildOf(fake: Recorded): Promise<number> {
  const { raw } = await fake.waitFor("unrecognised", ({ messageType }) => messageType === "system/fake_grandchild");
  return Number(JSON.parse(raw).pid);
}

function waitUntilGone(pid: number): Promise<void> {
  return expect.poll(() => readStartIdentity(pid), { timeout: 20_000, interval: 20 }).toBeNull();
}

describe("the real CLI", () => {
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
    expect(await locateClaude({ explicitPath: claudePath, environment: env, home })).toMatchObject({ ok: true, version: "2.1.329" });
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
      additionalDirectories: [folder],
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
    expect(await session.process.request("initialize", {})).toHaveProperty("commands");
    expect(await session.process.request("set_permission_mode", { mode: "plan" })).toEqual({ mode: "plan" });
    await expect(session.process.request("no_such_thing", {})).rejects.toMatchObject({ code: "refused" });
    await session.process.stop();
    await expect(session.process.request("get_usage", {})).rejects.toMatchObject({ code: "not_running" });
  });

  test("a permission request is allowed with other input, another is denied, a third is withdrawn by an interrupt", async () => {
    const session = await startReal();
    session.say(`RUN_BASH: touch ${join(folder, "asked")}`);
    const ask = await session.waitFor("control_request/can_use_tool");
    const updatedInput = { ...ask.input, command: `touch ${join(folder, "edited")}` };
    session.process.answerPermission(ask.requestId, { behavior: "allow", updatedInput });
    await session.waitFor("result");
    await access(join(folder, "edited"));
    await expect(access(join(folder, "asked"))).rejects.toThrow("ENOENT");

    const second = session.messages.length;
    session.say(`RUN_BASH: touch ${join(folder, "asked")}`);
    const deny = await session.waitFor("control_request/can_use_tool", undefined, second);
    session.process.answerPermission(deny.requestId, { behavior: "deny", message: "Use the other folder" });
    await session.waitFor("result", undefined, second);
    expect(session.texts().at(-1)).toContain("Use the other folder");

    const third = session.messages.length;
    session.say(`RUN_BASH: touch ${join(folder, "asked")}`);
    const open = await session.waitFor("control_request/can_use_tool", undefined, third);
    expect(await session.process.request("interrupt", {})).toEqual({ still_queued: [] });
    const cancel = await session.waitFor("control_cancel_request", undefined, third);
    expect(cancel.requestId).toBe(open.requestId);
    expect(await session.waitFor("result", undefined, third)).toMatchObject({ terminalReason: "aborted_tools" });
    expect(await session.process.stop()).toMatchObject({ ok: true, reasonCode: "stopped" });
  });

  test("text of any kind neither kills it nor runs a command", async () => {
    const session = await startReal();
    session.say("SAY a\u2028b\u0000c \ud800 {\"type\":\"user\"}\n/exit", { clientComposed: true });
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
    session.say(`RUN_BASH: touch ${join(folder, "x")}`);
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
    const pidFile = join(folder, "pid");
    session.say(`RUN_BASH: echo $$ > ${pidFile}; trap "" TERM; while :; do sleep 1; done`);
    const ask = await session.waitFor("control_request/can_use_tool");
    session.process.answerPermission(ask.requestId, { behavior: "allow", updatedInput: ask.input });
    await expect.poll(() => readPid(pidFile), { timeout: 20_000 }).toBeGreaterThan(0);
    const shellPid = await readPid(pidFile);
    expect(await session.process.stop({ graceMs: 100, termMs: 500 })).toMatchObject({ ok: true, reasonCode: "stopped" });
    await waitUntilGone(shellPid);
  });

  test("what marks a nested session does not reach it", async () => {
    const session = await startReal({}, { CLAUDE_CODE_SESSION_ID: "outer", CLAUDECODE: "1", SWITCHBOARD_TEST: "kept" });
    session.say("RUN_BASH: echo $SWITCHBOARD_TEST $CLAUDE_CODE_SESSION_ID");
    const ask = session.waitFor("control_request/can_use_tool").then(({ requestId, input }) =>
      session.process.answerPermission(requestId, { behavior: "allow", updatedInput: input }),
    );
    const init = await session.waitFor("system/init");
    await session.waitFor("result");
    expect(session.texts().at(-1)).toContain(`kept ${init.sessionId ?? ""}`);
    await session.process.stop();
    await ask.catch(() => undefined);
  });
});

async function readPid(path: string): Promise<number> {
  return Number.parseInt(await readFile(path, "utf8").catch(() => "0"), 10) || 0;
}

describe("a child that misbehaves", () => {
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
      { kind: "unrecognised", reason: "not_json", messageType: null, raw: "Warning: this line is not JSON", omittedChars: 0 },
      { kind: "unrecognised", reason: "unknown_type", messageType: "fake_unknown_type", raw: expect.stringContaining("42"), omittedChars: 0 },
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
    expect(exit).toMatchObject({ ok: false, exitCode: 1, reasonCode: "failed", reason: expect.stringContaining("told to die") });
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
    await fake.process.stop({ graceMs: 5_000, termMs: 100 });
    await waitUntilGone(pid);
  });

  test("a control request that is not answered ends when its time is up", async () => {
    const silent = await start({
      command: { file: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"] },
      launchArguments: [],
      cwd: folder,
      env: {},
    });
    await expect(silent.process.request("initialize", {}, 50)).rejects.toMatchObject({ code: "timed_out" });
  });

  test("a child that does not read makes the host refuse, not grow", async () => {
    const deaf = await start({
      command: { file: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"] },
      launchArguments: [],
      cwd: folder,
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
      process.stdout.write(JSON.stringify({ type: "holder", pid: child.pid }) + "\\nno line end");
      process.stdout.once("drain", () => {});
      setTimeout(() => process.exit(3), 50);`;
    const leaky = await start({ command: { file: process.execPath, args: ["-e", program] }, launchArguments: [], cwd: folder, env: {} });
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
    await expect(start({ command, launchArguments, cwd: folder, env: {} })).rejects.toMatchObject({ code: "start_failed" });
  });
});

describe("the end of the host", () => {
  const engine = new URL("../../electron/engine/claude/", import.meta.url);

  /** A host of its own process that starts a fake and a reaper and prints who runs. */
  function hostProgram(fault: string): string {
    const options = {
      command: { file: process.execPath, args: [fakePath] },
      launchArguments: [],
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "", FAKE_CLAUDE_FAULT: fault },
    };
    return `
      import { startClaudeProcess } from ${JSON.stringify(new URL("claudeProcess.ts", engine).href)};
      import { startReaper } from ${JSON.stringify(new URL("reaper.ts", engine).href)};
      const reaper = startReaper();
      const child = await startClaudeProcess({
        ...${JSON.stringify(options)},
        reaper,
        onMessage: (message) => {
          if (message.messageType !== "system/fake_grandchild") return;
          console.log(JSON.stringify({ child: child.pid, grandchild: JSON.parse(message.raw).pid, reaper: reaper.pid() }));
        },
        onStderr: () => undefined,
        onExit: () => undefined,
      });
      process.on("SIGUSR2", async () => { await child.stop({ graceMs: 100, termMs: 100 }); await reaper.dispose(); process.exit(0); });
      setInterval(() => undefined, 1000);`;
  }

  interface RunningHost {
    readonly kill: (signal: NodeJS.Signals) => Promise<void>;
    readonly pids: Readonly<Record<"child" | "grandchild" | "reaper", number>>;
  }

  async function startHost(fault: string): Promise<RunningHost> {
    const program = join(folder, "host.mjs");
    await writeFile(program, hostProgram(fault));
    const host = spawn(process.execPath, [program], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const exited = once(host, "exit");
    const [line] = await once(createInterface({ input: host.stdout }), "line");
    return {
      pids: JSON.parse(String(line)),
      kill: async (signal) => {
        host.kill(signal);
        await exited;
      },
    };
  }

  test.each(["SIGKILL", "SIGTERM"] as const)("%s of the host leaves nothing, not even what ignores the end of its input", async (signal) => {
    const host = await startHost("ignoresEnd,detachedGrandchild");
    await host.kill(signal);
    await Promise.all([host.pids.child, host.pids.grandchild, host.pids.reaper].map(waitUntilGone));
  });

  test("a host that ends in order takes the reaper with it", async () => {
    const host = await startHost("ignoresEnd,grandchild");
    await host.kill("SIGUSR2");
    await Promise.all([host.pids.child, host.pids.grandchild, host.pids.reaper].map(waitUntilGone));
  });

  test("a reaper that was killed is replaced, and the new one knows what to watch", async () => {
    const reaper = startReaper();
    const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true });
    const pid = bystander.pid ?? 0;
    const identity = { pid, startIdentity: (await readStartIdentity(pid)) ?? "" };
    reaper.watch(identity);
    const first = reaper.pid() ?? 0;
    process.kill(first, "SIGKILL");
    await expect.poll(() => reaper.pid(), { timeout: 20_000 }).not.toBe(first);
    await reaper.dispose();
    await waitUntilGone(pid);
  });

  test("a pid that somebody else has by now is left alone", async () => {
    const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const pid = bystander.pid ?? 0;
    const startIdentity = (await readStartIdentity(pid)) ?? "";
    await endProcessTrees([{ pid, startIdentity: "1" }], { termMs: 0 });
    expect(await isSameProcess({ pid, startIdentity })).toBe(true);
    const exited = once(bystander, "exit");
    bystander.kill("SIGKILL");
    await exited;
  });
});
