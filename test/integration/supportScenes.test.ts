/** Plays every scene of the scripted API with the real CLI, so that a test elsewhere can rely on what a keyword does. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import type { ClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { driveDuplex, duplexArgs, field } from "../support/duplexDriver.ts";
import type { DriverLine, DuplexDriver } from "../support/duplexDriver.ts";
import { startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import type { ScriptedApi } from "../support/scriptedApi/scriptedApi.ts";

type Fields = Readonly<Record<string, unknown>>;

let api: ScriptedApi;
let environment: ClaudeEnvironment;
let cwd: string;
let driver: DuplexDriver | null;

beforeEach(async () => {
  api = await startScriptedApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
  cwd = await environment.projectDir("project");
  driver = null;
});

afterEach(async () => {
  driver?.kill("SIGKILL");
  await driver?.exited;
  await api.close();
  await environment.dispose();
});

function start(args: readonly string[] = []): DuplexDriver {
  driver = driveDuplex({ command: environment.claudePath, args: [...duplexArgs, ...args], cwd, env: environment.env });
  return driver;
}

/** Sends a prompt, allows everything that is asked, and gives the text of the result. */
async function play(
  child: DuplexDriver,
  prompt: string,
  decide: (ask: DriverLine) => Fields = allow,
): Promise<unknown> {
  let at = child.lines.length;
  child.say(prompt);
  for (;;) {
    const line = await child.waitFor(
      (fields) => fields["type"] === "control_request" || fields["type"] === "result",
      at,
    );
    if (line.fields["type"] === "result") return line.fields["result"];
    child.write({
      type: "control_response",
      response: { subtype: "success", request_id: line.fields["request_id"], response: decide(line) },
    });
    at = child.lines.indexOf(line) + 1;
  }
}

function allow(ask: DriverLine, updatedInput: unknown = field(ask.fields, "request", "input")): Fields {
  return { behavior: "allow", updatedInput };
}

