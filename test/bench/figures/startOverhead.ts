/**
 * `start_overhead`: from the wish to start a session with a first message to the CLI's `init`, through the host and
 * without it, on the real CLI with the scripted API.
 * Ours: the client's `sessions.start` → `session.initialized` at the client. Bare: spawn, the message written at once →
 * the `init` line. Each child ends before the next one starts.
 */
import { randomUUID } from "node:crypto";
import { claudePath } from "../../support/claudeEnvironment.ts";
import { driveDuplex, duplexArgs } from "../../support/duplexDriver.ts";
import { startScriptedApi } from "../../support/scriptedApi/scriptedApi.ts";
import type { FigureRun } from "../figure.ts";
import { connectHost, type Following, type HostClient } from "../host/hostClient.ts";
import { type BenchHost, withHost } from "../host/withHost.ts";
import { compare, millisecondsBetween, now, runInPairs } from "../measure.ts";

const PAIRS = 20;
const WARM_UPS = 2;
const PROMPT = "SAY ready";
const LIMIT = { ratio: 1.05 };

export async function startOverhead({ report, progress }: FigureRun): Promise<void> {
  const api = await startScriptedApi();
  try {
    await withHost({ claudePath, apiUrl: api.url }, async (host) => {
      const cwd = await host.environment.projectDir("start");
      const client = await connectHost(host);
      const hostFeed = await client.follow({ kind: "host" });
      const samples = await runInPairs({
        pairs: PAIRS,
        warmUps: WARM_UPS,
        ours: () => startOurs(client, hostFeed, cwd),
        bare: () => startBare(host, cwd),
        progress,
      });
      client.close();
      const what = "sessions.start → init at a client, divided by spawn → init of the bare CLI";
      report({ what, unit: "ms", ...compare(samples), limit: LIMIT });
    });
  } finally {
    await api.close();
  }
}

async function startOurs(client: HostClient, hostFeed: Following, cwd: string): Promise<number> {
  const sessionId = randomUUID();
  const beganNs = now();
  const started = client.request("sessions.start", { cwd, prompt: PROMPT, sessionId });
  await hostFeed.until((event) => event.type === "session.created" && event.sessionId === sessionId);
  const feed = await client.follow({ kind: "session", sessionId });
  const { atNs } = await feed.until((event) => event.type === "session.initialized");
  await started;
  await feed.until((event) => event.type === "turn.completed");
  await client.request("sessions.close", { sessionId });
  return millisecondsBetween(beganNs, atNs);
}

async function startBare({ environment }: BenchHost, cwd: string): Promise<number> {
  const beganNs = now();
  const args = [...duplexArgs, "--session-id", randomUUID()];
  const driver = driveDuplex({ command: claudePath, args, cwd, env: environment.env });
  driver.say(PROMPT);
  await driver.waitFor((line) => line["type"] === "system" && line["subtype"] === "init");
  const took = millisecondsBetween(beganNs, now());
  await driver.waitFor((line) => line["type"] === "result");
  driver.endInput();
  await driver.exited;
  return took;
}
