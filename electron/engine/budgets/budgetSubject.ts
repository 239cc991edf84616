/** Whose use a budget counts, and whom it concerns. Pure. */
import type { Budget, BudgetScope } from "../../../shared/model/budget.ts";
import type { UseScope } from "../ledger/costUse.ts";
import { countedLimit } from "./budgetAmount.ts";

/** A session as budgets look at it. */
export interface BudgetedSession {
  readonly sessionId: string;
  readonly projectPath: string;
  /** Another session that what it uses now is counted for; null for itself. */
  readonly countedFor: string | null;
}

/** Of a budget for each session, those that are told beside the ones that are asked for. */
const MOST_USED = 100;

/** Names whose use it is; `sessionId` is needed of a budget for each session. */
export function subjectOf(scope: BudgetScope, sessionId: string | null): string {
  switch (scope.kind) {
    case "everything":
      return "everything";
    case "project":
      return `project:${scope.projectPath}`;
    case "session":
      return `session:${scope.sessionId}`;
    case "eachSession":
      return `each:${sessionId ?? ""}`;
  }
}

/** The subjects that a session's use counts for, or did; none when the budget does not concern it. */
export function subjectsFor(scope: BudgetScope, session: BudgetedSession): readonly string[] {
  if (scope.kind === "everything") return [subjectOf(scope, null)];
  if (scope.kind === "project") return scope.projectPath === session.projectPath ? [subjectOf(scope, null)] : [];
  return idsOf(session)
    .filter((id) => scope.kind === "eachSession" || scope.sessionId === id)
    .map((id) => subjectOf(scope, id));
}

export function idsOf({ sessionId, countedFor }: BudgetedSession): readonly string[] {
  return countedFor === null ? [sessionId] : [sessionId, countedFor];
}

/** What to ask the ledger for: `live` are the sessions that run, `lowest` is the lowest percent that matters. */
export function useScopeOf(
  { scope, limit }: Budget,
  live: readonly BudgetedSession[],
  wanted: readonly string[],
  lowest: number,
): UseScope {
  switch (scope.kind) {
    case "everything":
      return { kind: "all" };
    case "project": {
      const { projectPath } = scope;
      const own = live.filter((session) => session.projectPath === projectPath);
      return { kind: "project", projectPath, sessionIds: own.flatMap(idsOf) };
    }
    case "session":
      return { kind: "session", sessionId: scope.sessionId };
    case "eachSession": {
      const sessionIds = [...new Set([...live.flatMap(idsOf), ...wanted])];
      const least = (countedLimit(limit) * lowest) / 100;
      return { kind: "each", sessionIds, unit: limit.unit, least, limit: MOST_USED };
    }
  }
}
