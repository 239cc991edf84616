/** What a person with an SQLite tool finds in `ledger.db`. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { aCopy, type LabelledLedger, openLabelledLedger } from "../../../../support/ledger/labelledLedger.ts";

let ledger: LabelledLedger;
beforeEach(() => {
  ledger = openLabelledLedger();
});
afterEach(() => ledger.dispose());

const at = (minute: number): number => Date.parse("2026-11-20T10:00:00.250Z") + minute * 60_000;
const rows = (sql: string): readonly unknown[] => ledger.database.prepare(sql).all();

function tellTwoSessions(): void {
  ledger.tell({
    copies: [
      aCopy("m1", "s1", { turnId: "t1", atMs: at(0), cacheRead: 400, cacheWrite5m: 30, cacheWrite1h: 2 }),
      aCopy("m2", "s1", { turnId: "t1", atMs: at(1), tools: "Bash Read" }),
      aCopy("m3", "s1", { turnId: "t2", atMs: at(2), model: "claude-nobody-9", isProvisional: true }),
      aCopy("m4", "s2", { turnId: null, atMs: at(3), isSidechain: true, model: "claude-nobody-9", input: null }),
    ],
    totals: [
      { sessionId: "s1", atMs: at(1), totalNano: 1_000_000, addedNano: null, turnId: null },
      { sessionId: "s1", atMs: at(2), totalNano: 20_000_000, addedNano: null, turnId: null },
    ],
    owned: [{ sessionId: "s1", projectPath: "/home/dev/shop" }],
    labels: [{ sessionId: "s1", label: "Acme" }],
  });
}

test("session_stats has a row a session, in which unknown is not zero", () => {
  tellTwoSessions();
  expect(rows("SELECT * FROM session_stats ORDER BY session_id")).toEqual([
    {
      ...{ session_id: "s1", project_path: "/home/dev/shop", title: null, label: "Acme", is_owned: 1 },
      ...{ messages: 3, turns: 2, input: 3000, output: 300, cache_read: 400, cache_write_5m: 30, cache_write_1h: 2 },
      // Two messages of 0.006, 400 × 0.2, 30 × 5 and 2 × 8 micro-dollars.
      ...{ cost_usd: 0.012246, unpriced_messages: 1, cli_total_usd: 0.02 },
      ...{ first_at: "2026-11-20T10:00:00.250Z", last_at: "2026-11-20T10:02:00.250Z" },
    },
    {
      ...{ session_id: "s2", project_path: null, title: null, label: null, is_owned: 0 },
      ...{ messages: 1, turns: 0, input: null, output: 100, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0 },
      ...{ cost_usd: null, unpriced_messages: 1, cli_total_usd: null },
      ...{ first_at: "2026-11-20T10:03:00.250Z", last_at: "2026-11-20T10:03:00.250Z" },
    },
  ]);
});

test("session_stats adds up by label, project and in all", () => {
  tellTwoSessions();
  ledger.tell({ copies: [aCopy("m5", "s3")], labels: [{ sessionId: "s3", label: "Acme" }] });
  expect(rows("SELECT label, round(sum(cost_usd), 6) AS usd FROM session_stats GROUP BY label ORDER BY label")).toEqual(
    [
      { label: null, usd: null },
      { label: "Acme", usd: 0.018246 },
    ],
  );
});

test("session_stats knows the title that the transcript had, and bears rows without facts", () => {
  ledger.tell({ copies: [aCopy("m1", "s1")] });
  const write = "UPDATE transcript_sessions SET facts = ? WHERE session_id = 's1'";
  const stats = () => rows("SELECT title FROM session_stats");
  expect(stats()).toEqual([{ title: null }]);
  ledger.write(write, JSON.stringify({ title: "Fix the till" }));
  expect(stats()).toEqual([{ title: "Fix the till" }]);
  ledger.write(write, "torn {");
  expect(stats()).toEqual([{ title: null }]);
});

test("recent_messages has the newest message of the API first, with context, cost and price", () => {
  tellTwoSessions();
  const found = rows(`SELECT message_id, direction, session_id, label, at, status, turn_id, is_subagent, model, tools,
    context_tokens, cost_usd, price_source FROM recent_messages`);
  const [m4, m3, m2, m1] = found;
  expect(found).toHaveLength(4);
  expect(m1).toEqual({
    ...{ message_id: "m1", direction: "from_session", session_id: "s1", label: "Acme" },
    ...{ at: "2026-11-20T10:00:00.250Z", status: "complete", turn_id: "t1", is_subagent: 0 },
    ...{ model: "claude-opus-5-5", tools: null, context_tokens: 1432, cost_usd: 0.006246 },
    price_source: expect.any(String),
  });
  expect(m2).toMatchObject({ message_id: "m2", tools: "Bash Read", context_tokens: 1000, cost_usd: 0.006 });
  expect(m3).toMatchObject({ message_id: "m3", status: "provisional", cost_usd: null, price_source: null });
  expect(m4).toMatchObject({ message_id: "m4", session_id: "s2", label: null, is_subagent: 1, context_tokens: null });
});
