/**
 * Usage that no API should tell and no record should hold, through the whole way: nothing throws, what is no count is in no
 * sum, and what is right beside it is kept.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CostEntry } from "../../shared/model/cost.ts";
import { createLedgerStage, type LedgerStage, until, usd } from "../support/ledger/ledgerStage.ts";

const GOOD = {
  ...{ input_tokens: 1000, output_tokens: 100, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
};
const GOOD_USD = 0.006;
const TOKENS = { input: 1000, output: 100, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
const UNKNOWN = { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null };
const BAD = { costUsd: null, unpricedReason: "bad_usage", tokens: UNKNOWN, webSearches: null, price: null };

function withWrites(sum: number, fiveMinutes: number, hour = 0): object {
  const cache_creation = { ephemeral_5m_input_tokens: fiveMinutes, ephemeral_1h_input_tokens: hour };
  return { ...GOOD, cache_creation_input_tokens: sum, cache_creation };
}

type Case = readonly [what: string, usage: unknown, kept: object];

/** What the CLI hands on as it is. Nothing comes after a huge one in its session: the CLI then compacts the conversation. */
const told: readonly Case[] = [
  ["a negative count", { ...GOOD, output_tokens: -7 }, BAD],
  ["a fraction", { ...GOOD, input_tokens: 1.5 }, BAD],
  ["a negative number of searches", { ...GOOD, server_tool_use: { web_search_requests: -1 } }, BAD],
  ["a million million searches", { ...GOOD, server_tool_use: { web_search_requests: 1e12 } }, BAD],
  [
    "fields that nobody knows",
    { ...GOOD, service_tier: 5, speed: { a: 1 }, new_tokens: 9, iterations: [1] },
    { costUsd: GOOD_USD, tokens: TOKENS },
  ],
  ["more tokens than any context has", { ...GOOD, input_tokens: 1e15 }, BAD],
  ["more than can be counted", { ...GOOD, output_tokens: 1e300 }, BAD],
];

let stage: LedgerStage;
beforeAll(async () => {
  stage = await createLedgerStage();
});
afterAll(async () => {
  // Fails when the engine logged an error.
  await stage.dispose();
});

async function entryOf(sessionId: string, source: CostEntry["source"]): Promise<CostEntry | undefined> {
  const found = await until(
    () => stage.entries(sessionId),
    (entries) => entries.some((entry) => entry.source === source),
  );
  return found[0];
}

