/** The index over transcripts that the real CLI wrote: sub-agent, edits, interrupt, question, compaction, error, resume, fork, plan. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessionFactsSchema } from "../../electron/engine/transcripts/sessionFacts.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { driveDuplex, type DuplexDriver, duplexArgs, field } from "../support/duplexDriver.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { type IndexUnderTest, openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

let api: ScriptedApi;
let environment: ClaudeEnvironment;
let cwd: string;
let one: IndexUnderTest;
const sessionId = crypto.randomUUID();
const planId = crypto.randomUUID();
let forkId = "";

type Says = readonly (string | ((driver: DuplexDriver) => Promise<void>))[];

/** Runs one child through what is said, answers the session's id. */
async function converse(args: readonly string[], says: Says): Promise<string> {
  const { env, claudePath } = environment;
  const driver = driveDuplex({ command: claudePath, args: [...duplexArgs, ...args], cwd, env });
  const allowing = allowAll(driver);
  for (const said of says) {
    const from = driver.lines.length;
    if (typeof said === "string") driver.say(said);
    else await said(driver);
    await driver.waitFor(({ type }) => type === "result", from);
  }
  driver.endInput();
  await driver.exited;
  await allowing;
  return String(driver.lines.find(({ fields }) => fields["subtype"] === "init")?.fields["session_id"]);
}

/** Allows whatever is asked, until the child ends. */
async function allowAll(driver: DuplexDriver): Promise<void> {
  for (let at = 0; ;) {
    const ask = await driver.waitFor(({ type }) => type === "control_request", at).catch(() => null);
    if (ask === null) return;
    at = driver.lines.indexOf(ask) + 1;
    const input = Object(field(ask.fields, "request", "input"));
    const answers = { "Which database should the ledger use?": "SQLite", "Which reports do you want?": "By day" };
    const isQuestion = field(ask.fields, "request", "tool_name") === "AskUserQuestion";
    const response = { behavior: "allow", updatedInput: isQuestion ? { ...input, answers } : input };
    const request_id = ask.fields["request_id"];
    driver.write({ type: "control_response", response: { subtype: "success", request_id, response } });
  }
}

async function interrupted(driver: DuplexDriver): Promise<void> {
  const from = driver.lines.length;
  driver.say("HANG");
  await driver.waitFor((fields) => field(fields, "event", "type") === "content_block_delta", from);
  await driver.control({ subtype: "interrupt" });
}

beforeAll(async () => {
  api = await startScriptedApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
  cwd = await environment.projectDir("app");
  await writeFile(join(cwd, "note.txt"), "first line\n");
  const edits = "acceptEdits";
  await converse(
    ["--session-id", sessionId, "--permission-mode", edits],
    [
      "SAY hello",
      "TWO_BASH: echo one ;; echo two",
      `WRITE_FILE ${cwd}/new.txt only line`,
      `EDIT_FILE ${cwd}/note.txt first ;; second`,
      "USAGE input=1000 output=200 read=300 write5m=40 write1h=50 search=2",
    ],
  );
  await converse(
    ["--resume", sessionId, "--permission-mode", edits],
    [
      "SUBAGENT RUN_BASH: echo from the sub-agent",
      "ASK_QUESTION",
      interrupted,
      "ERROR_529 final",
      "/compact",
      "SAY after the compaction",
    ],
  );
  forkId = await converse(["--resume", sessionId, "--fork-session"], ["SAY forked"]);
  await converse(
    ["--session-id", planId, "--permission-mode", "plan", "--name", "A chosen name"],
    ["PLAN a health check"],
  );
  one = await openIndexUnderTest({ roots: [environment.configDir] });
  await one.index.scan();
});

afterAll(async () => {
  await one.close();
  await api.close();
  await environment.dispose();
});

function facts(id: string) {
  return sessionFactsSchema.parse(JSON.parse(one.store.session(id)?.facts ?? "null"));
}

test("the session: title, place, turns, tools, lines, sub-agent", () => {
  expect(facts(sessionId)).toMatchObject({
    title: "SAY hello",
    projectPath: cwd,
    lastCwd: cwd,
    cliVersion: "2.1.329",
    entrypoint: "sdk-cli",
    model: "claude-opus-5-5",
    turnCount: 10,
    toolCount: 8,
    subagentCount: 1,
    linesAdded: 2,
    linesRemoved: 1,
    parentSessionId: null,
    brokenLines: 0,
    isGone: false,
  });
});

test("the fork names its parent and has no messages but its own", () => {
  expect(facts(forkId)).toMatchObject({ parentSessionId: sessionId });
  expect(one.store.messages.useOfSession(forkId).messages).toBe(1);
});

test("the plan session is called what it was named, and its tools are counted", () => {
  expect(facts(planId)).toMatchObject({ title: "A chosen name", turnCount: 1, toolCount: 2 });
});

test("each message of the API is one row, with the tokens that the CLI itself counts", () => {
  const rows = [...one.store.messages.all()];
  expect(new Set(rows.map(({ messageId }) => messageId)).size).toBe(rows.length);
  expect(rows.find(({ input }) => input === 1000)).toMatchObject({
    sessionId,
    output: 200,
    cacheRead: 300,
    cacheWrite5m: 40,
    cacheWrite1h: 50,
    webSearches: 2,
    speed: "standard",
    isSidechain: false,
  });
  expect(rows.filter(({ isSidechain }) => isSidechain).length).toBe(2);
  expect(rows.some(({ model }) => model === "<synthetic>")).toBe(false);
  expect(facts(sessionId).costUsd).toBeGreaterThan(0);
});
