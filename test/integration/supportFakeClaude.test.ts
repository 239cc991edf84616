/** Shows that every fault of the fake really happens, so that a test which survives one has survived something. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { driveDuplex, duplexArgs, field } from "../support/duplexDriver.ts";
import type { DuplexDriver } from "../support/duplexDriver.ts";

const fakePath = fileURLToPath(new URL("../support/fakeClaude/fakeClaude.mjs", import.meta.url));

let folder: string;
let driver: DuplexDriver | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-fake-"));
  driver = null;
});

afterEach(async () => {
  driver?.kill("SIGKILL");
  await driver?.exited;
  await rm(folder, { recursive: true, force: true });
});

function start(env: Readonly<Record<string, string>>): DuplexDriver {
  driver = driveDuplex({
    command: process.execPath,
    args: [fakePath, ...duplexArgs],
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...env },
  });
  return driver;
}

async function playOneTurn(env: Readonly<Record<string, string>>): Promise<DuplexDriver> {
  const child = start(env);
  child.say("SAY hello");
  await child.waitFor((fields) => fields["type"] === "result");
  return child;
}

test.each([
  ["", "2.1.329 (Claude Code)\n"],
  ["tooOld", "2.0.14 (Claude Code)\n"],
])("version with fault %j", async (fault, version) => {
  const { stdout } = await promisify(execFile)(process.execPath, [fakePath, "--version"], {
    env: { FAKE_CLAUDE_FAULT: fault },
  });
  expect(stdout).toBe(version);
});

test("hugeLine: one line of 20 MB, then the turn goes on", async () => {
  const child = await playOneTurn({ FAKE_CLAUDE_FAULT: "hugeLine" });
  expect(Math.max(...child.lines.map((line) => line.raw.length))).toBeGreaterThan(20 * 1024 * 1024);
});

test("splitCharacter: a character lies across two reads", async () => {
  const child = start({ FAKE_CLAUDE_FAULT: "splitCharacter" });
  const ends: string[] = [];
  child.child.stdout?.on("data", (chunk: Buffer) => ends.push(chunk.subarray(-1).toString("hex")));
  child.say("SAY hello");
  const line = await child.waitFor((fields) => fields["subtype"] === "fake_split");
  expect(line.fields["text"]).toBe("snow ☃ man");
  expect(ends).toContain("e2");
});

test("notJson, unknownType, crlf: odd lines between good ones", async () => {
  const child = start({ FAKE_CLAUDE_FAULT: "notJson,unknownType,crlf" });
  let bytes = "";
  child.child.stdout?.on("data", (chunk: Buffer) => (bytes += chunk.toString("latin1")));
  child.say("SAY hello");
  await child.waitFor((fields) => fields["type"] === "result");
  expect({
    notJson: child.lines.some((line) => line.raw.startsWith("Warning")),
    unknown: child.lines.some((line) => line.fields["type"] === "fake_unknown_type"),
    crlf: bytes.includes("}\r\n{"),
  }).toEqual({ notJson: true, unknown: true, crlf: true });
});

test("stdoutClosed: the pipe ends, the process lives on", async () => {
  const child = start({ FAKE_CLAUDE_FAULT: "stdoutClosed" });
  const ended = new Promise((resolve) => child.child.stdout?.once("end", resolve));
  child.say("SAY hello");
  await ended;
  expect(child.child.exitCode).toBeNull();
  expect(process.kill(child.pid, 0)).toBe(true);
});

test("stderrFlood: 50 MB on stderr before the first answer", async () => {
  const child = start({ FAKE_CLAUDE_FAULT: "stderrFlood" });
  let bytes = 0;
  child.child.stderr?.on("data", (text: string) => (bytes += text.length));
  await child.control({ subtype: "initialize" });
  child.endInput();
  await child.exited;
  expect(bytes).toBeGreaterThanOrEqual(50 * 1024 * 1024);
});

test("ignoresEnd: neither the end of input nor SIGTERM ends it, SIGKILL does", async () => {
  const child = await playOneTurn({ FAKE_CLAUDE_FAULT: "ignoresEnd" });
  child.kill("SIGTERM");
  expect((await child.control({ subtype: "initialize" }))["subtype"]).toBe("success");
  child.endInput();
  child.kill("SIGKILL");
  expect(await child.exited).toEqual({ code: null, signal: "SIGKILL", stderr: "" });
});

test.each([
  ["exitAtStart", { code: 1, signal: null, stderr: "Error: the fake was told to die at start\n" }],
  ["crash", { code: 7, signal: null, stderr: "" }],
])("%s", async (fault, exit) => {
  const child = start({ FAKE_CLAUDE_FAULT: fault });
  child.say("SAY hello");
  expect(await child.exited).toEqual(exit);
});

test("notLoggedIn: the real CLI’s words, an error result, exit 1", async () => {
  const child = await playOneTurn({ FAKE_CLAUDE_FAULT: "notLoggedIn" });
  expect(child.lines.find((line) => line.fields["type"] === "result")?.fields).toMatchObject({
    subtype: "success",
    is_error: true,
    terminal_reason: "api_error",
    result: "Not logged in · Please run /login",
  });
  child.endInput();
  expect((await child.exited).code).toBe(1);
});

test("unknownControl: reports how its request was answered", async () => {
  const child = start({ FAKE_CLAUDE_FAULT: "unknownControl" });
  child.say("SAY hello");
  const request = await child.waitFor((fields) => fields["type"] === "control_request");
  child.write({
    type: "control_response",
    response: { subtype: "error", request_id: request.fields["request_id"], error: "not known" },
  });
  const report = await child.waitFor((fields) => fields["subtype"] === "fake_control_answer");
  expect([field(request.fields, "request", "subtype"), report.fields["answer"], report.fields["error"]]).toEqual([
    "fake_unknown_request",
    "error",
    "not known",
  ]);
});

test.each([{ FAKE_CLAUDE_LINES: "5000" }, { FAKE_CLAUDE_LINES: "200", FAKE_CLAUDE_RATE: "2000" }])(
  "flood %j: every numbered line arrives",
  async (env) => {
    const child = await playOneTurn({ FAKE_CLAUDE_FAULT: "flood", ...env });
    const indexes = child.lines.map((line) => line.fields["fake_index"]).filter((index) => index !== undefined);
    expect(indexes).toEqual(Array.from({ length: Number(env.FAKE_CLAUDE_LINES) }, (_, index) => index));
  },
);

test.each(["grandchild", "detachedGrandchild"])("%s: outlives its parent", async (fault) => {
  const child = start({ FAKE_CLAUDE_FAULT: fault });
  const line = await child.waitFor((fields) => fields["subtype"] === "fake_grandchild");
  const pid = Number(line.fields["pid"]);
  child.kill("SIGKILL");
  await child.exited;
  expect(process.kill(pid, "SIGTERM")).toBe(true);
  expect(process.kill(pid, "SIGKILL")).toBe(true);
});

test("the stdin log has every line with its moment", async () => {
  const log = join(folder, "stdin.jsonl");
  const child = await playOneTurn({ FAKE_CLAUDE_STDIN_LOG: log });
  child.endInput();
  await child.exited;
  const entries = (await readFile(log, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(entries).toEqual([{ atNs: expect.stringMatching(/^\d+$/u), line: expect.stringContaining("SAY hello") }]);
});

test("a script replaces the answers", async () => {
  const path = join(folder, "script.json");
  await writeFile(
    path,
    JSON.stringify({
      version: "9.9.9",
      turns: [["not json at all", { type: "result", subtype: "success", uuid: "$UUID", session_id: "$SESSION" }]],
    }),
  );
  const child = start({ FAKE_CLAUDE_SCRIPT: path });
  const uuid = child.say("anything");
  const result = await child.waitFor((fields) => fields["type"] === "result");
  const init = child.lines.find((line) => line.fields["subtype"] === "init");
  expect([result.fields["uuid"], result.fields["session_id"], init?.fields["claude_code_version"]]).toEqual([
    uuid,
    init?.fields["session_id"],
    "9.9.9",
  ]);
});
