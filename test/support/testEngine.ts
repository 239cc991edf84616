import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { createEngine, type EngineOptions } from "../../electron/engine/createEngine.ts";
import type { Engine, OpenFeed } from "../../electron/engine/engine.ts";
import { type RequestInput, type RequestName, type RequestResult, requests } from "../../shared/contract/requests.ts";
import type { EventOf, EventType, SessionEvent } from "../../shared/model/event.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "./claudeEnvironment.ts";
import { type ScriptedApi, type ScriptedApiOptions, startScriptedApi } from "./scriptedApi/scriptedApi.ts";

/** A real engine on a real CLI against the scripted API, in a home of its own. */
export interface TestEngine {
  readonly engine: Engine;
  readonly api: ScriptedApi;
  readonly environment: ClaudeEnvironment;
  readonly dataDir: string;
  /** Asks the engine as a door does: with the defaults of the contract filled in. */
  readonly ask: <Name extends RequestName>(
    name: Name,
    params: RequestInput<Name>,
    client?: string,
  ) => Promise<RequestResult<Name>>;
  /** The first event of the session, past or to come, that is of the type and passes. */
  readonly event: <Type extends EventType>(
    sessionId: string,
    type: Type,
    passes?: (event: EventOf<Type>) => boolean,
  ) => Promise<EventOf<Type>>;
  /** All events of the session so far. */
  readonly events: (sessionId: string) => readonly SessionEvent[];
  /** Ends the engine as a quit does and starts another on the same data. */
  readonly restart: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

const silent = () => undefined;

export async function createTestEngine(
  options: Partial<EngineOptions> = {},
  apiOptions: ScriptedApiOptions = {},
): Promise<TestEngine> {
  const api = await startScriptedApi(apiOptions);
  const environment = await createClaudeEnvironment({ apiUrl: api.url });
  const dataDir = await mkdtemp(join(tmpdir(), "switchboard-data-"));
  const errors: unknown[] = [];
  const start = () =>
    createEngine({
      dataDir,
      claudePath: environment.claudePath,
      environment: environment.env,
      hostVersion: "test",
      logger: { info: silent, warn: silent, error: (detail, message) => errors.push({ detail, message }) },
      ...options,
    });
  const log = new EventLog();
  let engine = await start();
  let stopListening = log.follow(engine);
  return {
    get engine() {
      return engine;
    },
    api,
    environment,
    dataDir,
    ask: async (name, params, client = "test") => {
      const parsed = requests[name].params.parse(params);
      // The parameters were parsed with the row of this very request, which the compiler cannot see through the lookup.
      return engine.handlers[name](parsed as never, { client });
    },
    event: (sessionId, type, passes = () => true) => log.first(sessionId, type, passes),
    events: (sessionId) => log.of(sessionId),
    restart: async () => {
      stopListening();
      await engine.dispose();
      engine = await start();
      stopListening = log.follow(engine);
    },
    dispose: async () => {
      stopListening();
      await engine.dispose();
      await api.close();
      await environment.dispose();
      await rm(dataDir, { recursive: true });
      if (errors.length > 0) throw new Error(`The engine logged errors: ${inspect(errors, { depth: 6 })}`);
    },
  };
}

/** Follows every session that appears, and lets tests wait for what happens in it. */
class EventLog {
  readonly #events: SessionEvent[] = [];
  readonly #waiting = new Set<() => void>();

  follow(engine: Engine): () => void {
    const open = new Map<string, () => void>();
    const followSession = (sessionId: string): void => {
      // An event of the host itself has no session.
      if (sessionId === "" || open.has(sessionId)) return;
      open.set(sessionId, () => undefined);
      const feed = engine.openFeed({ kind: "session", sessionId }, null, (event) => this.#add(event));
      const take = ({ start, close }: OpenFeed): void => {
        open.set(sessionId, close);
        if (start.kind !== "snapshot" || start.snapshot.kind !== "session") return;
        for (const event of start.snapshot.events) this.#add(event);
      };
      if (feed instanceof Promise) void feed.then(take);
      else take(feed);
    };
    const host = engine.openFeed({ kind: "host" }, null, ({ sessionId, type }) => {
      // What a session cost since `/clear` may be told before the list has it.
      if (type !== "session.costChanged") followSession(sessionId);
    });
    return () => {
      host.close();
      for (const close of open.values()) close();
    };
  }

  of(sessionId: string): readonly SessionEvent[] {
    return this.#events.filter((event) => event.sessionId === sessionId);
  }

  first<Type extends EventType>(
    sessionId: string,
    type: Type,
    passes: (event: EventOf<Type>) => boolean,
  ): Promise<EventOf<Type>> {
    const isIt = (event: SessionEvent): event is EventOf<Type> =>
      event.sessionId === sessionId && event.type === type && passes(event as EventOf<Type>);
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.#events.find(isIt);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  #add(event: SessionEvent): void {
    if (this.#events.some(({ seq }) => seq === event.seq)) return;
    this.#events.push(event);
    for (const look of this.#waiting) look();
  }
}
