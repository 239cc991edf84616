/**
 * A real headless host that is killed and started again on the same data directory, and what it tells at the REST door.
 * Invariant: only the process that was started here is killed.
 */
import { mkdirSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { z } from "zod";
import { type CostReport, costReportSchema } from "../../shared/model/cost.ts";
import { hostInfoSchema, type IndexState } from "../../shared/model/host.ts";
import { type SessionSummary, sessionSummarySchema } from "../../shared/model/session.ts";
import type { ClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { type StartedHost, startHost } from "../support/startHost.ts";

export interface KillableHost {
  readonly dataDir: string;
  /** Asks at the REST door. @throws Error with the answer when it is not a good one. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly index: () => Promise<IndexState>;
  /** Asks again and again until the index is so; answers how long that took, in milliseconds. */
  readonly until: (is: (index: IndexState) => boolean) => Promise<number>;
  readonly kill: () => Promise<void>;
  readonly isKilled: () => boolean;
}

/** Between two questions about the index: less would take from the host the time that it works with. */
const ASK_AGAIN_MS = 5;

const infoSchema = hostInfoSchema.pick({ index: true });

export interface KillableHostOptions {
  readonly environment: ClaudeEnvironment;
  readonly claudePath: string;
  readonly dataDir: string;
}

export async function startKillable({ environment, claudePath, dataDir }: KillableHostOptions): Promise<KillableHost> {
  mkdirSync(dataDir, { recursive: true });
  const host: StartedHost = await startHost({ env: environment.env, claudePath, dataDir });
  let isKilled = false;
  const ask: KillableHost["ask"] = async (method, path, body) => {
    const answer = await host.request(method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}\n${host.stderrTail()}`);
  };
  const index = async (): Promise<IndexState> => infoSchema.parse(await ask("GET", "/host")).index;
  return {
    dataDir,
    ask,
    index,
    until: async (is) => {
      const beganMs = performance.now();
      for (;;) {
        const state = await index();
        if (state.problem !== null) throw new Error(`${state.problem}\n${host.stderrTail()}`);
        if (is(state)) return performance.now() - beganMs;
        await after(ASK_AGAIN_MS);
      }
    },
    kill: async () => {
      isKilled = true;
      await host.kill();
    },
    isKilled: () => isKilled,
  };
}

export const isReady = ({ state }: IndexState): boolean => state === "ready";

/** The share of all bytes that is read, from 0 to 1; 1 when all of it is in the list. */
export function shareDone({ state, bytesDone, bytesTotal }: IndexState): number {
  if (state === "ready") return 1;
  return bytesTotal === 0 ? 0 : bytesDone / bytesTotal;
}

/** A moment in the next `boundMs` milliseconds that nothing of the host decides. */
export function atSomeMoment(share: number, boundMs: number): Promise<void> {
  return after(share * boundMs);
}

const pageSchema = z.object({ items: z.array(sessionSummarySchema), nextCursor: z.string().nullable() });

/** The sessions of the list, of all its pages, by their ids. */
export async function listedSessions(host: KillableHost): Promise<ReadonlyMap<string, SessionSummary>> {
  const found = new Map<string, SessionSummary>();
  let cursor: string | null = "";
  while (cursor !== null) {
    const at: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: z.infer<typeof pageSchema> = pageSchema.parse(await host.ask("GET", `/sessions?limit=500${at}`));
    for (const session of page.items) found.set(session.sessionId, session);
    cursor = page.nextCursor;
  }
  return found;
}

export type CostGroup = "session" | "day" | "model" | "project";

/** What costs were, grouped so; `filters` goes on the address. */
export async function toldCosts(host: KillableHost, groupBy: CostGroup, filters = ""): Promise<CostReport> {
  return costReportSchema.parse(await host.ask("GET", `/costs?groupBy=${groupBy}&limit=5000${filters}`));
}

/** How many entries the ledger is said to hold. */
export async function toldEntries(host: KillableHost): Promise<number> {
  return z.object({ entries: z.number() }).parse(await host.ask("GET", "/ledger")).entries;
}
