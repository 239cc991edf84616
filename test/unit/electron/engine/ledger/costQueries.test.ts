import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chargeWith } from "../../../../../electron/engine/ledger/chargeEntries.ts";
import { CostQueries } from "../../../../../electron/engine/ledger/costQueries.ts";
import { usdOf } from "../../../../../electron/engine/ledger/pricing/money.ts";
import { dayName, LocalDays } from "../../../../../electron/engine/ledger/localDays.ts";
import { createPriceBook } from "../../../../../electron/engine/ledger/pricing/priceBook.ts";
import { ledgerPath, openLedger, openLedgerToRead } from "../../../../../electron/engine/storage/openLedger.ts";
import type { SqliteDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { transcriptStore } from "../../../../../electron/engine/storage/transcriptStore.ts";
import { IndexWriter } from "../../../../../electron/engine/transcripts/indexWriter.ts";
import type { MessageCopy } from "../../../../../electron/engine/transcripts/messageCopy.ts";
import { ledgerParts } from "../../../../bench/corpus/ledgerParts.ts";
import { writeLedger } from "../../../../bench/corpus/writeLedger.ts";

/** Sums come from cells of an hour, of a session and a kind: they must be those of the entries, whatever is asked. */

const UNTIL_MS = Date.UTC(2026, 10, 20, 12, 34, 56);
const folder = mkdtempSync(join(tmpdir(), "cost-queries-"));
const path = ledgerPath(folder);
const parts = ledgerParts({ entries: 3_000, sessions: 60, projects: 7, days: 50, untilMs: UNTIL_MS });
let database: SqliteDatabase;
let queries: CostQueries;

beforeAll(() => {
  writeLedger(path, parts);
  database = openLedgerToRead(path);
  queries = new CostQueries(database, null);
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

interface Row {
  readonly atMs: number | null;
  readonly nanoUsd: number | null;
  readonly tokens: number;
  readonly model: string;
  readonly sessionId: string;
}

function entries(): readonly Row[] {
  return database
    .prepare<[], Row>(
      `SELECT at_ms AS atMs, nano_usd AS nanoUsd, input + output + cache_read + cache_write_5m + cache_write_1h AS tokens,
        model, session_id AS sessionId
      FROM api_messages JOIN message_kinds USING (kind_key) JOIN transcript_sessions USING (session_key)`,
    )
    .all();
}

interface Group {
  readonly costUsd: number;
  readonly tokens: number;
  readonly messages: number;
}

/** What the entries come to, added up one by one. */
function added(keyOf: (row: Row) => string, isAsked: (row: Row) => boolean): Readonly<Record<string, Group>> {
  const sums = new Map<string, { nano: number; tokens: number; messages: number }>();
  for (const row of entries().filter(isAsked)) {
    const sum = sums.get(keyOf(row)) ?? { nano: 0, tokens: 0, messages: 0 };
    sum.nano += row.nanoUsd ?? 0;
    sum.tokens += row.tokens;
    sum.messages += 1;
    sums.set(keyOf(row), sum);
  }
  return Object.fromEntries(
    [...sums].map(([key, { nano, tokens, messages }]) => [key, { costUsd: usdOf(nano), tokens, messages }]),
  );
}

type GroupBy = "day" | "model" | "session";

function told(groupBy: GroupBy, timeZone: string, bounds: { readonly from?: string; readonly to?: string }) {
  const { rows } = queries.answer("report", { groupBy, timeZone, limit: 1000, ...bounds });
  const used = rows.filter(({ messages }) => messages > 0);
  return Object.fromEntries(
    used.map(({ key, costUsd, messages, tokens }) => {
      const all = Object.values(tokens).reduce((sum, count) => sum + count, 0);
      return [key, { costUsd, tokens: all, messages }];
    }),
  );
}

const NOTHING_CUT = {};
const CUT = {
  from: new Date(UNTIL_MS - 20.123 * 86_400_000).toISOString(),
  to: new Date(UNTIL_MS - 777_777).toISOString(),
};

const cases = (["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"] as const).flatMap((timeZone) =>
  (["day", "model", "session"] as const).flatMap((groupBy) =>
    [NOTHING_CUT, CUT].map((bounds) => ({ timeZone, groupBy, bounds })),
  ),
);

function expectEntries(): void {
  for (const { timeZone, groupBy, bounds } of cases) {
    const days = new LocalDays(timeZone);
    const keyOf: Readonly<Record<GroupBy, (row: Row) => string>> = {
      day: ({ atMs }) => (atMs === null ? "unknown" : dayName(days.dayOf(atMs))),
      model: ({ model }) => model,
      session: ({ sessionId }) => sessionId,
    };
    const { from, to }: { readonly from?: string; readonly to?: string } = bounds;
    const isAsked = ({ atMs }: Row): boolean =>
      from === undefined || to === undefined || (atMs !== null && atMs >= Date.parse(from) && atMs < Date.parse(to));
    expect(told(groupBy, timeZone, bounds), `${groupBy} in ${timeZone}`).toEqual(added(keyOf[groupBy], isAsked));
  }
}

test("sums are those of the entries, in zones whose days begin within an hour too, and with bounds within hours", () => {
  expectEntries();
});

test("they are after entries were added, became others, or have no time or price", () => {
  const [known] = parts[3]?.part.copies ?? [];
  if (known === undefined) throw new Error("There is no message.");
  queries.answer("state", {});
  write([
    { ...known, output: (known.output ?? 0) + 900, origin: "stream", path: "" },
    { ...known, messageId: "msg_new", requestId: "req_new", atMs: UNTIL_MS - 3_600_000, origin: "stream", path: "" },
    { ...known, messageId: "msg_timeless", requestId: "req_2", atMs: null, origin: "import", path: "" },
    { ...known, messageId: "msg_unpriced", requestId: "req_3", model: "nobody-knows", origin: "import", path: "" },
  ]);
  expectEntries();
});

test("the newest and the dearest entries are in order after more have come", () => {
  const copies = parts[5]?.part.copies.slice(0, 20) ?? [];
  queries.answer("entries", { order: "dearest", limit: 1 });
  write(copies.map((copy, at) => ({ ...copy, messageId: `msg_more_${String(at)}`, origin: "stream", path: "" })));
  const costs = queries.answer("entries", { order: "dearest", limit: 5_000 }).items.map(({ costUsd }) => costUsd ?? -1);
  expect(costs).toEqual(costs.toSorted((a, b) => b - a));
  const times = queries.answer("entries", { order: "newest", limit: 5_000 }).items.map(({ at }) => at ?? "");
  expect(times).toEqual(times.toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
  expect(costs).toHaveLength(entries().length);
});

test("the dearest turns are those of the entries", () => {
  const rows = database
    .prepare<[], { readonly turnId: string; readonly nano: number }>(
      `SELECT turn_id AS turnId, sum(nano_usd) AS nano FROM api_messages JOIN message_turns USING (turn_key)
      WHERE turn_id IS NOT NULL GROUP BY turn_id ORDER BY nano DESC LIMIT 12`,
    )
    .all();
  const answer = queries.answer("top", { what: "turns", limit: 12 });
  expect(answer.rows.map(({ costUsd }) => costUsd)).toEqual(rows.map(({ nano }) => usdOf(nano)));
});

test("sessions are called by the titles that their transcripts had, in every answer that names them", () => {
  const title = parts[3]?.part.facts.firstPrompt ?? "";
  const sessionId = parts[3]?.found.sessionId ?? "";
  expect(title).not.toBe("");
  const labelOf = (rows: readonly { readonly key: string; readonly label: string }[]) =>
    rows.find(({ key }) => key === sessionId)?.label;
  const whole = { timeZone: "Europe/Berlin", limit: 1000 } as const;
  const bySession = queries.answer("report", { ...whole, groupBy: "session" }).rows;
  const byMonth = queries.answer("report", { ...whole, groupBy: "month", splitBy: "session" }).rows;
  const [entry] = queries.answer("entries", { order: "newest", limit: 1, sessionId }).items;
  expect(entry?.sessionTitle).toBe(title);
  expect(labelOf(bySession)).toBe(title);
  expect(labelOf(byMonth.flatMap((row) => row.parts))).toBe(title);
  expect(labelOf(queries.answer("top", { what: "sessions", limit: 100 }).rows)).toBe(title);
});

test("windows of five hours begin with the hour of their first message and hold all of them", () => {
  const times = entries().flatMap(({ atMs }) => (atMs === null ? [] : [atMs]));
  const expected: { from: string; messages: number }[] = [];
  let endMs = Number.NEGATIVE_INFINITY;
  for (const atMs of times.toSorted((a, b) => a - b)) {
    if (atMs >= endMs) {
      const fromMs = Math.floor(atMs / 3_600_000) * 3_600_000;
      endMs = fromMs + 5 * 3_600_000;
      expected.push({ from: new Date(fromMs).toISOString(), messages: 0 });
    }
    const open = expected.at(-1);
    if (open !== undefined) open.messages += 1;
  }
  const windows = queries.answer("windows", { limit: 10_000, nowMs: UNTIL_MS });
  expect(windows.map(({ from, messages }) => ({ from, messages })).toReversed()).toEqual(expected);
});

function write(copies: readonly MessageCopy[]): void {
  const { database: writing } = openLedger(path, () => new Date());
  const store = transcriptStore(writing, chargeWith(createPriceBook(null)));
  const writer = new IndexWriter({ store, onChange: () => undefined, onLoss: () => undefined });
  writer.writeTold({ copies, totals: [], owned: [] });
  writing.close();
}
