import { describe, expect, test } from "vitest";
import {
  type BudgetErrors,
  type BudgetForm,
  emptyBudgetForm,
  formForScope,
  formOfTerms,
  parseAmount,
  toBudgetTerms,
} from "../../../../renderer/views/budgets/budgetForm.ts";
import { termsOf } from "../../../../renderer/stores/budgetsStore.ts";
import type { BudgetScope } from "../../../../shared/model/budget.ts";
import { aBudget } from "../../../support/budgetSamples.ts";

const filled: BudgetForm = { ...emptyBudgetForm, amount: "10" };

describe("an amount", () => {
  test.each([
    ["10", "usd", 10],
    [" $1,250.50 ", "usd", 1250.5],
    [".5", "usd", 0.5],
    ["10.", "usd", 10],
    ["500000", "tokens", 500_000],
    ["500k", "tokens", 500_000],
    ["1.1M tokens", "tokens", 1_100_000],
    ["1_000 000", "tokens", 1_000_000],
    ["0", "usd", 0],
    ["-3", "usd", -3],
  ] as const)("“%s” in %s is %s", (text, unit, amount) => {
    expect(parseAmount(text, unit)).toBe(amount);
  });

  test.each([
    ["", "usd"],
    ["ten", "usd"],
    ["5k", "usd"],
    ["1,5", "usd"],
    ["$5", "tokens"],
    ["1e9", "tokens"],
    ["Infinity", "usd"],
  ] as const)("“%s” in %s is none", (text, unit) => {
    expect(parseAmount(text, unit)).toBeNaN();
  });
});

describe("the form", () => {
  test("becomes terms, its thresholds in order and each once", () => {
    const form: BudgetForm = {
      ...filled,
      name: "  Shop ",
      scopeKind: "project",
      projectPath: "/shop",
      period: "week",
      unit: "tokens",
      amount: "2M",
      presets: [100, 50],
      ownThresholds: "90, 95 % 50",
      warnSessions: true,
      atLimit: "interrupt",
    };
    expect(toBudgetTerms(form)).toEqual({
      ok: true,
      terms: {
        name: "Shop",
        scope: { kind: "project", projectPath: "/shop" },
        period: "week",
        limit: { unit: "tokens", amount: 2_000_000 },
        warnAt: [50, 90, 95, 100],
        warnSessions: true,
        atLimit: "interrupt",
        isEnabled: true,
      },
    });
  });

  test.each<readonly [string, Partial<BudgetForm>, BudgetErrors]>([
    ["no amount", { amount: "" }, { amount: "Write dollars, such as 10 or 2.50." }],
    ["no number", { amount: "much", unit: "tokens" }, { amount: "Write tokens, such as 500k or 2M." }],
    ["a part of a token", { amount: "1.5", unit: "tokens" }, { amount: "Write tokens, such as 500k or 2M." }],
    ["nothing", { amount: "0" }, { amount: "Write an amount above 0: to spend nothing, hold at a small one." }],
    [
      "less than nothing",
      { amount: "-1" },
      { amount: "Write an amount above 0: to spend nothing, hold at a small one." },
    ],
    ["no project", { scopeKind: "project" }, { projectPath: "Choose a project." }],
    ["no session", { scopeKind: "session" }, { sessionId: "Choose a session." }],
    [
      "a threshold beyond the limit",
      { ownThresholds: "120" },
      { ownThresholds: "Write whole numbers from 1 to 100, ten thresholds at most, such as 90, 95." },
    ],
    [
      "a threshold that is no number",
      { ownThresholds: "half" },
      { ownThresholds: "Write whole numbers from 1 to 100, ten thresholds at most, such as 90, 95." },
    ],
    [
      "nothing that it would do",
      { presets: [] },
      { ownThresholds: "Choose when to tell, or what happens at the limit: this does nothing." },
    ],
    ["a long name", { name: "n".repeat(101) }, { name: "Write at most 100 characters." }],
    [
      "several at once",
      { amount: "", scopeKind: "session" },
      { amount: "Write dollars, such as 10 or 2.50.", sessionId: "Choose a session." },
    ],
  ])("says beside the field what is wrong: %s", (_name, change, errors) => {
    expect(toBudgetTerms({ ...filled, ...change })).toEqual({ ok: false, errors });
  });

  test.each<readonly [BudgetScope]>([
    [{ kind: "everything" }],
    [{ kind: "project", projectPath: "/shop" }],
    [{ kind: "session", sessionId: "one" }],
    [{ kind: "eachSession" }],
  ])("of a budget gives the same terms again: %o", (scope) => {
    const terms = termsOf(aBudget({ name: "Mine", scope, warnAt: [10, 50, 100], warnSessions: true, atLimit: "hold" }));
    expect(toBudgetTerms(formOfTerms(terms))).toEqual({ ok: true, terms });
  });

  test("for a session begins with a budget that never begins anew", () => {
    const { scopeKind, sessionId, period } = formForScope({ kind: "session", sessionId: "one" });
    expect([scopeKind, sessionId, period, formForScope(null).period]).toEqual(["session", "one", "always", "day"]);
  });
});
