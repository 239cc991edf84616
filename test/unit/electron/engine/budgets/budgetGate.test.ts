import { describe, expect, it } from "vitest";
import { BudgetGate, type GatedPayload } from "../../../../../electron/engine/budgets/budgetGate.ts";
import type { JudgedBudget } from "../../../../../electron/engine/budgets/judgeBudget.ts";
import { aJudgedBudget, aUse } from "./aBudget.ts";

const session = { sessionId: "session-1", projectPath: "/shop", countedFor: null };

function gateOf(judged: readonly JudgedBudget[], now = "2026-11-20T13:00:00Z"): BudgetGate {
  const gate = new BudgetGate(() => new Date(now));
  for (const one of judged) gate.set(one);
  return gate;
}

const refuses = (check: () => void): boolean => {
  try {
    check();
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: "budget_reached" });
    return true;
  }
};

describe("checkPayload", () => {
  const gate = gateOf([aJudgedBudget({ atLimit: "hold" })]);
  const message: GatedPayload = { kind: "message", delivery: "next", isTurnRunning: false };

  it.each([
    ["a message", {}, true],
    ["a message into a running turn", { isTurnRunning: true }, true],
    ["a warning of somebody else", { kind: "warning", isTurnRunning: true }, true],
    ["context that begins no turn", { kind: "context", delivery: "silent" }, false],
    ["a block of a running turn", { kind: "block", delivery: "now", isTurnRunning: true }, false],
    ["a block that would begin a turn", { kind: "block", delivery: "now" }, true],
  ] as const)("%s: %j is refused: %s", (_, differences, expected) => {
    expect(refuses(() => gate.checkPayload(session, { ...message, ...differences }))).toBe(expected);
  });
});

describe("checkStart", () => {
  it.each([
    ["hold", true, true],
    ["hold", false, false],
    ["interrupt", true, true],
    ["interrupt", false, false],
    ["close", true, true],
    ["close", false, true],
  ] as const)("under %s with a prompt %s is refused: %s", (atLimit, hasPrompt, expected) => {
    const gate = gateOf([aJudgedBudget({ atLimit })]);
    expect(refuses(() => gate.checkStart(session, hasPrompt))).toBe(expected);
  });
});

describe("strongest", () => {
  const of = (differences: Parameters<typeof aJudgedBudget>[0], subject: string) =>
    aJudgedBudget(differences, [aUse({ subject })]);

  it.each([
    ["everything", of({ scope: { kind: "everything" } }, "everything"), true],
    ["its project", of({ scope: { kind: "project", projectPath: "/shop" } }, "project:/shop"), true],
    ["another project", of({ scope: { kind: "project", projectPath: "/shop/in" } }, "project:/shop/in"), false],
    ["itself", of({ scope: { kind: "session", sessionId: "session-1" } }, "session:session-1"), true],
    ["another session", of({ scope: { kind: "session", sessionId: "session-2" } }, "session:session-2"), false],
    ["each, it", of({ scope: { kind: "eachSession" } }, "each:session-1"), true],
    ["each, another", of({ scope: { kind: "eachSession" } }, "each:session-2"), false],
  ])("knows a budget for %s", (_, judged, expected) => {
    expect(gateOf([judged]).strongest(session) !== null).toBe(expected);
  });

  it("knows a budget for the session that it is counted for now", () => {
    const judged = of({ scope: { kind: "eachSession" } }, "each:cleared");
    expect(gateOf([judged]).strongest({ ...session, countedFor: "cleared" })).not.toBeNull();
  });

  it("is the one that does most", () => {
    const all = (["hold", "close", "interrupt"] as const).map((atLimit) =>
      aJudgedBudget({ atLimit, budgetId: atLimit }),
    );
    expect(gateOf(all).strongest(session)?.judged.budget.budgetId).toBe("close");
  });

  it("is none once the period has ended, nor once the budget is gone", () => {
    const judged = aJudgedBudget({ atLimit: "hold" });
    expect(gateOf([judged], "2026-11-21T00:00:00Z").strongest(session)).toBeNull();
    const gate = gateOf([judged]);
    gate.delete("budget-1");
    expect(gate.strongest(session)).toBeNull();
  });
});
