/** Labels of sessions and costs by them, over REST: the real host, the real CLI, a scripted model. */
import Database from "better-sqlite3";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { connectToHost } from "../support/connectToHost.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { type StartedHost, startHost } from "../support/startHost.ts";
import { untilPasses } from "../support/untilPasses.ts";
import { userLine } from "./transcriptRecords.ts";

/** Its transcript was there before; it never ran here. */
const OLD_SESSION = "0a7f7c1e-5d1f-4a52-9d0e-6c1b7b1f2a01";
const OLD_AT = "2026-11-20T10:00:01.000Z";

let api: ScriptedApi;
let environment: ClaudeEnvironment;
let dataDir: string;
let cwd: string;
let host: StartedHost;

const restart = async (): Promise<void> => {
  await host.stop();
  host = await run();
};
const run = (): Promise<StartedHost> =>
  startHost({ env: environment.env, dataDir, claudePath: environment.claudePath, maxSessions: 5 });

beforeAll(async () => {
  api = await startScriptedApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
  dataDir = join(environment.home, "switchboard");
  cwd = await environment.projectDir("shop");
  const folder = join(environment.configDir, "projects", "-w-app");
  await mkdir(folder, { recursive: true });
  const usage = { input_tokens: 0, output_tokens: 500, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
  const answer = {
    ...{ type: "assistant", timestamp: OLD_AT, sessionId: OLD_SESSION, cwd: "/w/app", requestId: "req_old" },
    message: { id: "msg_old", type: "message", role: "assistant", model: "claude-opus-5-5", content: [], usage },
  };
  const lines = `${userLine("Old work", { sessionId: OLD_SESSION })}${JSON.stringify(answer)}\n`;
  await writeFile(join(folder, `${OLD_SESSION}.jsonl`), lines);
  host = await run();
}, 60_000);

afterAll(async () => {
  await host.stop();
  await api.close();
  await environment.dispose();
});

async function ask(method: string, path: string, body?: unknown, status = 200): Promise<unknown> {
  const answer = await host.request(method, path, body);
  expect(answer, `${method} ${path}`).toMatchObject({ status });
  return answer.body;
}

const until = <Result>(attempt: () => Promise<Result>): Promise<Result> =>
  untilPasses(attempt, { timeout: 20_000, interval: 50 });

const sessionSchema = z.looseObject({ sessionId: z.string(), label: z.string().nullable() });

async function start(body: object): Promise<z.infer<typeof sessionSchema>> {
  return sessionSchema.parse(await ask("POST", "/sessions", { cwd, ...body }, 201));
}

const labelOf = async (sessionId: string): Promise<string | null> =>
  sessionSchema.parse(await ask("GET", `/sessions/${sessionId}`)).label;

async function say(sessionId: string, text: string): Promise<string> {
  const sent = await ask("POST", `/sessions/${sessionId}/payloads`, { kind: "message", text }, 202);
  const { payloadId } = z.looseObject({ payloadId: z.string() }).parse(sent);
  await until(async () => expect(await ask("GET", `/payloads/${payloadId}`)).toMatchObject({ receipt: "answered" }));
  return payloadId;
}

const rowsSchema = z.object({
  rows: z.array(z.looseObject({ key: z.string(), label: z.string(), costUsd: z.number() })),
});

/** Labels with what they cost. */
async function costs(path: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = rowsSchema.parse(await ask("GET", path));
  return Object.fromEntries(rows.map(({ label, costUsd }) => [label, costUsd]));
}

/** As a person's SQLite tool reads it, beside the host. */
function read(file: string, sql: string): unknown {
  const database = new Database(join(dataDir, file), { readonly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

it("labels what is started here and what is not, adds costs up by it, and keeps it", async () => {
  const { sessionId, label } = await start({ label: " Acme\tLtd ", prompt: "USAGE input=1000 output=100" });
  expect(label).toBe("Acme Ltd");
  await until(async () => expect(await costs("/costs?groupBy=label")).toEqual({ "Acme Ltd": 0.006, "no label": 0.01 }));

  const looker = connectToHost({ url: host.url, token: host.token, clientName: "looker" });
  const told = looker.until(OLD_SESSION, (session) => session.label === "Old client");
  expect(await ask("PUT", `/sessions/${OLD_SESSION}/label`, { label: "Old client" })).toMatchObject({
    ...{ sessionId: OLD_SESSION, label: "Old client", owner: "none", lastActivityAt: OLD_AT },
  });
  expect((await told).lastActivityAt).toBe(OLD_AT);
  looker.dispose();
  expect(await ask("GET", "/sessions?q=old%20client")).toMatchObject({ items: [{ sessionId: OLD_SESSION }] });
  await until(async () =>
    expect(await costs("/costs?groupBy=label")).toEqual({ "Acme Ltd": 0.006, "Old client": 0.01 }),
  );
  expect(await costs("/costs/top?what=labels")).toEqual({ "Acme Ltd": 0.006, "Old client": 0.01 });
  expect(await ask("GET", "/costs?label=Old%20client")).toMatchObject({ total: { messages: 1, costUsd: 0.01 } });
  expect(await ask("GET", "/costs?label=")).toMatchObject({ total: { messages: 0 } });
  const { text } = z.object({ text: z.string() }).parse(await ask("GET", "/costs/export?format=json&label=Acme+Ltd"));
  const row = { kind: "message", sessionId, label: "Acme Ltd" };
  expect(JSON.parse(text)).toContainEqual(expect.objectContaining(row));

  // The CLI goes on under another id, which is still the same work.
  await say(sessionId, "/clear");
  await say(sessionId, "USAGE input=2000 output=50");
  await until(async () => expect(await costs("/costs?groupBy=label")).toMatchObject({ "Acme Ltd": 0.015 }));

  await restart();
  expect([await labelOf(sessionId), await labelOf(OLD_SESSION)]).toEqual(["Acme Ltd", "Old client"]);
  await ask("PUT", `/sessions/${OLD_SESSION}/label`, { label: "" });
  await until(async () => expect(await costs("/costs?groupBy=label")).toEqual({ "Acme Ltd": 0.015, "no label": 0.01 }));
  await restart();
  expect(await labelOf(OLD_SESSION)).toBeNull();

  await host.stop();
  for (const suffix of ["", "-wal", "-shm"]) await rm(join(dataDir, `switchboard.db${suffix}`), { force: true });
  host = await run();
  // What the host's own database has lost is in the ledger.
  expect([await labelOf(sessionId), await labelOf(OLD_SESSION)]).toEqual(["Acme Ltd", null]);
}, 120_000);

it("gives a fork its parent's label, unless it is said to be for something else", async () => {
  const parent = await start({ label: "Parent", prompt: "SAY parent" });
  await until(async () => expect(await ask("GET", `/sessions/${parent.sessionId}`)).toMatchObject({ turnCount: 1 }));
  await ask("DELETE", `/sessions/${parent.sessionId}`);
  const fork = { resume: parent.sessionId, fork: true };
  const labels = [await start(fork), await start({ ...fork, label: "Other" }), await start({ ...fork, label: "" })];
  expect(labels.map(({ label }) => label)).toEqual(["Parent", "Other", null]);
  expect(await start({ resume: parent.sessionId })).toMatchObject({ label: "Parent" });
  for (const { sessionId } of [...labels, parent]) await ask("DELETE", `/sessions/${sessionId}`);
}, 60_000);

it("refuses a label that is too long, and a session that nobody knows", async () => {
  const path = `/sessions/${OLD_SESSION}/label`;
  await ask("PUT", path, { label: "x".repeat(101) }, 400);
  await ask("PUT", path, {}, 400);
  await ask("PUT", "/sessions/nobody/label", { label: "Acme" }, 404);
});

it("lists recent messages of both directions, which SQLite tools find too", async () => {
  const { sessionId } = await start({ label: "Acme" });
  const payloadId = await say(sessionId, "USAGE input=1000 output=100 read=500");
  const list = await until(async () => {
    const found = await ask("GET", `/messages/recent?sessionId=${sessionId}`);
    expect(found).toMatchObject({ items: [{ costUsd: 0.0061 }, { costUsd: 0.0061 }] });
    return found;
  });
  const shared = { sessionId, sessionLabel: "Acme", turnId: payloadId };
  expect(list).toMatchObject({
    items: [
      { ...shared, direction: "from_session", status: "complete", contextTokens: 1500 },
      { ...shared, direction: "to_session", status: "answered", messageId: payloadId, sent: { kind: "message" } },
    ],
    nextCursor: null,
  });
  const columns = "direction, status, label, turn_id";
  const of = `WHERE session_id = '${sessionId}'`;
  const [from, to] = [`FROM recent_messages ${of}`, `FROM sent_messages ${of}`];
  expect(read("ledger.db", `SELECT ${columns}, context_tokens, cost_usd ${from}`)).toEqual([
    {
      ...{ direction: "from_session", status: "complete", label: "Acme", turn_id: payloadId },
      ...{ context_tokens: 1500, cost_usd: 0.0061 },
    },
  ]);
  expect(read("switchboard.db", `SELECT ${columns} ${to}`)).toEqual([
    { direction: "to_session", status: "answered", label: "Acme", turn_id: payloadId },
  ]);
  expect(read("ledger.db", `SELECT label, messages, turns, cost_usd, is_owned FROM session_stats ${of}`)).toEqual([
    { label: "Acme", messages: 1, turns: 1, cost_usd: 0.0061, is_owned: 1 },
  ]);
}, 60_000);
