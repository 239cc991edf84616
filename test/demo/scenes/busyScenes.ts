/** Scenes that are at work: one writes and edits, one runs a tool with payloads waiting for its end, one dies. */
import { type Beat, type DemoScene, playBeats } from "./demoScene.ts";

/** Slow enough to be read, fast enough to be seen. */
const READING_PACE_MS = 600;

const places: readonly (readonly [string, string])[] = [
  ["Product page", "takes the currency from the request"],
  ["Cart", "adds up cents first and formats once, so sums stay exact"],
  ["Search cards", "format twice, the second time for screen readers; both now get the same locale"],
  ["Order mail", "is sent later, so it remembers the currency the order was placed in"],
  ["Invoice", "keeps euros by law and says so"],
  ["Gift cards", "have a currency of their own, which wins over the visitor's"],
  ["Discount badges", "show percent only, nothing to do"],
  ["Shipping table", "compares amounts as text; it now compares cents"],
  ["Price alerts", "store the text they showed; they now store cents and currency"],
  ["Sitemap", "shows no price, nothing to do"],
  ["Feed for price search engines", "must keep a full stop as the decimal mark, so it does not use the locale"],
  ["Returns form", "shows what was paid, in the currency it was paid in"],
];

const aspects: readonly (readonly [string, string])[] = [
  ["Rounding", "half a cent rounds away from zero, as before"],
  ["Zero", "free items read “free”, not “0.00”"],
  ["Yen and won", "no digits after the mark, as their currencies have none"],
  ["Right to left", "the amount stays in one piece in Arabic and Hebrew"],
  ["Screen readers", "the currency is spoken, not spelled"],
  ["Cache", "the key now holds the currency, so nobody sees another visitor's price"],
];

const checks = aspects.map(([aspect, finding]) => `- ${aspect}: ${finding}.`);

const markets = ["the euro countries", "the United States", "Japan", "Brazil"] as const;

/** About ten minutes of writing at reading pace. */
const longAnswer = [
  ...places.map(([place, finding]) => `- ${place}: ${finding}.`),
  ...markets.flatMap((market) => places.flatMap(([place]) => ["", `${place}, for ${market}:`, ...checks])),
].join("\n");

const currency: DemoScene = {
  name: "working",
  project: "storefront",
  prompt:
    "Show prices in the visitor's currency\n\nUse Intl.NumberFormat, keep the cents, and go over every caller afterwards.",
  start: { permissionMode: "acceptEdits", model: "sonnet" },
  reply: playBeats(
    [
      {
        text: "Prices are formatted in one place. I read it first.\n",
        calls: [{ name: "Read", input: { file_path: "src/price.js" } }],
      },
      {
        text: "`formatPrice` knows only euros. It gets the currency and the locale of the visitor, with today's behaviour as the default, so no caller breaks.\n",
        calls: [
          {
            name: "Edit",
            input: {
              file_path: "src/price.js",
              old_string: 'export function formatPrice(cents) {\n  return "€" + (cents / 100).toFixed(2);\n}\n',
              new_string:
                'export function formatPrice(cents, { currency = "EUR", locale = "en" } = {}) {\n  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(cents / 100);\n}\n',
              replace_all: false,
            },
          },
        ],
      },
      {
        text: "Now a test for two currencies and for one without cents.\n",
        calls: [
          {
            name: "Write",
            input: {
              file_path: "test/price.test.js",
              content:
                'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { formatPrice } from "../src/price.js";\n\ntest("prices follow the visitor", () => {\n  assert.equal(formatPrice(1999), "€19.99");\n  assert.equal(formatPrice(1999, { currency: "USD" }), "$19.99");\n  assert.equal(formatPrice(1999_00, { currency: "JPY" }), "¥1,999");\n});\n',
            },
          },
        ],
      },
      { text: `The change itself is done. Going over the callers:\n\n${longAnswer}`, paceMs: READING_PACE_MS },
    ],
    () => "All callers pass the visitor's currency now.",
  ),
  reaches: "working",
};

/** Longer than anybody looks at the demo; the CLI allows no more than this, in milliseconds. */
const LONGEST_TOOL_MS = 600_000;

const importCatalogue: DemoScene = {
  name: "queued",
  project: "warehouse-sync",
  prompt: "Import the spring catalogue\n\nRun the importer and tell me which products were new.",
  start: { allowedTools: ["Bash(npm run import:*)"] },
  reply: playBeats(
    [
      {
        text: "I start the importer and watch it; with 1,200 rows it takes a while.\n",
        calls: [
          {
            name: "Bash",
            input: {
              command: "npm run import -- --catalogue spring",
              description: "Import the spring catalogue",
              timeout: LONGEST_TOOL_MS,
            },
          },
        ],
      },
    ],
    () => "The import has ended. New were the linen shirt, the rain jacket and the straw hat.",
  ),
  reaches: "tool_pending",
  then: {
    kind: "send",
    payloads: [
      {
        kind: "completion",
        text: "The supplier has confirmed the prices of all spring products.\n\nWhat was learned: the rain jacket is 5 € cheaper than in the catalogue.",
        metadata: { dependency: "supplier price list" },
        sender: "Procurement session",
      },
      {
        kind: "message",
        text: "When the import is through, compare it with last year's spring catalogue.",
        delivery: "later",
      },
    ],
  },
};

const upgradeBeats: readonly Beat[] = [
  {
    text: "I look at what the present client is used for.\n",
    calls: [{ name: "Read", input: { file_path: "src/refund.js" } }],
  },
  {
    text: `The new client of the payment provider renames three calls and drops one. I list what has to change before I touch anything:\n\n${[
      "- `createCharge` becomes `payments.create` and wants an idempotency key.",
      "- `capture` stays, but answers with the payment instead of the charge.",
      "- `refundCharge` becomes `refunds.create`; partial refunds get an amount in cents.",
      "- `listDisputes` is gone; disputes now arrive as webhooks.",
    ].join("\n")}\n\n${"I check each caller against the new types. ".repeat(60)}`,
    paceMs: READING_PACE_MS,
  },
];

const upgrade: DemoScene = {
  name: "failed",
  project: "orders-api",
  prompt: "Move to the new client of the payment provider\n\nVersion 3 is switched off at the end of the month.",
  reply: playBeats(upgradeBeats, () => "That was the last of them."),
  reaches: "working",
  then: { kind: "kill" },
};

export const busyScenes: readonly DemoScene[] = [currency, importCatalogue, upgrade];
