/**
 * Sessions that the real CLI ran, through the engine into the ledger: each against the CLI's own total, the same from
 * whichever source, and unchanged when the transcripts are gone.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionCost } from "../../shared/model/cost.ts";
import { ledgerPlays } from "../support/ledger/ledgerPlays.ts";
import { createLedgerStage, type LedgerStage, until, usd } from "../support/ledger/ledgerStage.ts";
import {
  ledgerAfter,
  type MadeLedger,
  type ToldWrite,
  writesOfEvents,
  writesOfTranscripts,
} from "../support/ledger/toldWrites.ts";

/** Children at a time: a start is half a second of computing, and most of the rest is waiting. */
const AT_A_TIME = 4;

/** Twenty processes of the CLI, on a machine that does much else. */
const PLAYING_MS = 180_000;

let stage: LedgerStage;
const played = new Map<string, string>();

beforeAll(async () => {
  stage = await createLedgerStage();
  const waiting = Object.entries(ledgerPlays);
  const playNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, { play }] = next;
      const sessionId = await play(stage);
      played.set(name, sessionId);
      await stage.close(sessionId);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, playNext));
}, PLAYING_MS);
afterAll(async () => {
  await stage.dispose();
});

const sessionOf = (name: string): string => played.get(name) ?? "";

describe.each(Object.entries(ledgerPlays))("%s", (name, { expects }) => {
  let cost: SessionCost;
  beforeAll(async () => {
    cost = await stage.cost(sessionOf(name), ({ total }) => total.messages === expects.messages);
  });

  it("comes to what the CLI charged", async () => {
    const { messages, unpriced = 0, unattributed = {}, reason = null, baselineUsd = 0 } = expects;
    const { total, reconciliation } = cost;
    const beyond = usd(...Object.values(unattributed));
    expect(total).toMatchObject({ messages, unpricedMessages: unpriced, unattributedUsd: beyond });
    expect(usd(total.costUsd, total.unattributedUsd)).toBe(
      expects.costUsd ?? usd(stage.lastTotal(sessionOf(name)) ?? 0, -baselineUsd),
    );
    expect(reconciliation).toMatchObject({ baselineUsd, unattributedUsd: beyond, reason });
    const shown = await until(
      () => stage.test.ask("sessions.get", { sessionId: sessionOf(name) }),
      ({ costUsd }) => costUsd === usd(total.costUsd, total.unattributedUsd),
    );
    expect(shown.costUsd).toBe(usd(total.costUsd, total.unattributedUsd));
  });

  it("has what is beyond the messages in its turn and at its time", async () => {
    const sessionId = sessionOf(name);
    const beyond = cost.turns.filter(({ unattributedUsd }) => unattributedUsd !== 0);
    expect(Object.fromEntries(beyond.map(({ text, unattributedUsd }) => [text, unattributedUsd]))).toEqual(
      expects.unattributed ?? {},
    );
    for (const { turnId, unattributedUsd } of beyond) {
      const { at } = await stage.test.event(sessionId, "turn.completed", ({ data }) => data.turnId === turnId);
      const to = new Date(Date.parse(at) + 1).toISOString();
      const { total } = await stage.test.ask("costs.get", { groupBy: "day", sessionId, from: at, to });
      expect(total).toMatchObject({ unattributedUsd, messages: 0 });
    }
  });

  it("has entries whose prices add up", async () => {
    const entries = await stage.entries(sessionOf(name));
    expect(entries.filter(({ isSubagent }) => isSubagent)).toHaveLength(expects.subagentMessages ?? 0);
    for (const { costUsd, price, unpricedReason } of entries) {
      if (price === null) expect([costUsd, unpricedReason]).toEqual([null, "unknown_model"]);
      else expect(usd(...price.parts.map((part) => part.costUsd))).toBe(costUsd);
    }
    expect(usd(...entries.map(({ costUsd }) => costUsd ?? 0))).toBe(cost.total.costUsd);
    expect(cost.turns.at(-1)?.cumulativeUsd).toBe(usd(cost.total.costUsd, cost.total.unattributedUsd));
  });
});

it("what a process does after /clear is of other sessions, each counted once", async () => {
  const sessionId = sessionOf("/clear");
  const others = new Set(
    stage.test
      .events(sessionId)
      .flatMap((event) => (event.type === "usage.recorded" ? [event.data.charge?.countedFor] : [])),
  );
  expect(others.size).toBe(3);
  const costs = [];
  for (const other of others) {
    if (other === undefined) continue;
    const { total, reconciliation } = await stage.test.ask("costs.session", { sessionId: other });
    costs.push([total.costUsd, total.unattributedUsd, reconciliation.cliTotalUsd]);
    const { rows } = await stage.test.ask("costs.get", { groupBy: "project", sessionId: other, owner: "owned" });
    expect(rows.map(({ costUsd }) => costUsd)).toEqual([total.costUsd]);
  }
  expect(costs).toEqual([
    [0.009, 0, 0.009],
    [0.013, 0, 0.013],
  ]);
});

