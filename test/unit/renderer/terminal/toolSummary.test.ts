import { expect, test } from "vitest";
import type { JsonObject } from "../../../../shared/model/json.ts";
import { planOf, toolSummary } from "../../../../renderer/terminal/toolSummary.ts";

test.each<readonly [string, JsonObject, string]>([
  ["Bash", { command: "npm test" }, "npm test"],
  ["Grep", { pattern: "x", path: "src" }, "x in src"],
  ["ExitPlanMode", { plan: "\n## Move the **cart**\n\n1. Look" }, "Move the cart"],
  ["ExitPlanMode", {}, ""],
  ["Other", { plan: "# not this one's" }, '{"plan":"# not this one\'s"}'],
  ["TodoWrite", { todos: [{ status: "completed" }, { status: "pending" }] }, "1 of 2 done"],
])("%s of %j is %j", (name, input, summary) => {
  expect(toolSummary(name, input)).toBe(summary);
});

test.each<readonly [string, JsonObject, string | null]>([
  ["ExitPlanMode", { plan: "# A" }, "# A"],
  ["ExitPlanMode", { plan: 1 }, null],
  ["Write", { plan: "# A" }, null],
])("the plan of %s with %j is %j", (name, input, plan) => {
  expect(planOf(name, input)).toBe(plan);
});
