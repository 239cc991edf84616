/** Search over transcripts that the real CLI wrote: a resumed session and a fork of it. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { driveDuplex, duplexArgs } from "../support/duplexDriver.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { openSearchUnderTest, type SearchUnderTest, shown } from "./transcriptSearchUnderTest.ts";

let api: ScriptedApi;
let environment: ClaudeEnvironment;
let one: SearchUnderTest;
const sessionId = crypto.randomUUID();
let forkId = "";

/** Runs one child through what is said, answers the session's id. */
async function converse(args: readonly string[], says: readonly string[]): Promise<string> {
  const { env, claudePath } = environment;
  const cwd = await environment.projectDir("app");
  const driver = driveDuplex({ command: claudePath, args: [...duplexArgs, ...args], cwd, env });
  for (const said of says) {
    const from = driver.lines.length;
    driver.say(said);
    await driver.waitFor(({ type }) => type === "result", from);
  }
  driver.endInput();
  await driver.exited;
  return String(driver.lines.find(({ fields }) => fields["subtype"] === "init")?.fields["session_id"]);
}

beforeAll(async () => {
  api = await startScriptedApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
  await converse(["--session-id", sessionId], ["SAY the heron waits", "SAY 全角の文字"]);
  await converse(["--resume", sessionId], ["SAY resumed heron"]);
  forkId = await converse(["--resume", sessionId, "--fork-session"], ["SAY forked heron"]);
  one = openSearchUnderTest({ root: environment.configDir, path: join(environment.home, "search.db") });
  await one.build();
});

afterAll(async () => {
  await one.search.dispose();
  await api.close();
  await environment.dispose();
});

test("each prompt and answer is found once, in the session that said it first", async () => {
  const found = async (q: string): Promise<readonly string[]> =>
    (await one.find(q)).items.map((hit) => `${hit.sessionId} ${hit.role}`).toSorted((a, b) => a.localeCompare(b));
  expect(await found('"the heron waits"')).toEqual([`${sessionId} assistant`, `${sessionId} user`]);
  expect(await found("resumed heron")).toEqual([`${sessionId} assistant`, `${sessionId} user`]);
  expect(await found("forked heron")).toEqual([`${forkId} assistant`, `${forkId} user`]);
  expect(await found("文字")).toEqual([`${sessionId} assistant`, `${sessionId} user`]);
});

test("a hit shows the place", async () => {
  const page = await one.find("全角", { filter: { role: "user" } });
  expect(shown(page)).toEqual(["SAY [全角]の文字"]);
});