describe("told by the API, in the live stream and in the transcript", () => {
  it.each(told)("%s", async (_, usage, kept) => {
    const sessionId = await stage.start();
    const start = { ...GOOD, output_tokens: 1 };
    await stage.say(sessionId, `RAW_USAGE ${JSON.stringify({ start, end: usage })}`);
    const recorded = await stage.test.event(sessionId, "usage.recorded");
    expect(recorded.data.charge?.isBad ?? false).toBe(isNoCount(usage));
    await stage.close(sessionId);
    await stage.readAll();
    expect(await entryOf(sessionId, "transcript")).toMatchObject(kept);
    const { total } = await stage.test.ask("costs.session", { sessionId });
    const isGood = kept !== BAD;
    expect(total).toMatchObject({
      ...{ messages: 1, unpricedMessages: isGood ? 0 : 1, costUsd: isGood ? GOOD_USD : 0 },
      tokens: isGood ? TOKENS : { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    });
    // What the CLI made of it is its own line, unless no session can cost that.
    const cli = stage.lastTotal(sessionId) ?? 0;
    expect(usd(total.costUsd, total.unattributedUsd)).toBe(cli < 0 || cli > 1e6 ? 0 : cli);
  });

  /** 1e15 is a count, if none that a price is looked up for. */
  function isNoCount(usage: unknown): boolean {
    const { input_tokens, output_tokens, server_tool_use } = Object(usage);
    const counts: readonly unknown[] = [input_tokens, output_tokens, server_tool_use?.web_search_requests ?? 0];
    return !counts.every((count) => Number.isSafeInteger(count) && Number(count) >= 0);
  }

  it.each([
    ["part", withWrites(10, -3)],
    ["sum", withWrites(-5, 10)],
  ])(
    "a negative %s of the cache writes, which the CLI takes for none before it writes and charges them",
    async (_, end) => {
      const sessionId = await stage.start();
      await stage.say(sessionId, `RAW_USAGE ${JSON.stringify({ start: { ...GOOD, output_tokens: 1 }, end })}`);
      await stage.close(sessionId);
      await stage.readAll();
      expect(await entryOf(sessionId, "transcript")).toMatchObject({
        costUsd: stage.lastTotal(sessionId),
        remarks: [],
      });
      expect(stage.lastTotal(sessionId)).toBe(0.00605);
    },
  );

  it("holds up no other session", async () => {
    const sessionId = await stage.start();
    await stage.say(sessionId, "USAGE input=1000 output=100");
    const cost = await stage.cost(sessionId, ({ total }) => total.messages === 1);
    expect(cost.total).toMatchObject({ costUsd: GOOD_USD, unattributedUsd: 0 });
  });
});

/** As tools other than this CLI, or a broken disk, may leave them. */
const written: readonly Case[] = [
  ["a negative count", { ...GOOD, input_tokens: -1 }, BAD],
  ["a fraction", { ...GOOD, cache_read_input_tokens: 0.5 }, BAD],
  ["more tokens than any context has", { ...GOOD, output_tokens: 1e15 }, BAD],
  ["more than can be counted", { ...GOOD, output_tokens: Number.MAX_SAFE_INTEGER + 1 }, BAD],
  ["a negative part of the cache writes", withWrites(10, -3), BAD],
  ["a negative hour of the cache writes", withWrites(10, 13, -3), BAD],
  ["a negative sum of the cache writes", withWrites(-5, 10), BAD],
  ["a broken part of the cache writes", withWrites(10, 2.5), BAD],
  ["a broken sum of the cache writes", withWrites(1.5, 10), BAD],
  ["no usage", undefined, { ...BAD, unpricedReason: "no_usage" }],
  ["an empty usage", null, { ...BAD, unpricedReason: "no_usage" }],
  ["a usage without counts", {}, { ...BAD, unpricedReason: "no_usage" }],
  ["fields that nobody knows", { ...GOOD, future: { tokens: [1] } }, { costUsd: GOOD_USD, tokens: TOKENS }],
  [
    "a count that is a text",
    { ...GOOD, output_tokens: "100" },
    { costUsd: 0.004, remarks: ["incomplete"], tokens: { ...TOKENS, output: null } },
  ],
];

describe("written in a transcript", () => {
  const sessionId = "a0000000-0000-4000-8000-000000000001";
  beforeAll(async () => {
    const folder = join(stage.test.environment.configDir, "projects", "-w-written");
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, `${sessionId}.jsonl`),
      written.map(([, usage], index) => record(index, usage)).join(""),
    );
    await stage.readAll();
  });

  function record(index: number, usage: unknown): string {
    const message = {
      id: `msg_written_${String(index)}`,
      model: "claude-opus-5-5",
      role: "assistant",
      content: [],
      usage,
    };
    const timestamp = new Date(Date.UTC(2026, 10, 20, 10) + index * 1000).toISOString();
    const more = { uuid: `u${String(index)}`, requestId: `req_${String(index)}`, sessionId, cwd: "/w/written" };
    return `${JSON.stringify({ type: "assistant", message, timestamp, ...more })}\n`;
  }

  it.each(written.map(([what, , kept], index) => [what, kept, index] as const))("%s", async (_, kept, index) => {
    const entries = await stage.entries(sessionId);
    expect(entries.find(({ messageId }) => messageId === `msg_written_${String(index)}`)).toMatchObject(kept);
  });

  it("what is right beside it is in the sums, and nothing else", async () => {
    const { total } = await stage.test.ask("costs.get", { groupBy: "day", project: "/w/written" });
    expect(total).toMatchObject({
      ...{ messages: written.length, unpricedMessages: 12, incompleteMessages: 1, costUsd: usd(GOOD_USD, 0.004) },
      tokens: { ...TOKENS, input: 2000 },
    });
  });
});
