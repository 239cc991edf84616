import { expect, it } from "vitest";
import { limitKeyOf, limitOfKey } from "../../../../../electron/engine/budgets/budgetAmount.ts";
import type { BudgetLimit } from "../../../../../shared/model/budget.ts";

it.each<BudgetLimit>([
  { unit: "usd", amount: 10 },
  { unit: "usd", amount: 0.1 },
  { unit: "usd", amount: 1e-7 },
  { unit: "tokens", amount: 1e15 },
])("a limit of %j is found again by its key", (limit) => {
  expect(limitOfKey(limitKeyOf(limit))).toEqual(limit);
});

it("a key of another kind is refused", () => {
  expect(() => limitOfKey("days:3")).toThrow(/unit/u);
});
