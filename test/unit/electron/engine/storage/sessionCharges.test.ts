/** A session's cost as its header shows it is that of the Costs page, whatever totals and messages there are. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compareTotals } from "../../../../../electron/engine/ledger/remainders.ts";
import type { SqliteDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { ledgerPath, openLedger } from "../../../../../electron/engine/storage/openLedger.ts";
import { sessionCharges } from "../../../../../electron/engine/storage/sessionCharges.ts";

let folder: string;
let database: SqliteDatabase;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-charges-"));
  ({ database } = openLedger(ledgerPath(folder), () => new Date()));
  database.exec("BEGIN");
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

interface Total {
  readonly atMs: number;
  readonly totalNano: number;
  readonly addedNano: number | null;
}
interface Message {
  readonly atMs: number;
  readonly nanoUsd: number | null;
}

/** Far above the rounding that a comparison leaves out. */
const amount = fc.integer({ min: 0, max: 5 }).map((cents) => cents * 10_000_000);
const time = fc.integer({ min: 1, max: 20 });
const session = fc.record({
  totals: fc.uniqueArray(fc.record({ atMs: time, totalNano: amount, addedNano: fc.option(amount) }), {
    selector: ({ atMs }) => atMs,
    maxLength: 5,
  }),
  messages: fc.array(fc.record({ atMs: time, nanoUsd: fc.option(amount) }), { maxLength: 8 }),
  isFork: fc.boolean(),
});

function keep(totals: readonly Total[], messages: readonly Message[], isFork: boolean): void {
  database.exec(
    "DELETE FROM transcript_sessions; DELETE FROM cost_totals; DELETE FROM api_messages; DELETE FROM message_kinds",
  );
  const facts = JSON.stringify({ parentSessionId: isFork ? "parent" : null });
  database.prepare("INSERT INTO transcript_sessions (session_key, session_id, facts) VALUES (1, 's', ?)").run(facts);
  const total = database.prepare(
    "INSERT INTO cost_totals (session_key, at_ms, total_nano, added_nano) VALUES (1, ?, ?, ?)",
  );
  for (const { atMs, totalNano, addedNano } of totals) total.run(atMs, totalNano, addedNano);
  const message = database.prepare(
    `INSERT INTO api_messages (message_id, variant, session_key, kind_key, at_ms, is_sidechain, is_fork_copy, by_id_alone,
      file_id, record_offset, nano_usd) VALUES (?, 0, 1, 1, ?, 0, 0, 0, 0, 0, ?)`,
  );
  for (const [index, { atMs, nanoUsd }] of messages.entries()) message.run(`m${String(index)}`, atMs, nanoUsd);
}

it("is its messages and what is beyond them", () => {
  fc.assert(
    fc.property(session, ({ totals, messages, isFork }) => {
      keep(totals, messages, isFork);
      const inOrder = totals.toSorted((a, b) => a.atMs - b.atMs).map((total) => ({ ...total, turnId: "t" }));
      const compared = messages
        .map(({ atMs, nanoUsd }) => ({ atMs, listNano: nanoUsd ?? 0 }))
        .toSorted((a, b) => a.atMs - b.atMs);
      const { remainders } = compareTotals(inOrder, compared, isFork);
      const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
      const expected = sum(compared.map(({ listNano }) => listNano)) + sum(remainders.map(({ nanoUsd }) => nanoUsd));
      const charges = sessionCharges(database);
      expect(charges.costOfSession("s") ?? 0).toBe(expected);
      expect(charges.chargeOfSession("s", null)).toEqual({
        nanoUsd: expected,
        turnNano: 0,
        messages: messages.length,
        unpricedMessages: messages.filter(({ nanoUsd }) => nanoUsd === null).length,
      });
    }),
    { numRuns: 300 },
  );
});

it("is unknown where nothing has a price, and nothing for a session that nobody knows", () => {
  keep([], [{ atMs: 1, nanoUsd: null }], false);
  const charges = sessionCharges(database);
  expect([charges.costOfSession("s"), charges.costOfSession("nobody")]).toEqual([null, null]);
  expect(charges.chargeOfSession("nobody", "t")).toMatchObject({ nanoUsd: 0, messages: 0 });
});

it("is what messages cost by the user's own prices, which the CLI's totals know nothing of", () => {
  const cent = 10_000_000;
  const messages = [1, 2].map((atMs) => ({ atMs, nanoUsd: 3 * cent }));
  keep([{ atMs: 3, totalNano: 10 * cent, addedNano: null }], messages, false);
  database.exec(
    `INSERT INTO prices (price_key, price_id, source, price_date) VALUES (7, 'p', 'user', '2026-01-01');
    UPDATE api_messages SET price_key = 7`,
  );
  const charges = sessionCharges(database);
  expect(charges.costOfSession("s")).toBe(6 * cent);
  expect(charges.chargeOfSession("s", null)).toMatchObject({ nanoUsd: 6 * cent, messages: 2 });
});
