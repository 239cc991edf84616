import { describe, expect, test } from "vitest";
import type { BudgetTerms } from "../../../../shared/model/budget.ts";
import {
  alertDetail,
  alertTitle,
  amountWords,
  budgetName,
  exactAmountWords,
  percentWords,
  spentWords,
} from "../../../../shared/text/budgetWords.ts";
import { anAlert } from "../../../support/budgetSamples.ts";

test.each([
  [0, "usd", "$0.00", "$0.00"],
  [0.0000001, "usd", "$0.00", "$0.00"],
  [0.00123, "usd", "$0.0012", "$0.00123"],
  [10.020417, "usd", "$10.02", "$10.020417"],
  [12_345.5, "usd", "$12,345.50", "$12,345.50"],
  [950, "tokens", "950 tokens", "950 tokens"],
  [1_254_003, "tokens", "1.25M tokens", "1,254,003 tokens"],
] as const)("%s in %s is “%s”, exactly “%s”", (amount, unit, words, exact) => {
  expect([amountWords(amount, unit), exactAmountWords(amount, unit)]).toEqual([words, exact]);
});

test("what was spent names its unit once", () => {
  expect([
    spentWords(10.02, { unit: "usd", amount: 10 }),
    spentWords(1_250_000, { unit: "tokens", amount: 2_000_000 }),
  ]).toEqual(["$10.02 of $10.00", "1.25M of 2M tokens"]);
});

test.each([
  [0, "0 %"],
  [0.999999, "99 %"],
  // 0.29 * 100 is 28.999999999999996
  [0.29, "29 %"],
  [1.2, "120 %"],
  [25, "2,500 %"],
])("%s of the limit is %s: what is not reached does not show as reached", (fraction, words) => {
  expect(percentWords(fraction)).toBe(words);
});

describe("a budget without a name", () => {
  test.each<readonly [Pick<BudgetTerms, "scope" | "period">, string]>([
    [{ scope: { kind: "everything" }, period: "day" }, "Everything today"],
    [{ scope: { kind: "project", projectPath: "/home/ada/atlas/" }, period: "week" }, "atlas this week"],
    [{ scope: { kind: "session", sessionId: "one" }, period: "month" }, "One session this month"],
    [{ scope: { kind: "eachSession" }, period: "always" }, "Each session"],
  ])("%o is called “%s”", (terms, name) => {
    expect([budgetName({ name: null, ...terms }), budgetName({ name: "Mine", ...terms })]).toEqual([name, "Mine"]);
  });
});

test.each([
  [anAlert(), "Budget “Everything today”: 80 % used", "$8.02 of $10.00."],
  [
    anAlert({ percent: 100, spent: 10.02, action: "hold", warnedSessionIds: ["one"] }),
    "Budget “Everything today” is used up",
    "$10.02 of $10.00. New turns are held. 1 session was told.",
  ],
  [
    anAlert({ percent: 100, spent: 10.02, action: "close", warnedSessionIds: ["one", "two"] }),
    "Budget “Everything today” is used up",
    "$10.02 of $10.00. Its sessions were closed, and none is started. 2 sessions were told.",
  ],
  [
    anAlert({ percent: 100, spent: 10.02, action: "close", sessionId: "one" }),
    "Budget “Everything today” is used up",
    "$10.02 of $10.00. The session was closed.",
  ],
])("an alert says what happened and what was done (%#)", (alert, title, detail) => {
  expect([alertTitle(alert), alertDetail(alert)]).toEqual([title, detail]);
});
