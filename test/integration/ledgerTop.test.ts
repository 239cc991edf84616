/** The dearest of each kind, and why messages have no price, as a script asks for them over REST. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { until } from "../support/ledger/ledgerStage.ts";
import { writePricedSession } from "../support/pricedTranscript.ts";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";
import { ask, type HostUnderTest, startHostUnderTest } from "./hostUnderTest.ts";

// Haiku 4.5 costs 1 dollar a million tokens of input and 5 of output.
const HAIKU = "claude-haiku-4-5";
const UNKNOWN = "claude-mystery-1";
const [TILL, LOGO] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
const MONDAY = new Date("2026-11-16T12:00:00.000Z");
const TUESDAY = new Date("2026-11-17T12:00:00.000Z");

let test: TestEngine;
let host: HostUnderTest;
let shop: string;
let website: string;

beforeAll(async () => {
  test = await createTestEngine();
  shop = await test.environment.projectDir("shop");
  website = await test.environment.projectDir("website");
  await writePricedSession(test.environment.configDir, {
    ...{ sessionId: TILL, cwd: shop },
    turns: [
      {
        ...{ said: "Look at the till", at: MONDAY },
        messages: [
          { model: HAIKU, output: 24_000, tools: ["Bash"] },
          { model: HAIKU, input: 1_000_000, output: 400_000, tools: ["Read"] },
        ],
      },
      // Half of it is each tool's.
      { said: "And again", at: TUESDAY, messages: [{ model: HAIKU, output: 200_000, tools: ["Bash", "Read"] }] },
    ],
  });
  await writePricedSession(test.environment.configDir, {
    ...{ sessionId: LOGO, cwd: website },
    turns: [
      {
        ...{ said: "Draw a logo", at: TUESDAY },
        messages: [
          { model: HAIKU, output: 100_000, tools: ["Bash"] },
          { model: UNKNOWN, output: 1000 },
        ],
      },
    ],
  });
  host = await startHostUnderTest({ engine: test.engine });
  await until(
    () => test.ask("ledger.get", {}),
    ({ entries }) => entries === 5,
  );
});

afterAll(async () => {
  await host.dispose();
  await test.dispose();
});

const topSchema = z.object({
  what: z.string(),
  rows: z.array(
    z.object({
      ...{ key: z.string(), label: z.string(), sessionId: z.string().nullable() },
      ...{ costUsd: z.number(), messages: z.number(), unpricedMessages: z.number() },
    }),
  ),
});

/** By key: dollars, messages, and how many of those have no price; in the order of the answer. */
async function top(query: string) {
  const { json } = await ask(host, `/api/v1/costs/top?${query}`);
  const { what, rows } = topSchema.parse(json);
  if (!query.startsWith(`what=${what}`)) throw new Error(`It was told of ${what}.`);
  return rows;
}

type Row = readonly [key: string, costUsd: number, messages: number, unpriced: number];

it.each<readonly [query: string, rows: () => readonly Row[]]>([
  [
    "what=sessions",
    () => [
      [TILL, 4.12, 3, 0],
      [LOGO, 0.5, 2, 1],
    ],
  ],
  [
    "what=projects",
    () => [
      [shop, 4.12, 3, 0],
      [website, 0.5, 2, 1],
    ],
  ],
  [
    "what=models",
    () => [
      [HAIKU, 4.62, 4, 0],
      [UNKNOWN, 0, 1, 1],
    ],
  ],
  [
    // $3.00 and half of $1.00; $0.12, half of $1.00, and $0.50.
    "what=tools",
    () => [
      ["Read", 3.5, 2, 0],
      ["Bash", 1.12, 3, 0],
    ],
  ],
  ["what=sessions&limit=1", () => [[TILL, 4.12, 3, 0]]],
  [
    `what=sessions&from=${TUESDAY.toISOString()}`,
    () => [
      [TILL, 1, 1, 0],
      [LOGO, 0.5, 2, 1],
    ],
  ],
  [`what=projects&to=${TUESDAY.toISOString()}`, () => [[shop, 3.12, 2, 0]]],
  [`what=models&sessionId=${TILL}`, () => [[HAIKU, 4.12, 3, 0]]],
  [
    `what=tools&sessionId=${TILL}&to=${TUESDAY.toISOString()}`,
    () => [
      ["Read", 3, 1, 0],
      ["Bash", 0.12, 1, 0],
    ],
  ],
  ["what=sessions&owner=owned", () => []],
])("tells the dearest for %s", async (query, rows) => {
  const told = await top(query);
  expect(
    told.map(({ key, costUsd, messages, unpricedMessages }) => [key, costUsd, messages, unpricedMessages]),
  ).toEqual(rows());
});

it("calls sessions by their titles, and the others by their names", async () => {
  const labels = async (what: string) => (await top(`what=${what}`)).map(({ label, sessionId }) => [label, sessionId]);
  expect(await labels("sessions")).toEqual([
    ["Look at the till", TILL],
    ["Draw a logo", LOGO],
  ]);
  expect(await labels("projects")).toEqual([
    [shop, null],
    [website, null],
  ]);
  expect(await labels("tools")).toEqual([
    ["Read", null],
    ["Bash", null],
  ]);
});

it("refuses what it does not know", async () => {
  const answers = await Promise.all(
    ["", "what=towns", "what=sessions&limit=0", "what=sessions&from=soon"].map((query) =>
      ask(host, `/api/v1/costs/top?${query}`),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
});

it.each([
  ["", 1],
  [`?project=PROJECT`, 0],
  [`?to=${TUESDAY.toISOString()}`, 0],
])("tells why messages have no price for “%s”", async (query, messages) => {
  const { json } = await ask(host, `/api/v1/costs/unpriced${query.replace("PROJECT", encodeURIComponent(shop))}`);
  const cause = { reason: "unknown_model", messages, models: [UNKNOWN], moreModels: 0 };
  expect(json).toEqual({ messages, reasons: messages === 0 ? [] : [cause] });
});
