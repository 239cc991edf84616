/** A session's cost as its header shows it is that of the Costs page, whatever totals and messages there are. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compareTotals } from "../../../../../electron/engine/ledger/remainders.ts";
import { apiMessageReads } from "../../../../../electron/engine/storage/apiMessageRows.ts";
import { UNLISTED } from "../../../../../electron/engine/storage/ledgerCharge.ts";
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
  readonly turnId: string | null;
}
interface Message {
  readonly atMs: number;
  readonly nanoUsd: number | null;
  /** As it is kept. */
  readonly listNano: number | null;
  readonly tokens: number;
  readonly turnId: "a" | "b" | null;
}

const TURN_KEYS = { a: 1, b: 2 } as const;

/** Far above the rounding that a comparison leaves out. */
const amount = fc.integer({ min: 0, max: 5 }).map((cents) => cents * 10_000_000);
const time = fc.integer({ min: 1, max: 20 });
function message(listNano: fc.Arbitrary<number | null>): fc.Arbitrary<Message> {
  const anyMessage = fc.record({
    atMs: time,
    nanoUsd: fc.option(amount),
    listNano,
    tokens: fc.integer({ min: 0, max: 9 }),
    turnId: fc.constantFrom("a", "b", null),
  });
  // What has no price at all is kept as the same: there is no other amount.
  return anyMessage.map((one) =>
    one.nanoUsd === null && one.listNano === UNLISTED ? { ...one, listNano: null } : one,
  );
}
const session = fc.record({
  totals: fc.uniqueArray(
    fc.record({
      atMs: time,
      totalNano: amount,
      addedNano: fc.option(amount),
      turnId: fc.constantFrom("a", "b", null),
    }),
    { selector: ({ atMs }) => atMs, maxLength: 5 },
  ),
  messages: fc.oneof(
    fc.array(message(fc.constant(null)), { maxLength: 8 }),
    fc.array(message(fc.option(fc.oneof(amount, fc.constant(UNLISTED)))), { maxLength: 8 }),
  ),
  isFork: fc.boolean(),
});

function keep(totals: readonly Total[], messages: readonly Message[], isFork: boolean): void {
  database.exec(
    `DELETE FROM transcript_sessions; DELETE FROM cost_totals; DELETE FROM api_messages; DELETE FROM message_kinds;
    DELETE FROM message_turns; INSERT INTO message_turns (turn_key, turn_id) VALUES (1, 'a'), (2, 'b')`,
  );
  const facts = JSON.stringify({ parentSessionId: isFork ? "parent" : null });
  database.prepare("INSERT INTO transcript_sessions (session_key, session_id, facts) VALUES (1, 's', ?)").run(facts);
  const total = database.prepare(
    "INSERT INTO cost_totals (session_key, at_ms, total_nano, added_nano, turn_id) VALUES (1, ?, ?, ?, ?)",
  );
  for (const { atMs, totalNano, addedNano, turnId } of totals) total.run(atMs, totalNano, addedNano, turnId);
  const message = database.prepare(
    `INSERT INTO api_messages (message_id, variant, session_key, kind_key, at_ms, is_sidechain, is_fork_copy, by_id_alone,
      file_id, record_offset, nano_usd, list_nano, input, turn_key) VALUES (?, 0, 1, 1, ?, 0, 0, 0, 0, 0, ?, ?, ?, ?)`,
  );
  for (const [index, { atMs, nanoUsd, listNano, tokens, turnId }] of messages.entries()) {
    const turn = turnId === null ? null : TURN_KEYS[turnId];
    message.run(`m${String(index)}`, atMs, nanoUsd, listNano, tokens, turn);
  }
}

