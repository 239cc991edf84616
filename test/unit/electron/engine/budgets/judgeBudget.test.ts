import { describe, expect, it } from "vitest";
import { countedLimit, isReached, toldAmount } from "../../../../../electron/engine/budgets/budgetAmount.ts";
import { isActing, newCrossings, thresholdsOf } from "../../../../../electron/engine/budgets/judgeBudget.ts";
import type { BudgetLimit } from "../../../../../shared/model/budget.ts";
import { aBudget, aUse } from "./aBudget.ts";

const usd = (amount: number): BudgetLimit => ({ unit: "usd", amount });
const tokens = (amount: number): BudgetLimit => ({ unit: "tokens", amount });

describe("isReached", () => {
  it.each([
    [usd(1), 800_000_000, 80, true],
    [usd(1), 799_999_999, 80, false],
    [usd(0.07), 70_000_000, 100, true],
    [usd(0.07), 69_999_999, 100, false],
    [usd(1e9), 1e18, 100, true],
    [usd(1e-12), 0, 1, false],
    [usd(1e-12), 1, 100, true],
    [tokens(3), 1, 33, true],
    [tokens(3), 1, 34, false],
    [tokens(1), 0, 1, false],
  ] as const)("of %j, %d is %d %%: %s", (limit, counted, percent, expected) => {
    expect(isReached(limit, counted, percent)).toBe(expected);
  });

  it("counts dollars in whole nano-dollars and tells them with six places", () => {
    expect([countedLimit(usd(10.01)), toldAmount(usd(1), 1_234_567_890)]).toEqual([10_010_000_000, 1.234568]);
  });
});

describe("thresholdsOf", () => {
  it.each([
    [[50, 80], "tell", [50, 80]],
    [[80, 50], "hold", [50, 80, 100]],
    [[100], "close", [100]],
    [[], "tell", []],
    [[], "interrupt", [100]],
  ] as const)("of %j with %s are %j", (warnAt, atLimit, expected) => {
    expect(thresholdsOf({ warnAt, atLimit })).toEqual(expected);
  });
});

describe("newCrossings", () => {
  const budget = aBudget({ limit: tokens(100), warnAt: [50, 80], atLimit: "hold" });

  it.each([
    ["nothing", 49, [], [], null],
    ["the first", 50, [], [50], 50],
    ["all that were passed at once, of which the highest is told", 130, [], [50, 80, 100], 100],
    ["only what is new", 90, [50], [80], 80],
    ["nothing twice", 300, [50, 80, 100], [], null],
    ["a lower one that came later, untold", 120, [100], [50, 80], null],
    ["nothing when a sum has fallen", 10, [50], [], null],
  ] as const)("are %s", (_, counted, recorded, percents, told) => {
    expect(newCrossings(budget, counted, recorded)).toEqual({ percents, told });
  });
});

describe("isActing", () => {
  const holding = aBudget({ atLimit: "hold" });
  const override = { at: "2026-11-20T12:30:00.000Z", note: null, until: null };

  it.each([
    ["beyond the limit", holding, aUse(), true, true],
    ["not when it only tells", aBudget(), aUse(), true, false],
    ["not when disabled", { ...holding, isEnabled: false }, aUse(), true, false],
    ["not when overridden", holding, aUse({ override }), true, false],
    ["not before the crossing is recorded", holding, aUse({ crossed: [{ percent: 80, at: "" }] }), true, false],
    ["not when the sum has fallen below the limit", holding, aUse({ counted: 9_999_999_999 }), true, false],
    ["by what was recorded, until it is measured", holding, aUse({ counted: 0 }), false, true],
  ] as const)("%s", (_, budget, use, isMeasured, expected) => {
    expect(isActing(budget, use, isMeasured)).toBe(expected);
  });
});
