import { expect, test } from "vitest";
import { budgetStanding } from "../../../../renderer/views/budgets/budgetStanding.ts";
import type { Budget, BudgetUse } from "../../../../shared/model/budget.ts";
import { anActingUse, aStatus, aUse } from "../../../support/budgetSamples.ts";

const override = { at: "2026-11-20T12:00:00.000Z", note: null, until: null };

test.each<readonly [Partial<Budget>, BudgetUse, string]>([
  [{}, aUse(), "fine ok Within the limit"],
  [{}, aUse({ fraction: 0.7999 }), "past warn Past 50 %"],
  [{}, aUse({ fraction: 0.8 }), "past warn Past 80 %"],
  [{ warnAt: [] }, aUse({ fraction: 0.99 }), "fine ok Within the limit"],
  [{}, aUse({ fraction: 1 }), "reached danger Used up"],
  [{ atLimit: "hold" }, anActingUse(), "acting danger Used up: new turns are held"],
  [{ atLimit: "interrupt" }, anActingUse(), "acting danger Used up: turns are stopped"],
  [{ atLimit: "close" }, anActingUse(), "acting danger Used up: sessions are closed"],
  [{ atLimit: "close" }, anActingUse({ sessionId: "one" }), "acting danger Used up: it was closed"],
  [{ atLimit: "hold" }, aUse({ fraction: 1.2, override }), "overridden accent Overridden: work goes on"],
  [{ isEnabled: false }, anActingUse(), "off dim Off"],
])("%o with %o stands as “%s”", (budget, use, expected) => {
  const { kind, tone, words } = budgetStanding(aStatus(budget), use);
  expect(`${kind} ${tone} ${words}`).toBe(expected);
});
