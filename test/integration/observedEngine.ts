/**
 * A real engine beside sessions that it did not start, as a client sees both: the host feed reduced to a list, and the
 * feeds of sessions that a test opens. Unlike `testEngine.ts` it watches no session by itself.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { createEngine } from "../../electron/engine/createEngine.ts";
import type { Engine } from "../../electron/engine/engine.ts";
import { type RequestInput, type RequestName, type RequestResult, requests } from "../../shared/contract/requests.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import { reduceSession } from "../../shared/state/reduceSession.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { driveDuplex, duplexArgs } from "../support/duplexDriver.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { openTerminal, type Terminal } from "../support/terminalSession.ts";

export interface ObservedEngine {
  readonly engine: Engine;
  readonly api: ScriptedApi;
  readonly environment: ClaudeEnvironment;
  readonly terminal: Terminal;
  readonly dataDir: string;
  readonly ask: <Name extends RequestName>(name: Name, params: RequestInput<Name>) => Promise<RequestResult<Name>>;
  /** What the list that follows the host feed shows. */
  readonly sessions: () => readonly SessionSummary[];
  /** Every event of the host feed since the engine started. */
  readonly told: () => readonly SessionEvent[];
  /** Resolves with the first session in the list, now or later, that passes. */
  readonly session: (passes: (session: SessionSummary) => boolean) => Promise<SessionSummary>;
  readonly gone: (sessionId: string) => Promise<void>;
  readonly watch: (sessionId: string) => Promise<WatchedSession>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** A session's feed as a client has it: the snapshot, and all events since. */
export interface WatchedSession {
  readonly snapshot: readonly SessionEvent[];
  readonly hasOlder: boolean;
  /** Snapshot and what came after it. */
  readonly events: () => readonly SessionEvent[];
  readonly until: (passes: (events: readonly SessionEvent[]) => boolean) => Promise<readonly SessionEvent[]>;
  readonly close: () => void;
}

const silent = () => undefined;

export async function createObservedEngine(): Promise<ObservedEngine> {
  const api = await startScriptedApi();
  const environment = await createClaudeEnvironment({ apiUrl: api.url });
  const terminal = openTerminal(environment);
  const dataDir = await mkdtemp(join(tmpdir(), "switchboard-data-"));
  const errors: unknown[] = [];
  let engine: Engine | null = null;
  let list = new Map<string, SessionSummary>();
  let told: SessionEvent[] = [];
  const looks = new Looks();
  const running = (): Engine => {
    if (engine === null) throw new Error("The engine is stopped.");
    return engine;
  };
  function take(event: SessionEvent): void {
    told.push(event);
    const session = event.type === "session.forgotten" ? undefined : reduceSession(list.get(event.sessionId), event);
    if (session === undefined) list.delete(event.sessionId);
    else list.set(event.sessionId, session);
    looks.look();
  }
  async function start(): Promise<void> {
    engine = await createEngine({
      dataDir,
      claudePath: environment.claudePath,
      environment: environment.env,
      hostVersion: "test",
      logger: { info: silent, warn: silent, error: (detail, message) => errors.push({ detail, message }) },
    });
    told = [];
    const feed = engine.openFeed({ kind: "host" }, null, take);
    if (feed.start.kind !== "snapshot" || feed.start.snapshot.kind !== "host") throw new Error("no host snapshot");
    list = new Map(feed.start.snapshot.sessions.map((session) => [session.sessionId, session]));
  }
  async function stop(): Promise<void> {
    const ending = engine;
    engine = null;
    await ending?.dispose();
  }
  await start();
  return {
    get engine() {
      return running();
    },
    api,
    environment,
    terminal,
    dataDir,
    ask: async (name, params) => {
      const parsed = requests[name].params.parse(params);
      // The parameters were parsed with the row of this very request, which the compiler cannot see through the lookup.
      return running().handlers[name](parsed as never, { client: "test" });
    },
    sessions: () => [...list.values()],
    told: () => told,
    session: (passes) => looks.until(() => [...list.values()].find(passes)),
    gone: async (sessionId) => {
      await looks.until(() => (list.has(sessionId) ? undefined : true));
    },
    watch: (sessionId) => watchSession(running(), sessionId),
    stop,
    start,
    dispose: async () => {
      await terminal.close();
      await stop();
      await api.close();
      await environment.dispose();
      await rm(dataDir, { recursive: true });
      if (errors.length > 0) throw new Error(`The engine logged errors: ${inspect(errors, { depth: 6 })}`);
    },
  };
}

async function watchSession(engine: Engine, sessionId: string): Promise<WatchedSession> {
  const later: SessionEvent[] = [];
  const looks = new Looks();
  const feed = await engine.openFeed({ kind: "session", sessionId }, null, (event) => {
    later.push(event);
    looks.look();
  });
  if (feed.start.kind !== "snapshot" || feed.start.snapshot.kind !== "session") throw new Error("no session snapshot");
  const { events: snapshot, hasOlder } = feed.start.snapshot;
  const events = (): readonly SessionEvent[] => [...snapshot, ...later];
  return {
    snapshot,
    hasOlder,
    events,
    until: async (passes) => {
      await looks.until(() => (passes(events()) ? true : undefined));
      return events();
    },
    close: feed.close,
  };
}

/** Waits for what is looked for, each time something has happened. */
class Looks {
  readonly #looks = new Set<() => void>();

  look(): void {
    for (const look of this.#looks) look();
  }

  until<Found>(find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        this.#looks.delete(look);
        resolve(found);
      };
      this.#looks.add(look);
      look();
    });
  }
}

/** Tools that sessions of these tests may use unasked. */
const ALLOWED = ["--allowedTools", "Bash,Write,Edit,Read,Agent,Task"];

export interface HeadlessRun {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly says: readonly string[];
  /** Beside the environment's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a `claude` of somebody else's without a terminal: says one thing after the other, and ends it. */
export async function runHeadless(environment: ClaudeEnvironment, run: HeadlessRun): Promise<void> {
  const driver = driveDuplex({
    command: environment.claudePath,
    args: [...duplexArgs, ...ALLOWED, ...run.args],
    cwd: run.cwd,
    env: { ...environment.env, ...run.env },
  });
  for (const text of run.says) {
    const from = driver.lines.length;
    driver.say(text);
    await driver.waitFor(({ type }) => type === "result", from);
  }
  driver.endInput();
  await driver.exited;
}

/** What a person sees of events: who said or did what, in order. */
export function spoken(events: readonly SessionEvent[]): readonly string[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case "user.textAdded":
        return [`user: ${event.data.text}`];
      case "assistant.textAdded":
        return [`assistant: ${event.data.text}`];
      case "tool.called":
        return [`call: ${event.data.name}`];
      case "tool.finished":
        return [`result: ${event.data.output}`];
      default:
        return [];
    }
  });
}
