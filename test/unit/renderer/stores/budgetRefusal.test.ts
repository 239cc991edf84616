import { expect, test } from "vitest";
import { budgetRefusalOf } from "../../../../renderer/stores/budgetRefusal.ts";
import type { Failure } from "../../../../shared/contract/errors.ts";

const message = "It is used up.";

test.each<readonly [string, Failure, unknown]>([
  [
    "a budget",
    { code: "budget_reached", message, detail: { budgetId: "b" } },
    { budgetId: "b", sessionId: null, message },
  ],
  [
    "a session's use",
    { code: "budget_reached", message, detail: { budgetId: "b", sessionId: "one", until: null } },
    { budgetId: "b", sessionId: "one", message },
  ],
  ["no budget", { code: "budget_reached", message }, null],
  ["another reason", { code: "not_found", message, detail: { budgetId: "b" } }, null],
])("a failure that names %s", (_name, failure, expected) => {
  expect(budgetRefusalOf(failure)).toEqual(expected);
});
