/**
 * `observed`: a `claude` in a terminal (tmux), as a client of the headless host sees it.
 * From what the CLI writes down or from the end of its process to the frame at the client: registered → live; each change
 * of its status → the session does that; ended by `/exit`, or taken out of the registry by it → gone; killed → gone.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { readStartIdentity } from "../../../electron/engine/claude/processIdentity.ts";
import { parseRegistryFile, type RegistryEntry } from "../../../electron/engine/discovery/registryEntry.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { claudePath } from "../../support/claudeEnvironment.ts";
import { type ScriptedApi, startScriptedApi } from "../../support/scriptedApi/scriptedApi.ts";
import { hasTmux, openTerminal, type Terminal } from "../../support/terminalSession.ts";
import type { FigureRun } from "../figure.ts";
import { connectHost, type HostClient } from "../host/hostClient.ts";
import { untilIndexed } from "../host/untilIndexed.ts";
import { withHost } from "../host/withHost.ts";
import { summarise } from "../measure.ts";

/** Sessions; half of them end by `/exit`, half are killed. */
const SESSIONS = 20;
/** Between two looks at a file or process, in milliseconds: the error of what is measured from there. */
const LOOK_MS = 2;
/** What is not told by then never is. */
const MAX_WAIT_MS = 30_000;

interface Samples {
  readonly registered: number[];
  readonly status: number[];
  readonly exited: number[];
  readonly killed: number[];
}

export async function observed({ report, progress }: FigureRun): Promise<void> {
  if (!hasTmux) throw new Error("There is no tmux: sessions in a terminal cannot be measured.");
  const api = await startScriptedApi();
  const samples: Samples = { registered: [], status: [], exited: [], killed: [] };
  try {
    await withHost({ claudePath, apiUrl: api.url }, async ({ environment, ...host }) => {
      const client = await connectHost(host);
      await untilIndexed(client);
      const seen = await watchSessions(client);
      const terminal = openTerminal(environment);
      try {
        const cwd = await environment.projectDir("shop");
        const play = { api, terminal, seen, cwd, registry: join(environment.configDir, "sessions"), samples };
        for (let number = 0; number < SESSIONS; number += 1) {
          progress(`session ${number + 1} of ${SESSIONS}`);
          await playSession(play, number % 2 === 0);
        }
      } finally {
        await terminal.close();
        client.close();
      }
    });
  } finally {
    await api.close();
  }
  const tell = (what: string, values: readonly number[], max: number): void =>
    report({ what, unit: "ms", ...summarise(values), limit: { max } });
  tell("registered by the CLI → live at a client", samples.registered, 1_000);
  tell("status changed by the CLI (busy, idle, waiting for permission) → told to a client", samples.status, 1_000);
  tell("ended by /exit → gone at a client", samples.exited, 2_000);
  tell("SIGKILL → gone at a client", samples.killed, 2_000);
}

interface Play {
  readonly api: ScriptedApi;
  readonly terminal: Terminal;
  readonly seen: SeenSessions;
  readonly cwd: string;
  readonly registry: string;
  readonly samples: Samples;
}

async function playSession({ api, terminal, seen, cwd, registry, samples }: Play, isKilled: boolean): Promise<void> {
  const repl = await terminal.start(cwd);
  const path = join(registry, `${repl.pid}.json`);
  const registeredMs = await whenTrue(async () => (await entryAt(path)) !== null);
  const { sessionId, atMs } = await seen.until((one) => one.pid === repl.pid && one.live, 0);
  samples.registered.push(atMs - registeredMs);
  const statusTold = async (status: string, kind: string, from: number): Promise<void> => {
    const told = await seen.until((one) => one.sessionId === sessionId && one.activity.kind === kind, from);
    const entry = await entryAt(path);
    // The next status may be there already: then nobody knows when this one was.
    if (entry?.status === status && entry.statusUpdatedAt !== null)
      samples.status.push(told.atMs - entry.statusUpdatedAt);
  };
  await seen.until((one) => one.sessionId === sessionId && one.activity.kind === "idle", 0);
  const gate = api.hold("SAY");
  await repl.say("SAY The shop is open.");
  await statusTold("busy", "working", 0);
  const whileBusy = seen.count;
  gate.release();
  await statusTold("idle", "idle", whileBusy);
  if (isKilled) {
    await repl.say("RUN_BASH: touch made");
    await statusTold("waiting", "awaiting_permission", 0);
  } else {
    await repl.say("/exit");
  }
  const endedMs = isKilled ? kill(repl.pid) : await whenTrue(async () => hasEnded(repl.pid, path));
  const gone = await seen.until((one) => one.sessionId === sessionId && !one.live, 0);
  (isKilled ? samples.killed : samples.exited).push(gone.atMs - endedMs);
}

/** A session as a client was told of it; `atMs` is the machine's clock, as the CLI's own times are. */
type SeenSession = Pick<SessionSummary, "sessionId" | "pid" | "live" | "activity"> & { readonly atMs: number };

interface SeenSessions {
  readonly count: number;
  /** The first one that fits, now or later, from the given one on. @throws Error when there is none for long. */
  readonly until: (fits: (session: SeenSession) => boolean, from: number) => Promise<SeenSession>;
}

async function watchSessions(client: HostClient): Promise<SeenSessions> {
  const seen: SeenSession[] = [];
  const onEvent: Parameters<HostClient["watch"]>[1]["onEvent"] = (event) => {
    if (event.type === "session.sighted") seen.push({ ...event.data.summary, atMs: clockMs() });
  };
  await client.watch({ kind: "host" }, { onEvent });
  return {
    get count() {
      return seen.length;
    },
    until: async (fits, from) => {
      await whenTrue(async () => seen.slice(from).some(fits));
      const found = seen.slice(from).find(fits);
      if (found === undefined) throw new Error("What was seen is not there any more.");
      return found;
    },
  };
}

/** The moment by the machine's clock, finer than milliseconds. */
function clockMs(): number {
  return performance.timeOrigin + performance.now();
}

/** When it was first seen to be true. @throws Error when it is not for long. */
async function whenTrue(passes: () => Promise<boolean>): Promise<number> {
  const untilMs = clockMs() + MAX_WAIT_MS;
  while (clockMs() < untilMs) {
    if (await passes()) return clockMs();
    await wait(LOOK_MS);
  }
  throw new Error(`Nothing came within ${MAX_WAIT_MS} ms.`);
}

async function entryAt(path: string): Promise<RegistryEntry | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  const reading = parseRegistryFile(text);
  return reading.ok ? reading.entry : null;
}

/** The moment of it: a process that is killed does nothing more. */
function kill(pid: number): number {
  const atMs = clockMs();
  process.kill(pid, "SIGKILL");
  return atMs;
}

/** The CLI takes its entry away first and ends a second later: a session has ended with whatever comes first. */
async function hasEnded(pid: number, path: string): Promise<boolean> {
  return (await entryAt(path)) === null || (await readStartIdentity(pid)) === null;
}