it("is its messages and what is beyond them", () => {
  fc.assert(
    fc.property(session, ({ totals, messages, isFork }) => {
      keep(totals, messages, isFork);
      const inOrder = totals.toSorted((a, b) => a.atMs - b.atMs);
      const compared = messages.map(({ nanoUsd, listNano, ...rest }) => {
        const isOwnPriced = listNano === UNLISTED;
        return { ...rest, listNano: isOwnPriced ? null : (listNano ?? nanoUsd), isOwnPriced };
      });
      const { remainders } = compareTotals(inOrder, compared, isFork);
      const sum = (amounts: readonly number[]): number => amounts.reduce((all, one) => all + one, 0);
      const expected = sum(messages.map(({ nanoUsd }) => nanoUsd ?? 0)) + sum(remainders.map(({ nanoUsd }) => nanoUsd));
      const charges = sessionCharges(database);
      expect(charges.costOfSession("s") ?? 0).toBe(expected);
      const use = apiMessageReads(database).useOfSession("s");
      expect([use.nanoUsd, use.messages]).toEqual([charges.costOfSession("s"), messages.length]);
      expect(charges.chargeOfSession("s", null)).toEqual({
        nanoUsd: expected,
        turnNano: 0,
        messages: messages.length,
        unpricedMessages: messages.filter(({ nanoUsd }) => nanoUsd === null).length,
      });
    }),
    { numRuns: 500 },
  );
});

it("is unknown where nothing has a price, and nothing for a session that nobody knows", () => {
  keep([], [{ atMs: 1, nanoUsd: null, listNano: null, tokens: 1, turnId: null }], false);
  const charges = sessionCharges(database);
  expect([charges.costOfSession("s"), charges.costOfSession("nobody")]).toEqual([null, null]);
  expect(charges.chargeOfSession("nobody", "t")).toMatchObject({ nanoUsd: 0, messages: 0 });
});

const CENT = 10_000_000;
const ofProcess = (atMs: number, cents: number): Total => ({
  ...{ atMs, totalNano: cents * CENT, addedNano: null },
  turnId: null,
});

it.each([
  // The CLI charged 10 where its own prices say 4 of the messages: 6 are beyond them, whatever the user pays.
  ["dearer by the user's own prices", [{ nanoUsd: 9, listNano: 4 }], 9 + 6],
  ["only the user knows the price: what the CLI charged is for the message", [{ nanoUsd: 9, listNano: UNLISTED }], 9],
  [
    "one that nobody can price beside it has its part",
    [
      { nanoUsd: 9, listNano: UNLISTED },
      { nanoUsd: null, listNano: null },
    ],
    9 + 5,
  ],
] as const)("%s", (_, given, cents) => {
  const inNano = (amount: number | null): number | null =>
    amount === null || amount === UNLISTED ? amount : amount * CENT;
  const messages = given.map(({ nanoUsd, listNano }) => ({
    ...{ atMs: 1, tokens: 100, turnId: null },
    ...{ nanoUsd: inNano(nanoUsd), listNano: inNano(listNano) },
  }));
  keep([ofProcess(3, 10)], messages, false);
  const charges = sessionCharges(database);
  expect(charges.costOfSession("s")).toBe(cents * CENT);
  expect(charges.chargeOfSession("s", null)).toMatchObject({ nanoUsd: cents * CENT, messages: given.length });
});

it("counts what sub-agents do to the turn that runs, where they name none", () => {
  keep([], [], false);
  database.exec(
    `DELETE FROM message_turns;
    INSERT INTO message_turns (turn_key, turn_id, git_branch) VALUES (1, 'before', 'main'), (2, 'now', 'main'), (3, NULL, 'main');
    INSERT INTO api_messages (message_id, variant, session_key, kind_key, at_ms, is_sidechain, is_fork_copy, by_id_alone,
      file_id, record_offset, nano_usd, turn_key) VALUES
      ('a', 0, 1, 1, 10, 0, 0, 0, 0, 0, 1000, 1), ('b', 0, 1, 1, 15, 1, 0, 0, 0, 0, 20000, 3),
      ('c', 0, 1, 1, 20, 0, 0, 0, 0, 0, 300000, 2), ('d', 0, 1, 1, 25, 1, 0, 0, 0, 0, 4000000, 3),
      ('e', 0, 1, 1, 26, 1, 0, 0, 0, 0, 50000000, NULL)`,
  );
  const { chargeOfSession } = sessionCharges(database);
  expect(chargeOfSession("s", "now").turnNano).toBe(54_300_000);
  expect(chargeOfSession("s", null).turnNano).toBe(0);
});
