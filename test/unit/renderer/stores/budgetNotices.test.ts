import { describe, expect, test } from "vitest";
import { budgetNotices, NEWS_MS } from "../../../../renderer/stores/budgetNotices.ts";
import type { BudgetStatus } from "../../../../shared/model/budget.ts";
import { anActingUse, aStatus, aUse } from "../../../support/budgetSamples.ts";

const CROSSED_AT = "2026-11-20T12:00:00.000Z";
const now = Date.parse(CROSSED_AT) + 1000;
const past = aUse({ spent: 8.5, fraction: 0.85, crossed: [50, 80].map((percent) => ({ percent, at: CROSSED_AT })) });
const override = { at: CROSSED_AT, note: null, until: null };

function told(statuses: readonly BudgetStatus[], facts: { readonly now?: number; readonly running?: string } = {}) {
  const isRunning = (sessionId: string): boolean => sessionId === facts.running;
  return budgetNotices({ statuses, now: facts.now ?? now, isRunning }).map(
    ({ kind, percent, status, use }) => `${kind} ${percent} ${status.budget.budgetId} ${use.sessionId ?? "all"}`,
  );
}

describe("notices", () => {
  test.each<readonly [string, readonly BudgetStatus[], readonly string[]]>([
    ["nothing of a budget that is far from its limit", [aStatus()], []],
    ["the highest threshold that was passed", [aStatus({}, [past])], ["crossed 80 budget-1 all"]],
    ["a budget that acts", [aStatus({}, [anActingUse()])], ["acting 100 budget-1 all"]],
    ["nothing of one that was overridden", [aStatus({}, [anActingUse({ isActing: false, override })])], []],
    ["nothing of one that is off", [aStatus({ isEnabled: false }, [anActingUse()])], []],
    [
      "what acts before what was passed",
      [aStatus({ budgetId: "a" }, [past]), aStatus({ budgetId: "b" }, [anActingUse()])],
      ["acting 100 b all", "crossed 80 a all"],
    ],
  ])("tell %s", (_name, statuses, expected) => {
    expect(told(statuses)).toEqual(expected);
  });

  test("tell of a session's budget that it acts while the session runs, and that it was used up afterwards", () => {
    const each = aStatus({ scope: { kind: "eachSession" } }, [anActingUse({ sessionId: "one" })]);
    expect([told([each], { running: "one" }), told([each])]).toEqual([
      ["acting 100 budget-1 one"],
      ["crossed 100 budget-1 one"],
    ]);
  });

  test("tell no old news, but always what acts", () => {
    const statuses = [aStatus({ budgetId: "a" }, [past]), aStatus({ budgetId: "b" }, [anActingUse()])];
    expect(told(statuses, { now: now + NEWS_MS })).toEqual(["acting 100 b all"]);
  });

  test("have another key in another period, under another limit and at another threshold", () => {
    const keyOf = (status: BudgetStatus): string | undefined =>
      budgetNotices({ statuses: [status], now, isRunning: () => true })[0]?.key;
    const keys = [
      aStatus({}, [past]),
      aStatus({}, [past], { from: "2026-11-21T00:00:00.000Z" }),
      aStatus({ limit: { unit: "usd", amount: 20 } }, [past]),
      aStatus({}, [aUse({ crossed: [{ percent: 50, at: CROSSED_AT }] })]),
      aStatus({}, [anActingUse()]),
    ].map(keyOf);
    expect([new Set(keys).size, keyOf(aStatus({}, [{ ...past, spent: 9 }]))]).toEqual([5, keys[0]]);
  });
});
