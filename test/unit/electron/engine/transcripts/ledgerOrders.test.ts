/** The ledger's orders on a real ledger: when price lists are loaded, and by which prices entries stand afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { PriceSheet } from "../../../../../electron/engine/ledger/pricing/price.ts";
import { ledgerPath, openLedger } from "../../../../../electron/engine/storage/openLedger.ts";
import { transcriptStore } from "../../../../../electron/engine/storage/transcriptStore.ts";
import { IndexWriter } from "../../../../../electron/engine/transcripts/indexWriter.ts";
import { LedgerOrders } from "../../../../../electron/engine/transcripts/ledgerOrders.ts";
import type { MessageCopy } from "../../../../../electron/engine/transcripts/messageCopy.ts";

const copy: MessageCopy = {
  ...{ messageId: "msg_1", requestId: "req_1", sessionId: "s1", isForkCopy: false, isSidechain: false },
  ...{ model: "claude-opus-5-5", atMs: Date.parse("2026-11-20T10:00:00Z"), input: 1000, output: 0, cacheRead: 0 },
  ...{ cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0, speed: "standard", serviceTier: "standard", inferenceGeo: "" },
  ...{ path: "", offset: 0, origin: "stream", isProvisional: false, turnId: null, isTurnTold: false, gitBranch: null },
};
const charge = { what: "charge", charges: { copies: [copy], totals: [], owned: [] }, sessions: [] } as const;

/** A user's list with this price of input, in dollars a million tokens. */
function sheetOf(input: number): PriceSheet {
  const rates = { input, output: 1, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1 };
  const entry = { models: ["claude-opus-5-5"], from: null, to: null, rates, tiers: [], multipliers: {} };
  return { source: "user", asOf: "2026-11-20", entries: [{ ...entry, webSearchPerThousand: null, note: null }] };
}

function openOrders() {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-orders-"));
  const { database } = openLedger(ledgerPath(folder), () => new Date());
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const ignore = (): void => undefined;
  const store = transcriptStore(database, (fields) => orders.chargeOf(fields));
  const writer = new IndexWriter({ store, onChange: ignore, onLoss: ignore });
  const log = { info: ignore, warn: ignore, error: ignore };
  const orders = new LedgerOrders({ database, store, writer, log });
  const nano = database.prepare("SELECT nano_usd FROM api_messages").pluck();
  return { orders, nano: (): readonly unknown[] => nano.all() };
}

test("prices are not loaded for a ledger without messages, and by the first message at the latest", async () => {
  const { orders, nano } = openOrders();
  await orders.do({ what: "prices", userSheet: sheetOf(7) });
  expect(() => orders.chargeOf(copy)).toThrow("No prices are loaded.");
  await orders.do(charge);
  expect(nano()).toEqual([7_000_000]);
});

test("what was told before the end is kept, though prices had to be loaded for it", async () => {
  const { orders, nano } = openOrders();
  const charging = orders.do(charge);
  await orders.stop();
  expect(nano()).toEqual([4_000_000]);
  await charging;
});

test("other prices hold for what is there, and the ones before again when they come back meanwhile", async () => {
  const { orders, nano } = openOrders();
  await orders.do({ what: "prices", userSheet: sheetOf(7) });
  await orders.do(charge);
  await orders.do({ what: "prices", userSheet: sheetOf(9) });
  expect(nano()).toEqual([9_000_000]);
  const others = orders.do({ what: "prices", userSheet: sheetOf(5) });
  // They are in use by now, and entries are being priced by them.
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([others, orders.do({ what: "prices", userSheet: sheetOf(9) })]);
  expect(nano()).toEqual([9_000_000]);
});
