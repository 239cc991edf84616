/**
 * The same expectations for the real CLI and for the fake that stands in for it where a fault is needed. What is not
 * compared here, the fake does not promise.
 */
import { existsSync, watch } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { claudePath, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import type { ClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { describeLine } from "../support/describeLine.ts";
import { driveDuplex, duplexArgs, field } from "../support/duplexDriver.ts";
import type { DriverLine, DuplexDriver } from "../support/duplexDriver.ts";
import { startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import type { ScriptedApi } from "../support/scriptedApi/scriptedApi.ts";

type Fields = Readonly<Record<string, unknown>>;

const fakePath = fileURLToPath(new URL("../support/fakeClaude/fakeClaude.mjs", import.meta.url));

let api: ScriptedApi;
let environment: ClaudeEnvironment;

beforeAll(async () => {
  api = await startScriptedApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
});

afterAll(async () => {
  await api.close();
  await environment.dispose();
});

describe.each([
  { name: "the real CLI", command: claudePath, prefix: [] },
  { name: "the fake", command: process.execPath, prefix: [fakePath] },
])("$name", ({ name, command, prefix }) => {
  const folder = name.replaceAll(" ", "-");

  async function start(args: readonly string[] = []): Promise<DuplexDriver> {
    const cwd = await environment.projectDir(folder);
    const driver = driveDuplex({ command, args: [...prefix, ...duplexArgs, ...args], cwd, env: environment.env });
    onTestFinished(async () => {
      driver.kill("SIGKILL");
      await driver.exited;
    });
    return driver;
  }

  test("initialize answers before any message, and tells pid, models and state", async () => {
    const driver = await start();
    const answer = await driver.control({ subtype: "initialize" });
    expect({
      subtype: answer["subtype"],
      pid: field(answer, "response", "pid"),
      state: field(answer, "response", "session_state"),
      hasModels: Array.isArray(field(answer, "response", "models")),
      lines: driver.lines.map(describeLine),
    }).toEqual({
      subtype: "success",
      pid: driver.pid,
      state: "idle",
      hasModels: true,
      lines: ["control_response success"],
    });
  });

  test("a text turn: queued, started, init, replay, answer, result, completed", async () => {
    const driver = await start();
    const uuid = driver.say("SAY hello");
    await endOf(driver, uuid);
    expect(driver.lines.map(describeLine).filter((kind) => kind !== "stream_event")).toEqual([
      "lifecycle queued",
      "lifecycle started",
      "system init",
      "system status",
      "user replay",
      "assistant text: hello",
      "result success completed: hello",
      "lifecycle completed",
    ]);
    expect(
      driver.lines
        .filter((line) => line.fields["type"] === "command_lifecycle")
        .map((line) => line.fields["command_uuid"]),
    ).toEqual([uuid, uuid, uuid]);
    expect(driver.lines.find((line) => describeLine(line) === "user replay")?.fields["uuid"]).toBe(uuid);
  });

  test("text streams as numbered deltas", async () => {
    const driver = await start();
    await endOf(driver, driver.say("STREAM 5"));
    const deltas = driver.lines
      .map((line) => field(line.fields, "event", "delta", "text"))
      .filter((text) => typeof text === "string");
    expect(deltas.join("")).toBe("word-1 word-2 word-3 word-4 word-5 ");
  });

  test("an allowed tool runs, with the input as it was edited", async () => {
    const driver = await start();
    const cwd = await environment.projectDir(folder);
    const uuid = driver.say(`RUN_BASH: touch ${join(cwd, "asked")}`);
    const request = await driver.waitFor(isPermissionRequest);
    expect(request.fields["request"]).toMatchObject({
      subtype: "can_use_tool",
      tool_name: "Bash",
      display_name: "Bash",
      input: { command: `touch ${join(cwd, "asked")}` },
      tool_use_id: expect.any(String),
    });
    respond(driver, request, { behavior: "allow", updatedInput: { command: `touch ${join(cwd, "edited")}` } });
    await endOf(driver, uuid);
    expect({ asked: existsSync(join(cwd, "asked")), edited: existsSync(join(cwd, "edited")) }).toEqual({
      asked: false,
      edited: true,
    });
    expect(resultsOf(driver)).toEqual([
      "result success completed: The Bash tool answered: (Bash completed with no output)",
    ]);
  });

  test("a refused tool does not run, and the model reads the message", async () => {
    const driver = await start();
    const cwd = await environment.projectDir(folder);
    const uuid = driver.say(`RUN_BASH: touch ${join(cwd, "refused")}`);
    respond(driver, await driver.waitFor(isPermissionRequest), { behavior: "deny", message: "use another name" });
    await endOf(driver, uuid);
    expect(existsSync(join(cwd, "refused"))).toBe(false);
    expect(resultsOf(driver)).toEqual([
      "result success completed: The Bash tool was refused or failed: use another name",
    ]);
  });

  test("an interrupt cuts a stream short; the next message works", async () => {
    const driver = await start();
    const hanging = driver.say("HANG");
    await driver.waitFor(isTextDelta);
    const answer = await driver.control({ subtype: "interrupt" });
    expect(answer["response"]).toEqual({ still_queued: [] });
    await endOf(driver, hanging);
    await endOf(driver, driver.say("SAY again"));
    expect(resultsOf(driver)).toEqual([
      "result error_during_execution aborted_streaming: ",
      "result success completed: again",
    ]);
    expect(driver.lines.map(describeLine).filter((kind) => kind.startsWith("lifecycle"))).toEqual([
      "lifecycle queued",
      "lifecycle started",
      "lifecycle cancelled",
      "lifecycle queued",
      "lifecycle started",
      "lifecycle completed",
    ]);
  });

  test("an interrupt withdraws the open permission request", async () => {
    const driver = await start();
    const uuid = driver.say("RUN_BASH: touch never");
    const request = await driver.waitFor(isPermissionRequest);
    await driver.control({ subtype: "interrupt" });
    const withdrawn = await driver.waitFor((fields) => fields["type"] === "control_cancel_request");
    await endOf(driver, uuid);
    expect(withdrawn.fields["request_id"]).toBe(request.fields["request_id"]);
    expect(resultsOf(driver)).toEqual(["result error_during_execution aborted_tools: "]);
  });

  test("a queued message can be cancelled, once", async () => {
    const driver = await start();
    const hanging = driver.say("HANG");
    await driver.waitFor(isTextDelta);
    const queued = driver.say("SAY never");
    await driver.waitFor((fields) => isLifecycle(fields, queued, "queued"));
    const first = await driver.control({ subtype: "cancel_async_message", message_uuid: queued });
    const second = await driver.control({ subtype: "cancel_async_message", message_uuid: queued });
    await driver.control({ subtype: "interrupt" });
    await endOf(driver, hanging);
    expect([first["response"], second["response"]]).toEqual([
      { cancelled: true, message_uuid: queued },
      { cancelled: false },
    ]);
    expect(lifecycleOf(driver, queued)).toEqual(["queued", "cancelled"]);
  });

  test("a message sent during a tool call reaches the model with its result, in the same turn", async () => {
    const driver = await start();
    const release = join(await environment.projectDir(folder), "release-injected");
    const uuid = driver.say(`WAIT_BASH ${release}`);
    await driver.waitFor((fields) => field(fields, "message", "content", "0", "type") === "tool_use");
    const warning = driver.say("Mind the gap");
    await driver.waitFor((fields) => isLifecycle(fields, warning, "queued"));
    await writeFile(release, "");
    await endOf(driver, uuid);
    expect(resultsOf(driver)).toEqual([
      "result success completed: The Bash tool answered: waited\nMeanwhile I was told: Mind the gap",
    ]);
    expect(lifecycleOf(driver, warning)).toEqual(["queued", "started", "completed"]);
  });

  test("`now` stops a stream and starts its own turn", async () => {
    const driver = await start();
    driver.say("HANG");
    await driver.waitFor(isTextDelta);
    await endOf(driver, driver.say("SAY stopped", { priority: "now" }));
    expect(resultsOf(driver).map((result) => result.trim())).toEqual([
      "result success aborted_streaming: Started and waiting.",
      "result success completed: stopped",
    ]);
  });

  test("`now` lets a running tool come to its end, and then starts its own turn", async () => {
    const driver = await start();
    const cwd = await environment.projectDir(folder);
    const release = join(cwd, "release-now");
    const started = join(cwd, "started-now");
    driver.say(`RUN_BASH: touch ${started}; until [ -e ${release} ]; do sleep 0.05; done; echo ran to its end`);
    respond(driver, await driver.waitFor(isPermissionRequest), {
      behavior: "allow",
      updatedInput: { command: `touch ${started}; until [ -e ${release} ]; do sleep 0.05; done; echo ran to its end` },
    });
    await appearance(started);
    const uuid = driver.say("SAY and here", { priority: "now" });
    await driver.waitFor((fields) => isLifecycle(fields, uuid, "queued"));
    await driver.control({ subtype: "get_usage" });
    expect(resultsOf(driver)).toEqual([]);
    await writeFile(release, "");
    await endOf(driver, uuid);
    expect(
      field(
        driver.lines.find((line) => line.fields["tool_use_result"] !== undefined)?.fields,
        "message",
        "content",
        "0",
        "content",
      ),
    ).toBe("ran to its end");
    expect(resultsOf(driver)).toEqual(["result success aborted_tools: ", "result success completed: and here"]);
  });

  test("an interrupt with `send_now` stops a running tool in favour of the queued message", async () => {
    const driver = await start();
    const cwd = await environment.projectDir(folder);
    const started = join(cwd, "started-send-now");
    const command = `touch ${started}; until [ -e ${join(cwd, "never")} ]; do sleep 0.05; done`;
    driver.say(`RUN_BASH: ${command}`);
    respond(driver, await driver.waitFor(isPermissionRequest), { behavior: "allow", updatedInput: { command } });
    await appearance(started);
    const uuid = driver.say("SAY and here");
    await driver.waitFor((fields) => isLifecycle(fields, uuid, "queued"));
    const answer = await driver.control({ subtype: "interrupt", send_now: true });
    expect(answer["response"]).toEqual({ still_queued: [uuid], send_now: "stopped" });
    await endOf(driver, uuid);
    expect(resultsOf(driver)).toEqual([
      "result error_during_execution aborted_tools: ",
      "result success completed: and here",
    ]);
  });

  test("context without a turn yields a replay and an empty result", async () => {
    const driver = await start();
    const uuid = driver.say("The build is green", { shouldQuery: false });
    await endOf(driver, uuid);
    expect(driver.lines.map(describeLine)).toEqual([
      "lifecycle queued",
      "lifecycle started",
      "system init",
      "user replay",
      "result success undefined: ",
      "lifecycle completed",
    ]);
  });

  test("the permission mode and the model change, and what is unknown is refused", async () => {
    const driver = await start();
    const answers = [
      await driver.control({ subtype: "set_permission_mode", mode: "acceptEdits" }),
      await driver.control({ subtype: "set_permission_mode", mode: "nonsense" }),
      await driver.control({ subtype: "set_model", model: "claude-haiku-4-5" }),
      await driver.control({ subtype: "nonsense" }),
    ];
    const announced = await driver.waitFor(
      (fields) => fields["subtype"] === "status" && fields["permissionMode"] !== undefined,
    );
    expect(answers.map((answer) => [answer["subtype"], answer["response"] ?? answer["error_code"]])).toEqual([
      ["success", { mode: "acceptEdits" }],
      ["error", "invalid_mode"],
      ["success", { model: "claude-haiku-4-5" }],
      ["error", "unsupported_request"],
    ]);
    expect(announced.fields["permissionMode"]).toBe("acceptEdits");
  });

  test("the session id that was asked for is the one used", async () => {
    const sessionId = crypto.randomUUID();
    const driver = await start(["--session-id", sessionId]);
    await endOf(driver, driver.say("SAY hello"));
    expect(driver.lines.find((line) => describeLine(line) === "system init")?.fields["session_id"]).toBe(sessionId);
  });

  test("the end of input ends an idle child with 0", async () => {
    const driver = await start();
    await endOf(driver, driver.say("SAY hello"));
    driver.endInput();
    expect(await driver.exited).toEqual({ code: 0, signal: null, stderr: "" });
  });

  test("the end of input after an interrupted turn ends the child with 1", async () => {
    const driver = await start();
    const uuid = driver.say("HANG");
    await driver.waitFor(isTextDelta);
    await driver.control({ subtype: "interrupt" });
    await endOf(driver, uuid);
    driver.endInput();
    expect(await driver.exited).toEqual({ code: 1, signal: null, stderr: "" });
  });

  test("the end of input fails an open permission request, and the turn ends", async () => {
    const driver = await start();
    const uuid = driver.say("RUN_BASH: touch never");
    await driver.waitFor(isPermissionRequest);
    driver.endInput();
    await endOf(driver, uuid);
    expect(resultsOf(driver)).toEqual([
      "result success completed: The Bash tool was refused or failed: Tool permission request failed: AbortError: Tool permission stream closed before response received",
    ]);
    expect((await driver.exited).code).toBe(0);
  });

  test.each([
    [
      "a user line whose message is a bare string",
      '{"type":"user","message":"bare"}\n',
      "Error: Expected message role 'user', got 'undefined'\n",
    ],
    ["a line that is not JSON", "hello\n", "Error parsing streaming input line (type=unknown, 5 chars): SyntaxError\n"],
  ])("%s kills the child", async (_, line, stderr) => {
    const driver = await start();
    driver.writeRaw(line);
    expect(await driver.exited).toEqual({ code: 1, signal: null, stderr });
  });

  test("a line of an unknown type is ignored", async () => {
    const driver = await start();
    driver.write({ type: "nonsense", payload: 1 });
    await endOf(driver, driver.say("SAY still here"));
    expect(resultsOf(driver)).toEqual(["result success completed: still here"]);
  });
});

/** Waits for the end of the message with this uuid. */
async function endOf(driver: DuplexDriver, uuid: string): Promise<void> {
  await driver.waitFor((fields) => isLifecycle(fields, uuid, "completed") || isLifecycle(fields, uuid, "cancelled"));
}

/** Resolves when the file exists. */
async function appearance(path: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const watcher = watch(dirname(path), look);
    function look(): void {
      if (!existsSync(path)) return;
      watcher.close();
      resolve();
    }
    look();
  });
}

function respond(driver: DuplexDriver, request: DriverLine, response: Fields): void {
  driver.write({
    type: "control_response",
    response: { subtype: "success", request_id: request.fields["request_id"], response },
  });
}

function isPermissionRequest(fields: Fields): boolean {
  return fields["type"] === "control_request";
}

function isTextDelta(fields: Fields): boolean {
  return field(fields, "event", "delta", "type") === "text_delta";
}

function isLifecycle(fields: Fields, uuid: string, state: string): boolean {
  return fields["type"] === "command_lifecycle" && fields["command_uuid"] === uuid && fields["state"] === state;
}

function lifecycleOf(driver: DuplexDriver, uuid: string): readonly unknown[] {
  return driver.lines.filter((line) => line.fields["command_uuid"] === uuid).map((line) => line.fields["state"]);
}

function resultsOf(driver: DuplexDriver): readonly string[] {
  return driver.lines.map(describeLine).filter((kind) => kind.startsWith("result"));
}
