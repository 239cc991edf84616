/** What a person with an SQLite tool finds in `switchboard.db`, and together with the ledger. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase, type SqliteDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { payloadRows } from "../../../../../electron/engine/storage/payloadRows.ts";
import { sessionLabelRows } from "../../../../../electron/engine/storage/sessionLabelRows.ts";
import { aPayload } from "../../../../support/builders.ts";
import { aCopy, openLabelledLedger } from "../../../../support/ledger/labelledLedger.ts";

let folder: string;
let database: SqliteDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-sent-"));
  database = openDatabase(join(folder, "switchboard.db"), () => new Date()).database;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const time = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString();

function send(payloadId: string, minute: number, differences: Parameters<typeof aPayload>[0] = {}): void {
  const receipts = [{ state: "accepted", at: time(minute) }] as const;
  payloadRows(database).add(aPayload({ payloadId, receipts, composedAt: time(0), ...differences }));
}

test("sent_messages has the newest payload first, with its last receipt", () => {
  send("p1", 1, { metadata: { ticket: 7 }, sender: "ada" });
  payloadRows(database).addReceipt("p1", { state: "written", at: time(2) });
  payloadRows(database).addReceipt("p1", { state: "failed", at: time(3), reason: "The process is gone." });
  send("p2", 4, { sessionId: "session-2", kind: "message", text: "Go on" });
  sessionLabelRows(database).save({ sessionId: "session-1", label: "Acme" });
  expect(database.prepare("SELECT * FROM sent_messages").all()).toEqual([
    {
      ...{ message_id: "p2", direction: "to_session", session_id: "session-2", label: null, at: time(4) },
      ...{ status: "accepted", status_at: time(4), status_reason: null, kind: "message", text: "Go on" },
      ...{ metadata: "{}", sender: "test", delivery: "next", broadcast_id: null, turn_id: "p2" },
    },
    {
      ...{ message_id: "p1", direction: "to_session", session_id: "session-1", label: "Acme", at: time(1) },
      ...{ status: "failed", status_at: time(3), status_reason: "The process is gone." },
      ...{ kind: "warning", text: "Mind the gap", metadata: '{"ticket":7}', sender: "ada", delivery: "next" },
      ...{ broadcast_id: null, turn_id: "p1" },
    },
  ]);
});

test("both directions and what each turn cost are had from the two files together", () => {
  const ledger = openLabelledLedger();
  try {
    send("p1", 1);
    const answer = { turnId: "p1", atMs: Date.parse(time(2)) };
    ledger.tell({ copies: [aCopy("m1", "session-1", answer), aCopy("m2", "session-1", answer)] });
    database.exec(`ATTACH '${ledger.path}' AS ledger`);
    const costs = database.prepare(
      `SELECT s.message_id, s.status, sum(r.cost_usd) AS turn_cost_usd
      FROM sent_messages s LEFT JOIN ledger.recent_messages r USING (turn_id) GROUP BY s.message_id`,
    );
    expect(costs.all()).toEqual([{ message_id: "p1", status: "accepted", turn_cost_usd: 0.012 }]);
    const columns = "at, direction, session_id, label, status, turn_id, message_id";
    const both = database.prepare(
      `SELECT ${columns} FROM sent_messages UNION ALL SELECT ${columns} FROM ledger.recent_messages ORDER BY at DESC`,
    );
    const told = both.all().map((row) => Object.values(Object(row)).slice(0, 2));
    expect(told).toEqual([
      [time(2), "from_session"],
      [time(2), "from_session"],
      [time(1), "to_session"],
    ]);
    database.exec("DETACH ledger");
  } finally {
    ledger.dispose();
  }
});
