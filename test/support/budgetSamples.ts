import type { Budget, BudgetAlert, BudgetStatus, BudgetUse, OverrideRecord } from "../../shared/model/budget.ts";

const AT = "2026-11-20T12:00:00.000Z";

/** Ten dollars a day for everything, with the given differences. */
export function aBudget(differences: Partial<Budget> = {}): Budget {
  return {
    budgetId: "budget-1",
    name: null,
    scope: { kind: "everything" },
    period: "day",
    limit: { unit: "usd", amount: 10 },
    warnAt: [50, 80, 100],
    warnSessions: false,
    atLimit: "tell",
    isEnabled: true,
    createdAt: AT,
    ...differences,
  };
}

/** Nothing used, with the given differences. */
export function aUse(differences: Partial<BudgetUse> = {}): BudgetUse {
  return {
    sessionId: null,
    sessionTitle: null,
    spent: 0,
    fraction: 0,
    unpricedMessages: 0,
    crossed: [],
    override: null,
    isActing: false,
    ...differences,
  };
}

/** A budget used up, that holds new turns. */
export function anActingUse(differences: Partial<BudgetUse> = {}): BudgetUse {
  return aUse({ spent: 10.02, fraction: 1.002, crossed: [{ percent: 100, at: AT }], isActing: true, ...differences });
}

/** A budget with one use, in the day of 20 November 2026 UTC. */
export function aStatus(
  differences: Partial<Budget> = {},
  uses: readonly BudgetUse[] = [aUse()],
  bounds: Partial<Pick<BudgetStatus, "from" | "to">> = {},
): BudgetStatus {
  return {
    budget: aBudget(differences),
    from: "2026-11-20T00:00:00.000Z",
    to: "2026-11-21T00:00:00.000Z",
    uses,
    ...bounds,
  };
}

/** 80 % of ten dollars were used, with the given differences. */
export function anAlert(differences: Partial<BudgetAlert> = {}): BudgetAlert {
  return {
    alertId: "alert-1",
    budgetId: "budget-1",
    budgetName: "Everything today",
    sessionId: null,
    sessionTitle: null,
    percent: 80,
    spent: 8.02,
    limit: { unit: "usd", amount: 10 },
    from: "2026-11-20T00:00:00.000Z",
    at: AT,
    action: "tell",
    warnedSessionIds: [],
    ...differences,
  };
}

/** Work was let go on beyond ten dollars, from a browser, with the given differences. */
export function anOverride(differences: Partial<OverrideRecord> = {}): OverrideRecord {
  return {
    overrideId: "override-1",
    budgetId: "budget-1",
    budgetName: "Everything today",
    sessionId: null,
    sessionTitle: null,
    spent: 10.02,
    limit: { unit: "usd", amount: 10 },
    at: AT,
    by: "browser",
    note: null,
    until: "2026-11-21T00:00:00.000Z",
    revokedAt: null,
    ...differences,
  };
}
