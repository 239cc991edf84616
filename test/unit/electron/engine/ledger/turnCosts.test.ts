import { afterEach, expect, test } from "vitest";
import { aCopy, type LabelledLedger, openLabelledLedger } from "../../../../support/ledger/labelledLedger.ts";

let ledger: LabelledLedger;
afterEach(() => ledger.dispose());

test("a turn costs what its messages do, those of its sub-agents and those after /clear included", () => {
  ledger = openLabelledLedger();
  const at = (minute: number): number => Date.parse("2026-11-20T10:00:00Z") + minute * 60_000;
  ledger.tell({
    copies: [
      aCopy("m1", "one", { turnId: "first", atMs: at(0) }),
      aCopy("m2", "one", { turnId: "first", gitBranch: "main", atMs: at(1) }),
      // A sub-agent's record does not say which turn it works for.
      aCopy("m3", "one", { isSidechain: true, atMs: at(2) }),
      aCopy("m4", "one", { turnId: "second", atMs: at(3) }),
      aCopy("m5", "after-clear", { turnId: "second", atMs: at(4) }),
      aCopy("m6", "one", { turnId: "unpriced", model: "claude-nobody-9", atMs: at(5) }),
    ],
  });
  const turnIds = ["second", "first", "unpriced", "unknown"];
  expect(ledger.queries.answer("turnCosts", { turnIds })).toEqual([0.012, 0.018, null, null]);
});
