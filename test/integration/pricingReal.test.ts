/**
 * The real CLI is told chosen usage for every model of the price list, and its own `total_cost_usd` has to be the sum of
 * our prices. One process; the model is changed between turns, so that the total runs over all of them.
 */
import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { microUsd, nanoUsdOf } from "../../electron/engine/ledger/pricing/money.ts";
import { createPriceBook } from "../../electron/engine/ledger/pricing/priceBook.ts";
import { priceMessage } from "../../electron/engine/ledger/pricing/priceMessage.ts";
import { createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import type { ClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { driveDuplex, duplexArgs } from "../support/duplexDriver.ts";
import type { DuplexDriver } from "../support/duplexDriver.ts";
import { readBody } from "../support/scriptedApi/readBody.ts";
import { readMessages } from "../support/scriptedApi/readMessages.ts";
import { textReply } from "../support/scriptedApi/reply.ts";
import { replyBody, replyEvents } from "../support/scriptedApi/replyEvents.ts";
import { chargeable, measuredPrices } from "../unit/electron/engine/ledger/pricing/measuredPrices.ts";

type Usage = Readonly<Record<string, unknown>>;

/** Answers every request with the usage that is up next. */
interface UsageApi {
  readonly server: Server;
  readonly url: string;
  next: Usage;
  count: number;
}

let api: UsageApi;
let environment: ClaudeEnvironment;
let driver: DuplexDriver;

beforeAll(async () => {
  api = await startUsageApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
  driver = driveDuplex({
    command: environment.claudePath,
    args: duplexArgs,
    cwd: await environment.projectDir("prices"),
    env: environment.env,
  });
});

afterAll(async () => {
  driver.kill("SIGKILL");
  await driver.exited;
  api.server.closeAllConnections();
  await new Promise((resolve) => api.server.close(resolve));
  await environment.dispose();
});

async function startUsageApi(): Promise<UsageApi> {
  const server = createServer((request, response) => {
    readBody(request)
      .then((body) => (request.method === "POST" ? answer(body, response) : response.writeHead(200).end()))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The API has no port");
  return { server, url: `http://127.0.0.1:${String(address.port)}`, next: usageOf(COUNTS), count: 0 };
}

function answer(body: unknown, response: ServerResponse): void {
  const { model, stream } = readMessages(body);
  const id = `prices_${String((api.count += 1))}`;
  const ids = { messageId: `msg_${id}`, toolUseId: (index: number) => `toolu_${id}_${String(index)}` };
  const reply = textReply("Used as told.");
  const type = stream ? "text/event-stream" : "application/json";
  response.writeHead(200, { "content-type": type, "request-id": `req_${id}` });
  // The CLI checks a model that it does not list by a request that is not streamed, and does not charge it.
  if (!stream) {
    response.end(JSON.stringify({ ...replyBody(reply, ids, model), usage: api.next }));
    return;
  }
  for (const event of replyEvents(reply, ids, model)) {
    const { message } = event.data;
    const started =
      typeof message === "object" ? { message: { ...message, usage: { ...api.next, output_tokens: 1 } } } : {};
    const ended = event.name === "message_delta" ? { usage: api.next } : {};
    response.write(`event: ${event.name}\ndata: ${JSON.stringify({ ...event.data, ...started, ...ended })}\n\n`);
  }
  response.end();
}

interface Counts {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly webSearches: number;
  readonly speed: string;
  readonly serviceTier: string;
  readonly inferenceGeo: string;
}

/** Odd numbers, so that nothing comes out even by chance, and small enough for no context to overflow. */
const COUNTS: Counts = {
  input: 1_237,
  output: 733,
  cacheRead: 20_011,
  cacheWrite5m: 3_001,
  cacheWrite1h: 4_003,
  webSearches: 0,
  speed: "standard",
  serviceTier: "standard",
  inferenceGeo: "",
};

function usageOf(counts: Counts): Usage {
  return {
    input_tokens: counts.input,
    output_tokens: counts.output,
    cache_read_input_tokens: counts.cacheRead,
    cache_creation_input_tokens: counts.cacheWrite5m + counts.cacheWrite1h,
    cache_creation: {
      ephemeral_5m_input_tokens: counts.cacheWrite5m,
      ephemeral_1h_input_tokens: counts.cacheWrite1h,
    },
    server_tool_use: { web_search_requests: counts.webSearches, web_fetch_requests: 0 },
    service_tier: counts.serviceTier,
    speed: counts.speed,
    inference_geo: counts.inferenceGeo,
  };
}

const NONE: Counts = { ...COUNTS, input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };

const modes: readonly Counts[] = [
  ...(["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const).map((kind) => ({
    ...NONE,
    [kind]: COUNTS[kind],
  })),
  COUNTS,
  { ...COUNTS, webSearches: 3 },
  { ...COUNTS, speed: "fast" },
  { ...COUNTS, inferenceGeo: "us", webSearches: 1 },
  { ...COUNTS, speed: "fast", inferenceGeo: "us" },
  { ...COUNTS, serviceTier: "priority" },
];

const tierEdges: readonly Counts[] = [
  { ...NONE, input: 100_000, output: 733 },
  { ...NONE, input: 100_001, output: 733 },
  { ...NONE, input: 1, cacheRead: 99_999, output: 733 },
  { ...NONE, input: 1, cacheRead: 100_000, output: 733 },
  { ...NONE, input: 1, cacheWrite5m: 50_000, cacheWrite1h: 49_999, output: 733 },
  { ...NONE, input: 2, cacheWrite5m: 50_000, cacheWrite1h: 49_999, output: 733 },
];

/** One turn; answers the CLI's running total. */
async function totalAfter(counts: Counts): Promise<number> {
  api.next = usageOf(counts);
  const from = driver.lines.length;
  driver.say("Use what you are told");
  const { fields } = await driver.waitFor(({ type }) => type === "result", from);
  return Number(fields["total_cost_usd"]);
}

const book = createPriceBook(null);
const models = [
  ...new Set(measuredPrices.map((row) => row.model)),
  "claude-haiku-4-5-20251001",
  "claude-sonnet-4-5[1m]",
];

/**
 * The five-minute cache writes of haiku 5.5 with US inference are the only price with half a nano-dollar in it: each of
 * those two messages may be off by that half. All else is exact.
 */
const MAX_DRIFT_NANO_USD = 1;

let sumNanoUsd = 0;

test.each(models)("%s: the CLI's total is the sum of our prices, to the micro-dollar", async (model) => {
  const set = await driver.control({ subtype: "set_model", model });
  expect(set).toMatchObject({ subtype: "success" });
  const totals: { readonly told: number; readonly ours: number }[] = [];
  for (const counts of model === "claude-haiku-5-5" ? [...modes, ...tierEdges] : modes) {
    const told = nanoUsdOf(await totalAfter(counts));
    const pricing = priceMessage(chargeable({ ...counts, model }), book);
    sumNanoUsd += pricing.kind === "priced" ? pricing.nanoUsd : Number.NaN;
    totals.push({ told, ours: sumNanoUsd });
  }
  expect(totals.map(({ ours }) => microUsd(ours))).toEqual(totals.map(({ told }) => microUsd(told)));
  expect(Math.max(...totals.map(({ told, ours }) => Math.abs(told - ours)))).toBeLessThanOrEqual(MAX_DRIFT_NANO_USD);
});
