import { expect, it } from "vitest";
import { LiveCharges } from "../../../../../electron/engine/costs/liveCharges.ts";
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
