import type { Budget, BudgetStatus, BudgetUse } from "../../shared/model/budget.ts";

/** A budget that keeps a session from beginning new turns. */
export interface Hold {
  readonly budget: Budget;
  readonly use: BudgetUse;
  /** When the budget begins anew; null: never. */
  readonly until: string | null;
}

/** What holds work now, by whose. */
export interface Holds {
  readonly everything: Hold | null;
  readonly byProject: ReadonlyMap<string, Hold>;
  readonly bySession: ReadonlyMap<string, Hold>;
}

export const noHolds: Holds = { everything: null, byProject: new Map(), bySession: new Map() };

/** Finds what holds work among the budgets; of several for the same work, the one that was made first. */
export function holdsOf(statuses: readonly BudgetStatus[]): Holds {
  let everything: Hold | null = null;
  const byProject = new Map<string, Hold>();
  const bySession = new Map<string, Hold>();
  for (const { budget, uses, to } of statuses) {
    if (!budget.isEnabled) continue;
    for (const use of uses.filter(({ isActing }) => isActing)) {
      const hold = { budget, use, until: to };
      if (use.sessionId !== null) setFirst(bySession, use.sessionId, hold);
      else if (budget.scope.kind === "session") setFirst(bySession, budget.scope.sessionId, hold);
      else if (budget.scope.kind === "project") setFirst(byProject, budget.scope.projectPath, hold);
      else everything ??= hold;
    }
  }
  return { everything, byProject, bySession };
}

function setFirst(map: Map<string, Hold>, key: string, hold: Hold): void {
  if (!map.has(key)) map.set(key, hold);
}

/** What holds a session: the narrowest budget that does; null when none does. */
export function holdOn(
  { everything, byProject, bySession }: Holds,
  { sessionId, projectPath }: { readonly sessionId: string; readonly projectPath: string },
): Hold | null {
  return bySession.get(sessionId) ?? byProject.get(projectPath) ?? everything;
}
