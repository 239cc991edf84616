import type { JudgedBudget, JudgedUse } from "../../../../../electron/engine/budgets/judgeBudget.ts";
import type { Budget } from "../../../../../shared/model/budget.ts";

export function aBudget(differences: Partial<Budget> = {}): Budget {
  return {
    budgetId: "budget-1",
    createdAt: "2026-11-01T00:00:00.000Z",
    name: "Shop",
    scope: { kind: "everything" },
    period: "day",
    limit: { unit: "usd", amount: 10 },
    warnAt: [50, 80, 100],
    warnSessions: false,
    atLimit: "tell",
    isEnabled: true,
    ...differences,
  };
}

/** Of $10.00, $10.02 are used. */
export function aUse(differences: Partial<JudgedUse> = {}): JudgedUse {
  return {
    subject: "everything",
    sessionId: null,
    counted: 10_020_000_000,
    unpricedMessages: 0,
    crossed: [{ percent: 100, at: "2026-11-20T12:00:00.000Z" }],
    override: null,
    isActing: true,
    ...differences,
  };
}

export function aJudgedBudget(budget: Partial<Budget> = {}, uses: readonly JudgedUse[] = [aUse()]): JudgedBudget {
  const dayOf = (at: string): number => Date.parse(at);
  return {
    budget: aBudget(budget),
    period: { key: "day:2026-11-20", fromMs: dayOf("2026-11-20T00:00:00Z"), toMs: dayOf("2026-11-21T00:00:00Z") },
    isMeasured: true,
    uses: new Map(uses.map((use) => [use.subject, use])),
  };
}
