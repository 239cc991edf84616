/** Sessions of the real CLI, run by an engine, and what its ledger tells of them. */
import { expect } from "vitest";
import { ledgerPath, openLedgerToRead } from "../../../electron/engine/storage/openLedger.ts";
import { transcriptReads } from "../../../electron/engine/storage/transcriptRows.ts";
import { findTranscripts } from "../../../electron/engine/transcripts/findTranscripts.ts";
import type { CostEntry, SessionCost } from "../../../shared/model/cost.ts";
import type { EventType } from "../../../shared/model/event.ts";
import type { RequestInput } from "../../../shared/contract/requests.ts";
import { createTestEngine, type TestEngine } from "../testEngine.ts";
import { untilPasses } from "../untilPasses.ts";
import { ledgerScenes } from "./ledgerScenes.ts";

export interface LedgerStage {
  readonly test: TestEngine;
  /** Starts a process that has been told nothing yet. */
  readonly start: (options?: Partial<RequestInput<"sessions.start">>) => Promise<string>;
  /** Says it and resolves when its turn is over. */
  readonly say: (sessionId: string, text: string) => Promise<void>;
  readonly send: (sessionId: string, text: string) => Promise<string>;
  readonly close: (sessionId: string) => Promise<void>;
  /** Resolves with the end of the first turn after an event of this type that is still to come. */
  readonly turnAfter: (sessionId: string, type: EventType) => Promise<unknown>;
  /** All sessions that were started. */
  readonly sessionIds: () => readonly string[];
  /** Of all that was sent. */
  readonly payloadIds: () => readonly string[];
  /** Resolves when the index has read all transcripts as they are now. */
  readonly readAll: () => Promise<void>;
  /** The CLI's running total as its last result told it; null when none did. */
  readonly lastTotal: (sessionId: string) => number | null;
  /** What the ledger tells, once it passes: it is written a moment after the session has told. */
  readonly cost: (sessionId: string, passes?: (cost: SessionCost) => boolean) => Promise<SessionCost>;
  /** All entries of the session. */
  readonly entries: (sessionId: string) => Promise<readonly CostEntry[]>;
  readonly dispose: () => Promise<void>;
}

/** Of a folder's name; each start is in the one project unless it says another. */
const PROJECT = "shop";

export async function createLedgerStage(): Promise<LedgerStage> {
  const test = await createTestEngine({ maxSessions: 20 }, { scenes: ledgerScenes });
  const cwd = await test.environment.projectDir(PROJECT);
  const started = new Set<string>();
  const sent: string[] = [];
  const send = async (sessionId: string, text: string): Promise<string> => {
    const asked = { sessionId, kind: "message", text, delivery: "next" } as const;
    const { payloadId } = await test.ask("payloads.send", asked);
    sent.push(payloadId);
    return payloadId;
  };
  const stage: LedgerStage = {
    test,
    start: async (options = {}) => {
      const { sessionId } = await test.ask("sessions.start", { cwd, ...options });
      started.add(sessionId);
      return sessionId;
    },
    sessionIds: () => [...started],
    payloadIds: () => sent,
    readAll: async () => {
      await test.ask("index.scan", {});
      const { files } = await findTranscripts([test.environment.configDir]);
      const onDisk = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes]));
      // A look that finds little is told to nobody.
      await until(
        () => Promise.resolve(fileStates(test.dataDir)),
        (rows) =>
          rows.filter(({ path, state, offset }) => state === "ready" && onDisk.get(path) === offset).length ===
            onDisk.size && rows.every(({ path, state }) => onDisk.has(path) || state === "gone"),
      );
    },
    turnAfter: async (sessionId, type) => {
      const { seq } = await test.event(sessionId, type);
      return test.event(sessionId, "turn.completed", (event) => event.seq > seq);
    },
    send,
    say: async (sessionId, text) => {
      const payloadId = await send(sessionId, text);
      await test.event(sessionId, "turn.completed", ({ data }) => data.payloadIds.includes(payloadId));
    },
    close: async (sessionId) => {
      const before = new Set(test.events(sessionId).map(({ seq }) => seq));
      await test.ask("sessions.close", { sessionId });
      await test.event(sessionId, "process.exited", ({ seq }) => !before.has(seq));
    },
    lastTotal: (sessionId) => totalsOf(test, sessionId).at(-1) ?? null,
    cost: (sessionId, passes = () => true) =>
      until(
        () => test.ask("costs.session", { sessionId }),
        (cost) => cost.reconciliation.cliTotalUsd === stage.lastTotal(sessionId) && passes(cost),
      ),
    entries: async (sessionId) => (await test.ask("costs.entries", { sessionId, limit: 500 })).items,
    dispose: test.dispose,
  };
  return stage;
}

function fileStates(dataDir: string): ReturnType<ReturnType<typeof transcriptReads>["fileStates"]> {
  const database = openLedgerToRead(ledgerPath(dataDir));
  try {
    return transcriptReads(database).fileStates();
  } finally {
    database.close();
  }
}

/** After `/clear` the totals are another session's. */
function totalsOf(test: TestEngine, sessionId: string): readonly number[] {
  return test.events(sessionId).flatMap((event) => {
    if (event.type !== "turn.completed" || event.data.countedFor !== undefined) return [];
    return event.data.totalCostUsd === null ? [] : [event.data.totalCostUsd];
  });
}

/** Asks again until the answer passes. */
export function until<Result>(ask: () => Promise<Result>, passes: (result: Result) => boolean): Promise<Result> {
  return untilPasses(
    async () => {
      const result = await ask();
      expect(result).toSatisfy(passes);
      return result;
    },
    { timeout: 20_000, interval: 50 },
  );
}

/** Whole micro-dollars: sums of floats. */
export function usd(...amounts: readonly number[]): number {
  return Math.round(amounts.reduce((sum, one) => sum + one, 0) * 1e6) / 1e6;
}
