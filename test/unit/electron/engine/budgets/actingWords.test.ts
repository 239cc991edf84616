import { describe, expect, it } from "vitest";
import { budgetReached, stoppedWords, warningText } from "../../../../../electron/engine/budgets/actingWords.ts";
import type { BudgetAlert } from "../../../../../shared/model/budget.ts";
import { aJudgedBudget, aUse } from "./aBudget.ts";

const alert: BudgetAlert = {
  alertId: "alert-1",
  budgetId: "budget-1",
  budgetName: "Shop",
  sessionId: null,
  sessionTitle: null,
  percent: 80,
  spent: 8.02,
  limit: { unit: "usd", amount: 10 },
  from: "2026-11-20T00:00:00.000Z",
  at: "2026-11-20T12:00:00.000Z",
  action: "tell",
  warnedSessionIds: [],
};

describe("warningText", () => {
  it.each([
    ["day", "tell", 50, "Budget “Shop”: 50 % used ($8.02 of $10.00 today). Keep what follows short."],
    [
      "week",
      "hold",
      80,
      "Budget “Shop”: 80 % used ($8.02 of $10.00 this week). Finish what is in hand and start nothing new.",
    ],
    [
      "always",
      "tell",
      100,
      "Budget “Shop” is used up ($8.02 of $10.00). Stop at a safe place and say what is left to do. Ask before going on.",
    ],
    [
      "month",
      "hold",
      100,
      "Budget “Shop” is used up ($8.02 of $10.00 this month). Stop at a safe place and say what is left to do. No new turn begins until it begins anew or a person lets work go on.",
    ],
  ] as const)("of a %s that would %s at %d %%", (period, atLimit, percent, expected) => {
    expect(warningText({ period, atLimit }, { ...alert, percent })).toBe(expected);
  });
});

describe("budgetReached", () => {
  it("says which, how much of how much, when it begins anew and what can be done", () => {
    const { message, detail } = budgetReached(aJudgedBudget({ atLimit: "hold" }), aUse());
    expect(message).toMatch(
      /^The budget “Shop” is used up: \$10\.02 of \$10\.00 today\. It begins anew on \d+ Nov 2026, .+\)\. Raise or override it to go on before that\.$/u,
    );
    expect(detail).toEqual({
      ...{ budgetId: "budget-1", sessionId: null, spent: 10.02, until: "2026-11-21T00:00:00.000Z" },
      limit: { unit: "usd", amount: 10 },
    });
  });
});

describe("stoppedWords", () => {
  it.each([
    ["interrupt", "The budget “Shop” is used up: $10.02 of $10.00 today. The running turn was interrupted."],
    ["close", "The budget “Shop” is used up: $10.02 of $10.00 today. This session was closed."],
  ] as const)("of %s", (atLimit, expected) => {
    expect(stoppedWords(aJudgedBudget({ atLimit }), aUse())).toBe(expected);
  });
});
