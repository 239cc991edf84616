import { expect, test } from "vitest";
import { holdOn, holdsOf } from "../../../../renderer/stores/budgetHolds.ts";
import type { BudgetStatus } from "../../../../shared/model/budget.ts";
import { anActingUse, aStatus, aUse } from "../../../support/budgetSamples.ts";

const one = { sessionId: "one", projectPath: "/atlas" };
const two = { sessionId: "two", projectPath: "/shop" };

const project = aStatus({ budgetId: "project", scope: { kind: "project", projectPath: "/atlas" } }, [anActingUse()]);
const each = aStatus({ budgetId: "each", scope: { kind: "eachSession" } }, [
  aUse({ sessionId: "one" }),
  anActingUse({ sessionId: "two" }),
]);

test.each<readonly [string, readonly BudgetStatus[], readonly (string | null)[]]>([
  ["nothing where no budget acts", [aStatus()], [null, null]],
  ["everything", [aStatus({ budgetId: "all" }, [anActingUse()])], ["all", "all"]],
  ["the sessions of a project", [project], ["project", null]],
  ["those of the sessions that used theirs up", [each], [null, "each"]],
  ["one session", [aStatus({ scope: { kind: "session", sessionId: "one" } }, [anActingUse()])], ["budget-1", null]],
  ["nothing once it is switched off", [aStatus({ isEnabled: false }, [anActingUse()])], [null, null]],
  [
    "a session by the narrowest, and by the first of several",
    [aStatus({ budgetId: "all" }, [anActingUse()]), aStatus({ budgetId: "later" }, [anActingUse()]), project],
    ["project", "all"],
  ],
])("budgets hold %s", (_name, statuses, expected) => {
  const holds = holdsOf(statuses);
  expect([one, two].map((session) => holdOn(holds, session)?.budget.budgetId ?? null)).toEqual(expected);
});
