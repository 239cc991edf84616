import { expect, test } from "vitest";
import { placesInOrder } from "../../../../../electron/engine/ledger/entryTurns.ts";
import { entryTableOf } from "./entryTableOf.ts";

test("messages without a time come first, and put no others out of order", () => {
  const at = ["12:00", "09:00", null, "11:00", null, "10:00"];
  const entries = at.map((time, index) => ({
    ...{ sessionId: "s", at: time === null ? null : `2026-11-20T${time}:00Z` },
    nanoUsd: 10_000_000 * (index + 1),
  }));
  const totals = [{ sessionId: "s", at: "2026-11-20T10:30:00Z", totalNano: 200_000_000 }];
  const table = entryTableOf({ sessions: { s: null }, entries, totals });
  const session = table.sessionKeys.get("s") ?? 0;
  expect(placesInOrder(table, session)).toEqual([2, 4, 1, 5, 3, 0]);
  // The total speaks of all but those of eleven and twelve.
  expect(table.remainders.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0)).toBe(
    200_000_000 - (20 + 30 + 50 + 60) * 1_000_000,
  );
});
