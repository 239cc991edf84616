/** A turn among the dearest is what the session's own page says it is: on any branch, with its sub-agents and remainders. */
import { expect, it } from "vitest";
import { costTop } from "../../../../../electron/engine/ledger/costTop.ts";
import { sessionCost } from "../../../../../electron/engine/ledger/sessionCost.ts";
import { ledgerReads } from "../../../../../electron/engine/storage/ledgerReads.ts";
import { EntryTable } from "../../../../../electron/engine/ledger/entryTable.ts";
import { ledgerMigrations } from "../../../../../electron/engine/storage/migrations/ledgerMigrations.ts";
import { openDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";

const { database } = openDatabase(":memory:", () => new Date(), { migrations: ledgerMigrations });
database.exec(`
  INSERT INTO transcript_sessions (session_key, session_id) VALUES (1, 'shop'), (2, 'atlas'), (3, 'quiet');
  INSERT INTO message_kinds (kind_key, model) VALUES (1, 'claude-opus-5-5');
  INSERT INTO message_turns (turn_key, turn_id, git_branch) VALUES
    (1, 'fix', 'main'), (2, 'fix', 'side'), (3, 'ask', 'main'), (4, NULL, 'main'), (5, 'end', NULL);
  INSERT INTO cost_totals (session_key, at_ms, total_nano) VALUES (2, 90000000, 9000000000);
`);
const add = database.prepare(`
  INSERT INTO api_messages (message_id, variant, session_key, kind_key, at_ms, nano_usd, turn_key, is_sidechain,
    is_fork_copy, by_id_alone, file_id, record_offset) VALUES (?, 0, ?, 1, ?, ?, ?, ?, 0, 0, 0, 0)`);
const USD = 1_000_000_000;
for (const [id, session, atMs, usd, turn, isSidechain] of [
  ["a", 1, 1000, 0.5, 1, 0],
  ["b", 1, 2000, 0.25, 2, 0],
  ["c", 1, 2500, 2, 4, 1],
  ["d", 2, 1000, 1, 3, 0],
  ["e", 2, 1500, 0.4, 4, 1],
  ["f", 2, 80_000_000, 0.1, 5, 0],
  // What nobody can say of which turn it is, is none.
  ["g", 3, 1000, 50, 4, 0],
] as const) {
  add.run(id, session, atMs, usd * USD, turn, isSidechain);
}
const reads = ledgerReads(database);
const table = new EntryTable(reads);
table.refresh();

it("with what the totals hold beyond, on all branches, and with sub-agents that name no turn", () => {
  const { rows } = costTop(table, reads, { what: "turns", limit: 10 });
  // The total of 9 is 7.5 more than the messages; it goes with what was charged: 14 parts of 15 to the first day.
  expect(
    rows.map(({ key, sessionId, costUsd, unattributedUsd, messages }) => [
      key,
      sessionId,
      costUsd,
      unattributedUsd,
      messages,
    ]),
  ).toEqual([
    ["ask", "atlas", 1.4, 7, 2],
    ["fix", "shop", 2.75, 0, 3],
    ["end", "atlas", 0.1, 0.5, 1],
  ]);
});

it("as each session's own page says", () => {
  const { rows } = costTop(table, reads, { what: "turns", limit: 10 });
  const told = rows.map(({ key, costUsd, unattributedUsd }) => [key, costUsd, unattributedUsd]);
  const own = ["shop", "atlas"].flatMap((sessionId) =>
    sessionCost(table, reads, sessionId).cost.turns.map((turn) => [turn.turnId, turn.costUsd, turn.unattributedUsd]),
  );
  expect(own).toHaveLength(told.length);
  expect(own).toEqual(expect.arrayContaining(told));
});

it("up to the limit, by what is beyond messages too", () => {
  const { rows } = costTop(table, reads, { what: "turns", limit: 1 });
  expect(rows.map(({ key }) => key)).toEqual(["ask"]);
});

it("within bounds", () => {
  const bounds = { from: new Date(70_000_000).toISOString() };
  const { rows } = costTop(table, reads, { what: "turns", limit: 10, ...bounds });
  expect(rows.map(({ key, unattributedUsd }) => [key, unattributedUsd])).toEqual([["end", 0.5]]);
});
