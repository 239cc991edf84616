import { afterEach, beforeEach, expect, test } from "vitest";
import { messageHandlers } from "../../../../../electron/engine/handlers/messageHandlers.ts";
import { openDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { payloadRows } from "../../../../../electron/engine/storage/payloadRows.ts";
import { requests, type RequestInput } from "../../../../../shared/contract/requests.ts";
import { aPayload, aSession } from "../../../../support/builders.ts";
import { aCopy, type LabelledLedger, openLabelledLedger } from "../../../../support/ledger/labelledLedger.ts";

let ledger: LabelledLedger;
let recent: (
  ask?: RequestInput<"messages.recent">,
) => ReturnType<ReturnType<typeof messageHandlers>["messages.recent"]>;

const minute = (count: number): number => Date.parse("2026-11-20T10:00:00Z") + count * 60_000;
const time = (count: number): string => new Date(minute(count)).toISOString();

beforeEach(() => {
  ledger = openLabelledLedger();
  const rows = payloadRows(openDatabase(":memory:", () => new Date()).database);
  const send = (payloadId: string, at: number, differences: Parameters<typeof aPayload>[0]): void =>
    rows.add(aPayload({ payloadId, receipts: [{ state: "accepted", at: time(at) }], ...differences }));
  send("p1", 1, { kind: "message", text: "Begin" });
  send("p2", 4, { sessionId: "session-2", text: `Read ${"x".repeat(3000)}`, metadata: { ticket: 7 } });
  rows.addReceipt("p1", { state: "answered", at: time(3) });
  ledger.tell({
    copies: [
      aCopy("m1", "session-1", { turnId: "p1", atMs: minute(2), cacheRead: 400 }),
      aCopy("m2", "session-1", { turnId: "p1", atMs: minute(3), model: "claude-nobody-9", isProvisional: true }),
      aCopy("m3", "session-3", { atMs: null }),
    ],
    labels: [{ sessionId: "session-1", label: "Acme" }],
  });
  const session = aSession({ title: "The till", label: "Acme" });
  const handlers = messageHandlers({
    costs: { ask: async (what, ask) => ledger.queries.answer(what, ask) },
    payloadRows: rows,
    session: (sessionId) => (sessionId === session.sessionId ? session : undefined),
    payload: rows.get,
  });
  recent = (ask = {}) => handlers["messages.recent"](requests["messages.recent"].params.parse(ask), { client: "test" });
});
afterEach(() => ledger.dispose());

test("both directions are one list, the newest first, with status, context and cost", async () => {
  const { items, nextCursor } = await recent();
  expect(nextCursor).toBeNull();
  const told = items.map(
    ({ messageId, direction, at, status, turnId, contextTokens, costUsd }) =>
      [messageId, direction, at, status, turnId, contextTokens, costUsd] as const,
  );
  expect(told).toEqual([
    ["p2", "to_session", time(4), "accepted", "p2", null, null],
    ["m2", "from_session", time(3), "provisional", "p1", 1000, null],
    ["m1", "from_session", time(2), "complete", "p1", 1400, 0.00608],
    // What its turn cost, as far as it has a price.
    ["p1", "to_session", time(1), "answered", "p1", null, 0.00608],
    ["m3", "from_session", null, "complete", null, 1000, 0.006],
  ]);
});

test("each direction tells what only it has", async () => {
  const { items } = await recent({ sessionId: "session-1" });
  const [m2, m1, p1] = items;
  expect(m2?.answered).toMatchObject({ model: "claude-nobody-9", isSubagent: false, tools: [] });
  expect(m1).toMatchObject({ sessionTitle: "The till", sessionLabel: "Acme", sent: null });
  expect(p1).toMatchObject({ sessionLabel: "Acme", sent: { kind: "message", text: "Begin", omittedChars: 0 } });
});

test("a long text is cut, and says by how much", async () => {
  const { items } = await recent({ direction: "to_session", limit: 1 });
  expect(items[0]?.sent).toMatchObject({
    text: `Read ${"x".repeat(1995)}`,
    omittedChars: 1005,
    metadata: { ticket: 7 },
  });
});

test("pages go on where each direction stopped, and miss and repeat nothing", async () => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await recent({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...page.items.map(({ messageId }) => messageId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(ids).toEqual(["p2", "m2", "m1", "p1", "m3"]);
});

test("one direction alone is paged as well", async () => {
  const first = await recent({ direction: "from_session", limit: 2 });
  expect(first.items.map(({ messageId }) => messageId)).toEqual(["m2", "m1"]);
  const second = await recent({ direction: "from_session", limit: 2, cursor: first.nextCursor ?? "" });
  expect([second.items.map(({ messageId }) => messageId), second.nextCursor]).toEqual([["m3"], null]);
});

test.each(["", "1", "x.y", "1.2.3x", "-"])("refuses the cursor %j, which no page gave out", async (cursor) => {
  await expect(recent({ cursor })).rejects.toMatchObject({ code: "bad_request" });
});
