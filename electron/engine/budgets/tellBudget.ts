/** A budget as it is listed. Pure. */
import type { BudgetStatus, BudgetUse } from "../../../shared/model/budget.ts";
import { countedLimit, toldAmount } from "./budgetAmount.ts";
import { momentOf } from "./budgetPeriod.ts";
import { subjectOf } from "./budgetSubject.ts";
import { type JudgedBudget, type JudgedUse, thresholdsOf } from "./judgeBudget.ts";

/** Of a budget for each session. */
const MAX_USES = 100;

/** What is known of sessions. */
export interface KnownSessions {
  /** A budget for each lists those that are live, whatever they used. */
  readonly isLive: (sessionId: string) => boolean;
  /** Null where nobody knows. */
  readonly titleOf: (sessionId: string) => string | null;
}

export function tellBudget(judged: JudgedBudget, sessions: KnownSessions): BudgetStatus {
  const { budget, period } = judged;
  return { budget, from: momentOf(period.fromMs), to: momentOf(period.toMs), uses: usesOf(judged, sessions) };
}

function usesOf({ budget, uses }: JudgedBudget, { isLive, titleOf }: KnownSessions): readonly BudgetUse[] {
  const { scope, limit } = budget;
  const told = (use: JudgedUse): BudgetUse => ({
    sessionId: use.sessionId,
    sessionTitle: use.sessionId === null ? null : titleOf(use.sessionId),
    spent: toldAmount(limit, use.counted),
    fraction: use.counted / countedLimit(limit),
    unpricedMessages: use.unpricedMessages,
    crossed: use.crossed,
    override: use.override,
    isActing: use.isActing,
  });
  if (scope.kind !== "eachSession") return [told(uses.get(subjectOf(scope, null)) ?? nothingUsed(budget.scope))];
  const lowest = (countedLimit(limit) * (thresholdsOf(budget)[0] ?? 100)) / 100;
  return [...uses.values()]
    .filter(({ counted, crossed, sessionId }) => counted >= lowest || crossed.length > 0 || isLive(sessionId ?? ""))
    .toSorted((a, b) => b.counted - a.counted)
    .slice(0, MAX_USES)
    .map(told);
}

function nothingUsed(scope: JudgedBudget["budget"]["scope"]): JudgedUse {
  const sessionId = scope.kind === "session" ? scope.sessionId : null;
  const subject = subjectOf(scope, null);
  return { subject, sessionId, counted: 0, unpricedMessages: 0, crossed: [], override: null, isActing: false };
}
