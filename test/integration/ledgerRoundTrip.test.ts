/** Sessions that the real CLI ran here, exported and read back by a host that has never seen them. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RequestResult } from "../../shared/contract/requests.ts";
import { createLedgerStage, type LedgerStage } from "../support/ledger/ledgerStage.ts";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";

/** The CLI charges it, and the ledger believes none of its counts: all of it is beyond messages. */
const BAD_USAGE = {
  ...{ input_tokens: 1000, output_tokens: 100, cache_read_input_tokens: 0, cache_creation_input_tokens: 10 },
  cache_creation: { ephemeral_5m_input_tokens: 13, ephemeral_1h_input_tokens: -3 },
};

let stage: LedgerStage;
let target: TestEngine;
const sessionIds: string[] = [];

beforeAll(async () => {
  stage = await createLedgerStage();
  target = await createTestEngine();
  const first = await stage.start({ name: "The cart" });
  await stage.say(first, "USAGE input=1000 output=100");
  await stage.say(first, `RAW_USAGE ${JSON.stringify({ start: { ...BAD_USAGE, output_tokens: 1 }, end: BAD_USAGE })}`);
  await stage.close(first);
  const fork = await stage.start({ resume: first, fork: true, name: "Another way" });
  await stage.say(fork, "USAGE input=5000 output=10");
  await stage.close(fork);
  sessionIds.push(first, fork);
  await stage.readAll();
  for (const sessionId of sessionIds) await stage.cost(sessionId);
}, 60_000);
afterAll(async () => {
  await Promise.all([stage.dispose(), target.dispose()]);
});

async function exported({ ask }: TestEngine, format: "csv" | "json"): Promise<string> {
  let part = await ask("costs.export", { format });
  let { text } = part;
  while (part.nextCursor !== null) {
    part = await ask("costs.export", { format, cursor: part.nextCursor });
    text += part.text;
  }
  return text;
}

async function told({ ask }: TestEngine): Promise<unknown> {
  const report = (groupBy: "day" | "project" | "session", owner?: "owned") =>
    ask("costs.get", { groupBy, owner, timeZone: "UTC" });
  const sessions = await Promise.all(sessionIds.map((sessionId) => ask("costs.session", { sessionId })));
  return {
    reports: await Promise.all([report("day"), report("project"), report("session"), report("session", "owned")]),
    sessions: sessions.map(({ total, reconciliation }) => ({ total, reconciliation })),
    reasons: (await ask("costs.entries", { order: "newest" })).items.map(({ unpricedReason }) => unpricedReason),
  };
}

it.each(["csv", "json"] as const)("comes to the same as %s, and again adds nothing", async (format) => {
  const text = await exported(stage.test, format);
  const taken: RequestResult<"costs.import">[] = [
    await target.ask("costs.import", { text }),
    await target.ask("costs.import", { text }),
  ];
  expect(taken[1]).toEqual({ added: 0, known: 3, rejected: [], rejectedCount: 0 });
  const source = await told(stage.test);
  expect(await told(target)).toEqual(source);
  expect(source).toMatchObject({
    reasons: [null, "bad_usage", null],
    sessions: [{ total: { costUsd: 0.006, unattributedUsd: 0.00605 } }, { total: { messages: 1, unattributedUsd: 0 } }],
  });
  await stage.test.ask("costs.import", { text });
  expect(await told(stage.test)).toEqual(source);
});
