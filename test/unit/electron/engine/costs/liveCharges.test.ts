import { expect, it } from "vitest";
import { LiveCharges } from "../../../../../electron/engine/costs/liveCharges.ts";
import type { CostTotal } from "../../../../../electron/engine/storage/ledgerWrites.ts";
import type { ChargedSession, LedgerAnswer } from "../../../../../electron/engine/transcripts/indexMessages.ts";

const ignore = (): void => undefined;
const log = { info: ignore, warn: ignore, error: ignore };

function charged(sessionId: string): ChargedSession {
  return { sessionId, turnId: null, nanoUsd: 1_000_000_000, turnNano: 0, messages: 1, unpricedMessages: 0 };
}

it("tells what a session costs when that changed, and remembers a bounded number of sessions for it", async () => {
  const told: string[] = [];
  const charges = new LiveCharges({
    ask: async (ask): Promise<LedgerAnswer> => {
      const sessions = ask.what === "charge" ? ask.sessions.map(({ sessionId }) => charged(sessionId)) : [];
      return { what: "charge", added: 0, known: 0, sessions };
    },
    emit: (sessionId) => told.push(sessionId),
    log,
  });
  const look = async (sessionIds: readonly string[]): Promise<readonly string[]> => {
    told.length = 0;
    charges.look(sessionIds);
    // Everything here ends within the microtasks of this turn.
    await new Promise((resolve) => setImmediate(resolve));
    return [...told];
  };
  expect(await look(["first"])).toEqual(["first"]);
  expect(await look(["first"])).toEqual([]);
  expect(await look(Array.from({ length: 1000 }, (_, index) => `s${index}`))).toHaveLength(1000);
  expect(await look(["s999"])).toEqual([]);
  expect(await look(["first"])).toEqual(["first"]);
  await charges.dispose();
});

it("says why what is used is not in the ledger, and gives it again", async () => {
  const problems: (string | null)[] = [];
  let isFull = true;
  const given: number[] = [];
  const charges: LiveCharges = new LiveCharges({
    ask: async (ask): Promise<LedgerAnswer> => {
      if (isFull) throw new Error("The disk is full. Free some room.");
      if (ask.what === "charge") given.push(ask.charges.owned.length);
      return { what: "charge", added: 0, known: 0, sessions: [] };
    },
    emit: ignore,
    onProblem: () => problems.push(charges.problem),
    log,
  });
  charges.own([{ sessionId: "s1", projectPath: "/w" }]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(problems).toEqual(["The disk is full. Free some room."]);
  isFull = false;
  await charges.dispose();
  expect(given).toEqual([1]);
});

it("counts what a session had cost before from when its process began: a busy host hears late of a turn", async () => {
  const totals: CostTotal[] = [];
  const charges = new LiveCharges({
    ask: async (ask): Promise<LedgerAnswer> => {
      if (ask.what === "charge") totals.push(...ask.charges.totals);
      return { what: "charge", added: 0, known: 0, sessions: [] };
    },
    emit: ignore,
    log,
  });
  const at = (second: number): string => `2026-11-20T12:00:${String(second).padStart(2, "0")}.000Z`;
  const place = (second: number) => ({ sessionId: "s", seq: second, at: at(second) });
  const started = { pid: 1, startedAt: at(1), cliVersion: "2.1.329" };
  const result = { outcome: "success", subtype: "success", terminalReason: null, errorText: null } as const;
  charges.take({ ...place(3), type: "process.started", data: started });
  charges.take({ ...place(9), type: "turn.started", data: { turnId: "t", payloadId: "t" } });
  charges.take({
    ...place(9),
    type: "turn.completed",
    data: {
      ...{ turnId: "t", payloadIds: ["t"], durationMs: null, modelTurns: 1, usage: null, ...result },
      ...{ totalCostUsd: 0.5, costUsd: 0.2 },
    },
  });
  await charges.dispose();
  expect(totals.map(({ atMs, totalNano }) => [new Date(atMs).toISOString(), totalNano])).toEqual([
    ["2026-11-20T12:00:00.999Z", 300_000_000],
    ["2026-11-20T12:00:09.000Z", 500_000_000],
  ]);
});

it("gives a label again that could not be kept, unless there is a newer one", async () => {
  const given: string[] = [];
  let isFull = true;
  const charges: LiveCharges = new LiveCharges({
    ask: async (ask): Promise<LedgerAnswer> => {
      if (isFull) {
        isFull = false;
        // While it is on its way.
        charges.label([{ sessionId: "s1", label: "New" }]);
        throw new Error("The disk is full. Free some room.");
      }
      const labels = ask.what === "charge" ? (ask.charges.labels ?? []) : [];
      given.push(...labels.map(({ sessionId, label }) => `${sessionId}: ${label ?? "none"}`));
      return { what: "charge", added: 0, known: 0, sessions: [] };
    },
    emit: ignore,
    log,
  });
  charges.label([
    { sessionId: "s1", label: "Old" },
    { sessionId: "s2", label: null },
  ]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(given).toEqual([]);
  await charges.dispose();
  expect(given.toSorted()).toEqual(["s1: New", "s2: none"]);
});