it("all together is the sum, by session, day, model and project", async () => {
  const sessions = await stage.test.ask("costs.get", { groupBy: "session", limit: 500 });
  const sum = usd(...sessions.rows.map(({ costUsd, unattributedUsd }) => usd(costUsd, unattributedUsd)));
  for (const groupBy of ["session", "day", "model", "project", "hour"] as const) {
    const { rows, total } = await stage.test.ask("costs.get", { groupBy, limit: 500 });
    expect(usd(...rows.map(({ costUsd, unattributedUsd }) => usd(costUsd, unattributedUsd)))).toBe(sum);
    expect(usd(total.costUsd, total.unattributedUsd)).toBe(sum);
  }
  const { rows } = await stage.test.ask("costs.get", { groupBy: "project" });
  expect(rows.map(({ key }) => key)).toEqual([await stage.test.environment.projectDir("shop")]);
});

describe("the ledger of the same sessions", () => {
  let streamed: readonly ToldWrite[];
  let read: readonly ToldWrite[];
  let both: MadeLedger;
  beforeAll(async () => {
    await stage.readAll();
    streamed = await writesOfEvents(stage.sessionIds().flatMap((sessionId) => stage.test.events(sessionId)));
    read = await writesOfTranscripts(stage.test.environment.configDir);
    both = ledgerAfter([...streamed, ...read]);
  });

  /** A finished task in the background begins a turn of its own. */
  function isOfPayload({ turnId }: MadeLedger["entries"][string]): boolean {
    return turnId === null || stage.payloadIds().includes(turnId);
  }

  it("is what the engine's ledger came to", async () => {
    const { rows } = await stage.test.ask("costs.get", { groupBy: "session", limit: 500 });
    const sums = rows.map(({ key, costUsd, unattributedUsd }) => [key, [usd(costUsd, unattributedUsd), costUsd]]);
    expect(both.sessions).toEqual(Object.fromEntries(sums));
  });

  it("is the same from both in any order, and told again", () => {
    // A failure prints the seed.
    const orders = fc.shuffledSubarray([...streamed, ...read, ...streamed, ...read], {
      minLength: 2 * (streamed.length + read.length),
    });
    const inOrder = fc.property(orders, (writes) => {
      expect(ledgerAfter(writes)).toEqual(both);
    });
    fc.assert(inOrder, { numRuns: 20 });
  });

  it("is the same from transcripts alone, but for the name of a turn that nobody began", () => {
    const alone = ledgerAfter(read);
    const unnamed = { turnId: expect.any(String) };
    const expected = Object.entries(both.entries).map(([key, entry]) => [
      key,
      isOfPayload(entry) ? entry : { ...entry, ...unnamed },
    ]);
    expect(alone.entries).toEqual(Object.fromEntries(expected));
    expect(alone.sessions).toEqual(both.sessions);
  });

  it("is the same from the stream alone, but for sub-agents, whose messages are in the sum only", () => {
    const alone = ledgerAfter(streamed);
    const own = Object.entries(both.entries).filter(([, { isSubagent }]) => !isSubagent);
    expect(alone.entries).toEqual(Object.fromEntries(own));
    const sums = (made: MadeLedger) =>
      Object.fromEntries(Object.entries(made.sessions).map(([key, [all]]) => [key, all]));
    expect(sums(alone)).toEqual(sums(both));
  });
});

describe("when the transcripts are gone", () => {
  async function told(): Promise<unknown> {
    const { ask } = stage.test;
    const groups = ["session", "day", "model", "project"] as const;
    const reports = groups.map((groupBy) => ask("costs.get", { groupBy, splitBy: "model", limit: 500 }));
    const costs = stage.sessionIds().map((sessionId) => ask("costs.session", { sessionId }));
    const entries = stage.sessionIds().map((sessionId) => stage.entries(sessionId));
    const all = [await Promise.all(reports), await Promise.all(costs), await Promise.all(entries)];
    // A turn's place in its transcript is gone with that.
    return JSON.parse(JSON.stringify(all, (key, value: unknown) => (key === "seq" ? null : value)));
  }

  it("nothing changes, also after another look and a restart", async () => {
    await stage.readAll();
    const before = await told();
    // The files alone, as the CLI deletes them: a folder that is empty or missing is away, and takes nothing with it.
    const projects = join(stage.test.environment.configDir, "projects");
    const names = await readdir(projects, { recursive: true });
    for (const name of names.filter((one) => one.endsWith(".jsonl"))) await rm(join(projects, name));
    await stage.readAll();
    expect(await told()).toEqual(before);
    await stage.test.restart();
    await stage.readAll();
    expect(await told()).toEqual(before);
  });
});
