/**
 * Owns which session a running one is counted for: after `/clear` its process names another session, and what it uses from
 * then on is that one's (measured on 2.1.329). Budgets look at both.
 */
import type { SessionEvent } from "../../../shared/model/event.ts";
import { goesOnAs } from "../sessions/goesOnAs.ts";
import type { BudgetedSession } from "./budgetSubject.ts";

export class CountedSessions {
  readonly #countedFor = new Map<string, string>();

  take(event: SessionEvent): void {
    const { sessionId } = event;
    if (event.type === "process.exited") this.#countedFor.delete(sessionId);
    const countedFor = goesOnAs(event);
    if (countedFor === undefined) return;
    if (countedFor === null) this.#countedFor.delete(sessionId);
    else this.#countedFor.set(sessionId, countedFor);
  }

  budgeted({ sessionId, projectPath }: Pick<BudgetedSession, "sessionId" | "projectPath">): BudgetedSession {
    return { sessionId, projectPath, countedFor: this.#countedFor.get(sessionId) ?? null };
  }

  /** The session that runs and is counted for this one, or this one. */
  runningFor(sessionId: string): string {
    for (const [running, countedFor] of this.#countedFor) if (countedFor === sessionId) return running;
    return sessionId;
  }
}