describe("scenes with the real CLI", () => {
  test("THINK, STREAM, USAGE and an unknown prompt answer in text", async () => {
    const child = start();
    expect([
      await play(child, "THINK the weather"),
      await play(child, "STREAM 3"),
      await play(child, "Hello there"),
      await play(child, "USAGE input=5 output=7"),
    ]).toEqual([
      "Having thought about it: the weather",
      "word-1 word-2 word-3 ",
      "You said: Hello there",
      "Tokens used as asked.",
    ]);
    expect(child.lines.findLast((line) => line.fields["type"] === "result")?.fields["usage"]).toMatchObject({
      input_tokens: 5,
      output_tokens: 7,
    });
  });

  test("USAGE is charged in every kind of token", async () => {
    const child = start();
    await play(child, "USAGE input=1000000 output=1000000 read=1000000 write5m=1000000 write1h=1000000 search=1000");
    expect(child.lines.findLast((line) => line.fields["type"] === "result")?.fields["total_cost_usd"]).toBeCloseTo(
      4 + 20 + 0.2 + 5 + 8 + 10,
      6,
    );
  });

  test("WRITE_FILE, EDIT_FILE and READ_FILE touch a real file", async () => {
    const child = start();
    const path = join(cwd, "note.txt");
    await play(child, `WRITE_FILE ${path} first line`);
    await play(child, `EDIT_FILE ${path} first ;; second`);
    expect([await readFile(path, "utf8"), await play(child, `READ_FILE ${path}`)]).toEqual([
      "second line",
      "The Read tool answered: 1\tsecond line",
    ]);
  });

  test("TWO_BASH asks twice in one message, BASH_CHAIN one after the other", async () => {
    const child = start();
    await play(child, "TWO_BASH: touch one ;; touch two");
    await play(child, "BASH_CHAIN: touch three ;; touch four");
    expect(["one", "two", "three", "four"].map((name) => existsSync(join(cwd, name)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(api.requests.filter((request) => request.conversation.sceneName === "TWO_BASH")).toHaveLength(2);
    expect(api.requests.filter((request) => request.conversation.sceneName === "BASH_CHAIN")).toHaveLength(3);
  });

  test("ASK_QUESTION closes with the answers", async () => {
    const answers = {
      "Which database should the ledger use?": "SQLite",
      "Which reports do you want?": "By day, By model",
    };
    const text = await play(start(), "ASK_QUESTION", (ask) => {
      const input = field(ask.fields, "request", "input");
      return allow(ask, { ...(typeof input === "object" ? input : {}), answers });
    });
    expect(text).toBe(
      'The AskUserQuestion tool answered: Your questions have been answered: "Which database should the ledger use?"="SQLite", "Which reports do you want?"="By day, By model". You can now continue with these answers in mind.',
    );
  });

  test("PLAN writes the plan file first, so that the request carries the plan", async () => {
    const child = start(["--permission-mode", "plan"]);
    const text = await play(child, "PLAN a health check");
    const request = child.lines.find((line) => field(line.fields, "request", "tool_name") === "ExitPlanMode");
    expect(field(request?.fields, "request", "input")).toEqual({
      plan: expect.stringContaining("# Plan: a health check"),
      planFilePath: expect.stringContaining(join(environment.configDir, "plans")),
    });
    expect(text).toContain("User has approved your plan");
  });

  test("SUBAGENT plays a scene of its own, and its requests name the agent", async () => {
    const child = start();
    const text = await play(child, `SUBAGENT RUN_BASH: touch ${join(cwd, "by-agent")}`);
    const request = child.lines.find((line) => line.fields["type"] === "control_request");
    expect({
      done: existsSync(join(cwd, "by-agent")),
      agent: typeof field(request?.fields, "request", "agent_id"),
    }).toEqual({ done: true, agent: "string" });
    expect(text).toContain("The Agent tool answered");
  });

  test("BACKGROUND_BASH goes on after its turn and reports in a turn of its own", async () => {
    const child = start();
    await play(child, `BACKGROUND_BASH: touch ${join(cwd, "background")}; echo finished`);
    const notice = await child.waitFor((fields) => fields["subtype"] === "task_notification");
    await child.waitFor(
      (fields) => fields["type"] === "result",
      child.lines.findIndex((line) => line.fields["type"] === "result") + 1,
    );
    expect(notice.fields["status"]).toBe("completed");
  });

  test.each([
    ["ERROR_401 final", "Invalid API key · Fix external API key"],
    ["ERROR_529 final", expect.stringContaining("API Error: 529 Overloaded")],
    ["ERROR_500 1", "Answered at attempt 2."],
  ])("%s", async (prompt, text) => {
    expect(await play(start(), prompt)).toEqual(text);
  });

  test("a held reply waits for its gate", async () => {
    const child = start();
    const gate = api.hold("RUN_BASH echo held", 1);
    const played = play(child, "RUN_BASH: echo held");
    await gate.arrived;
    expect(child.lines.some((line) => line.fields["type"] === "result")).toBe(false);
    gate.release();
    expect(await played).toBe("The Bash tool answered: held");
  });

  test("a compaction gets a harmless summary", async () => {
    const child = start();
    await play(child, "SAY RUN_BASH");
    await play(child, "/compact");
    expect(child.lines.some((line) => line.fields["subtype"] === "compact_boundary")).toBe(true);
    expect(await play(child, "SAY after")).toMatch(/A scripted summary\.[\s\S]*\nafter$/u);
  });

  test("the child sees nothing of the environment around the tests", () => {
    expect(
      Object.keys(environment.env)
        .filter((name) => /^(?:CLAUDE|ANTHROPIC)/u.test(name))
        .toSorted(),
    ).toEqual([
      "ANTHROPIC_API_KEY",
      "ANTHROPIC_BASE_URL",
      "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
      "CLAUDE_CONFIG_DIR",
    ]);
  });
});
