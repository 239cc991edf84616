/**
 * `inject`: how long the host takes from a request in its hands to the payload's line in the child.
 * From: the host has parsed the request's head (REST) or put the frame together (WebSocket; the frame of Electron's IPC
 * enters the host at the same place). To: the child has read the line from its stdin, so the wake-up of another process
 * is in it. `client*` begins with the client's own call instead, and has the network in it.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import type { FigureRun } from "../figure.ts";
import { connectHost, type HostClient } from "../host/hostClient.ts";
import { fakeClaudePath, probeArguments, probeEnvironment, type ProbeNote, readProbeLog } from "../host/probeLog.ts";
import { type BenchHost, withHost } from "../host/withHost.ts";
import { millisecondsBetween, now, summarise } from "../measure.ts";

const CALLS = 1_000;
const WARM_UPS = 100;
const LIMIT = { p50: 1, p99: 5 };
/** What a person writes: a few sentences. */
const TEXT = "The schema of the ledger changed on the main branch. Read the newest migration before you go on. ".repeat(
  3,
);

type Door = "rest" | "frame";

type Call = { readonly payloadId: string; readonly calledNs: bigint };

export async function inject({ report, progress }: FigureRun): Promise<void> {
  const calls: Record<Door, Call[]> = { rest: [], frame: [] };
  let home = "";
  let arrivals: ReadonlyMap<string, bigint> = new Map();
  let notes: readonly ProbeNote[] = [];
  const env = hostEnvironment;
  await withHost({ claudePath: fakeClaudePath, env, nodeArguments: probeArguments }, async (host) => {
    home = host.environment.home;
    await callInTurn(host, calls, progress);
    await host.stop();
    arrivals = await readArrivals(home);
    notes = await readProbeLog(home);
  });
  for (const door of ["rest", "frame"] as const) {
    const entries = entriesOf(door, notes);
    const counted = calls[door].slice(WARM_UPS);
    const inside = counted.map(({ payloadId }) => millisecondsBetween(at(entries, payloadId), at(arrivals, payloadId)));
    const all = counted.map(({ payloadId, calledNs }) => millisecondsBetween(calledNs, at(arrivals, payloadId)));
    const { p50: clientP50, p99: clientP99 } = summarise(all);
    report({ what: WORDS[door], unit: "ms", ...summarise(inside), clientP50, clientP99, limit: LIMIT });
  }
}

const WORDS: Readonly<Record<Door, string>> = {
  rest: "REST: head of POST /payloads parsed in the host → line read by the child",
  frame: "IPC and WebSocket: request frame received in the host → line read by the child",
};

/** One call at a time, by one door and then the other; the next when the child is done with the one before. */
async function callInTurn(
  host: BenchHost,
  calls: Record<Door, Call[]>,
  progress: FigureRun["progress"],
): Promise<void> {
  const client = await connectHost(host);
  const cwd = await host.environment.projectDir("inject");
  const { sessionId } = await client.request("sessions.start", { cwd });
  const settled = await watchSettled(client);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  progress(`${CALLS} calls by each of two doors`);
  for (let index = 0; index < WARM_UPS + CALLS; index += 1) {
    for (const door of ["rest", "frame"] as const) {
      const payloadId = randomUUID();
      const done = settled(payloadId);
      const body = { kind: "context", text: TEXT, payloadId } as const;
      const calledNs = now();
      if (door === "rest") await post(host, agent, `/api/v1/sessions/${sessionId}/payloads`, body);
      else await client.request("payloads.send", { sessionId, ...body });
      calls[door].push({ payloadId, calledNs });
      await done;
    }
  }
  agent.destroy();
  client.close();
}

/** Context is added in silence: it is settled when it was delivered. */
async function watchSettled(client: HostClient): Promise<(payloadId: string) => Promise<void>> {
  const waiting = new Map<string, () => void>();
  await client.watch(
    { kind: "host" },
    {
      onEvent: (event) => {
        if (event.type !== "payload.advanced" || event.data.state !== "delivered") return;
        waiting.get(event.data.payloadId)?.();
        waiting.delete(event.data.payloadId);
      },
    },
  );
  return (payloadId) => new Promise((resolve) => waiting.set(payloadId, resolve));
}

async function post(host: BenchHost, agent: Agent, path: string, body: { readonly payloadId: string }): Promise<void> {
  const headers = {
    authorization: `Bearer ${host.token}`,
    "content-type": "application/json",
    "x-bench-id": body.payloadId,
  };
  const asked = httpRequest(`${host.url}${path}`, { method: "POST", headers, agent });
  asked.end(JSON.stringify(body));
  const [response] = await once(asked, "response");
  response.resume();
  await once(response, "end");
  if (response.statusCode !== 202) throw new Error(`The host answered ${response.statusCode} to a payload.`);
}

function entriesOf(door: Door, notes: readonly ProbeNote[]): ReadonlyMap<string, bigint> {
  if (door === "rest")
    return new Map(notes.flatMap(({ what, text, at: ns }) => (what === "request" ? [[text, ns]] : [])));
  return new Map(
    notes.flatMap(({ what, text, at: ns }) => {
      const payloadId = what === "frameIn" ? /"payloadId":"([^"]+)"/u.exec(text)?.[1] : undefined;
      return payloadId === undefined ? [] : [[payloadId, ns] as const];
    }),
  );
}

const inputSchema = z.object({ atNs: z.string().transform(BigInt), line: z.string() });
const lineSchema = z.looseObject({ uuid: z.string().optional() });

async function readArrivals(home: string): Promise<ReadonlyMap<string, bigint>> {
  const arrivals = new Map<string, bigint>();
  for (const text of (await readFile(stdinLogIn(home), "utf8")).split("\n")) {
    if (text === "") continue;
    const { atNs, line } = inputSchema.parse(JSON.parse(text));
    const { uuid } = lineSchema.parse(JSON.parse(line));
    if (uuid !== undefined) arrivals.set(uuid, atNs);
  }
  return arrivals;
}

function hostEnvironment(home: string): Readonly<Record<string, string>> {
  return { ...probeEnvironment(home), FAKE_CLAUDE_STDIN_LOG: stdinLogIn(home) };
}

function stdinLogIn(home: string): string {
  return join(home, "stdin.jsonl");
}

function at(moments: ReadonlyMap<string, bigint>, id: string): bigint {
  const moment = moments.get(id);
  if (moment === undefined) throw new Error(`Nothing was noted of the payload ${id}.`);
  return moment;
}
