import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { sessionSummarySchema } from "../../shared/model/session.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { type StartedHost, startHost } from "../support/startHost.ts";

let api: ScriptedApi;
let environment: ClaudeEnvironment;
let dataDir: string;
let host: StartedHost;

beforeEach(async () => {
  api = await startScriptedApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
  dataDir = await mkdtemp(join(tmpdir(), "switchboard-data-"));
  host = await startHost({ env: environment.env, claudePath: environment.claudePath, dataDir });
});
afterEach(async () => {
  await host.stop();
  await api.close();
  await environment.dispose();
  await rm(dataDir, { recursive: true });
});

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const gone = (pid: number) => vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 30_000, interval: 50 });

/** The types of all events that the host tells of a session; what it has told it has also written. */
async function historyOf(sessionId: string): Promise<readonly string[]> {
  const { body } = await host.request("GET", `/sessions/${sessionId}/events`);
  const events = z.object({ items: z.array(z.object({ type: z.string() })) }).parse(body);
  return events.items.map(({ type }) => type);
}

/** Starts a session whose tool waits for ever, and resolves once the tool runs. */
async function startBusySession() {
  const cwd = await environment.projectDir("shop");
  const started = await host.request("POST", "/sessions", { cwd, prompt: `WAIT_BASH ${join(cwd, "never")}` });
  const { sessionId, pid } = sessionSummarySchema.parse(started.body);
  if (pid === null) throw new Error("the session has no process");
  await vi.waitFor(async () => expect(await historyOf(sessionId)).toContain("tool.called"), 30_000);
  return { sessionId, pid };
}

it.each([
  ["SIGTERM", () => host.stop()],
  ["SIGKILL", () => host.kill()],
])("leaves no child running after %s, and tells afterwards what became of its session", async (_name, end) => {
  const { sessionId, pid } = await startBusySession();
  await end();
  await gone(pid);
  host = await startHost({ env: environment.env, claudePath: environment.claudePath, dataDir });
  const { body } = await host.request("GET", `/sessions/${sessionId}`);
  expect(sessionSummarySchema.parse(body)).toMatchObject({ live: false, owner: "none", pid: null });
  expect(await historyOf(sessionId)).toContain("tool.called");
});
