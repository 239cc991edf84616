/** What the engine says of a budget that acts: to whoever is refused, to a session's reader, and to the model. Pure. */
import type { Failure } from "../../../shared/contract/errors.ts";
import type { Budget, BudgetAlert, BudgetPeriod } from "../../../shared/model/budget.ts";
import { budgetName, spentWords } from "../../../shared/text/budgetWords.ts";
import { toldAmount } from "./budgetAmount.ts";
import { momentOf } from "./budgetPeriod.ts";
import { type JudgedBudget, type JudgedUse, LIMIT_PERCENT } from "./judgeBudget.ts";

const when: Readonly<Record<BudgetPeriod, string>> = {
  day: " today",
  week: " this week",
  month: " this month",
  always: "",
};

/** From here on there is no room for anything new. */
const NEARLY_USED = 80;

/** `The budget “Shop” is used up: $10.02 of $10.00 today.` */
function usedUp({ budget }: JudgedBudget, { counted }: JudgedUse): string {
  const { limit, period } = budget;
  return `The budget “${budgetName(budget)}” is used up: ${spentWords(toldAmount(limit, counted), limit)}${when[period]}.`;
}

/** Why something is refused, and what can be done about it. */
export function budgetReached(
  judged: JudgedBudget,
  use: JudgedUse,
): { readonly message: string; readonly detail: Failure["detail"] } {
  const { budget, period } = judged;
  const { limit, budgetId } = budget;
  const until = momentOf(period.toMs);
  const anew =
    period.toMs === null
      ? "It does not begin anew: raise or override it to go on."
      : `It begins anew on ${localTime(period.toMs)}. Raise or override it to go on before that.`;
  const spent = toldAmount(limit, use.counted);
  const detail = {
    budgetId,
    sessionId: use.sessionId,
    spent,
    limit: { unit: limit.unit, amount: limit.amount },
    until,
  };
  return { message: `${usedUp(judged, use)} ${anew}`, detail };
}

/** Said in a session that was stopped. */
export function stoppedWords(judged: JudgedBudget, use: JudgedUse): string {
  const done = judged.budget.atLimit === "close" ? "This session was closed." : "The running turn was interrupted.";
  return `${usedUp(judged, use)} ${done}`;
}

/** What the model is told at a threshold: how much is used, and what to do about it. */
export function warningText(budget: Pick<Budget, "period" | "atLimit">, alert: BudgetAlert): string {
  const { budgetName: name, percent, spent, limit } = alert;
  const used = `${spentWords(spent, limit)}${when[budget.period]}`;
  if (percent < LIMIT_PERCENT) {
    const advice = percent < NEARLY_USED ? "Keep what follows short." : "Finish what is in hand and start nothing new.";
    return `Budget “${name}”: ${percent} % used (${used}). ${advice}`;
  }
  const held =
    budget.atLimit === "tell"
      ? "Ask before going on."
      : "No new turn begins until it begins anew or a person lets work go on.";
  return `Budget “${name}” is used up (${used}). Stop at a safe place and say what is left to do. ${held}`;
}

function localTime(atMs: number): string {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
  return `${format.format(atMs)} (${format.resolvedOptions().timeZone})`;
}
