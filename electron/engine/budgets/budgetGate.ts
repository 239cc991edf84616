/**
 * Owns what is known of every budget at this moment, and refuses what would begin a turn beyond a limit.
 * Knows nothing about how use is measured. Everything here is in memory: asking costs nothing.
 * Invariant: a budget whose period has ended holds nothing, also before its next period was looked at.
 */
import { RequestError } from "../../../shared/contract/errors.ts";
import type { BudgetAction } from "../../../shared/model/budget.ts";
import type { Delivery, PayloadKind } from "../../../shared/model/payload.ts";
import { budgetReached } from "./actingWords.ts";
import { type BudgetedSession, subjectsFor } from "./budgetSubject.ts";
import type { JudgedBudget, JudgedUse } from "./judgeBudget.ts";

/** A budget that does something about a session. */
export interface ActingBudget {
  readonly judged: JudgedBudget;
  readonly use: JudgedUse;
}

/** What is to be sent. */
export interface GatedPayload {
  readonly kind: PayloadKind;
  readonly delivery: Delivery;
  readonly isTurnRunning: boolean;
}

const strength: Readonly<Record<BudgetAction, number>> = { tell: 0, hold: 1, interrupt: 2, close: 3 };

export class BudgetGate {
  readonly #now: () => Date;
  readonly #judged = new Map<string, JudgedBudget>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  get(budgetId: string): JudgedBudget | undefined {
    return this.#judged.get(budgetId);
  }

  /** In the order they were made. */
  all(): readonly JudgedBudget[] {
    return [...this.#judged.values()];
  }

  set(judged: JudgedBudget): void {
    this.#judged.set(judged.budget.budgetId, judged);
  }

  delete(budgetId: string): void {
    this.#judged.delete(budgetId);
  }

  /** The budget that does most about a session; null when none does more than tell. */
  strongest(session: BudgetedSession): ActingBudget | null {
    const nowMs = this.#now().getTime();
    let found: ActingBudget | null = null;
    for (const judged of this.#judged.values()) {
      const { budget, period, uses } = judged;
      if (period.toMs !== null && nowMs >= period.toMs) continue;
      const subjects = subjectsFor(budget.scope, session);
      const use = subjects.map((subject) => uses.get(subject)).find((one) => one?.isActing === true);
      if (use === undefined) continue;
      if (found === null || strength[budget.atLimit] > strength[found.judged.budget.atLimit]) found = { judged, use };
    }
    return found;
  }

  /**
   * Refuses a payload that would begin or prolong a turn. What is silent begins none; a block stops what runs.
   * @throws RequestError `budget_reached`.
   */
  checkPayload(session: BudgetedSession, { kind, delivery, isTurnRunning }: GatedPayload): void {
    if (delivery === "silent" || (kind === "block" && isTurnRunning)) return;
    const acting = this.strongest(session);
    if (acting !== null) throw refusal(acting);
  }

  /**
   * Refuses a start with a prompt; without one no turn begins, and only a budget that closes sessions refuses it.
   * @throws RequestError `budget_reached`.
   */
  checkStart(session: BudgetedSession, hasPrompt: boolean): void {
    const acting = this.strongest(session);
    if (acting === null) return;
    if (hasPrompt || acting.judged.budget.atLimit === "close") throw refusal(acting);
  }
}

function refusal({ judged, use }: ActingBudget): RequestError {
  const { message, detail } = budgetReached(judged, use);
  return new RequestError("budget_reached", message, detail);
}
