import type { BudgetAction, BudgetStatus, BudgetUse } from "../../../shared/model/budget.ts";
import { percentOf } from "../../../shared/text/budgetWords.ts";

/** How a budget stands, in words and a tone. */
export interface BudgetStanding {
  readonly kind: "off" | "overridden" | "acting" | "reached" | "past" | "fine";
  readonly words: string;
  readonly tone: "ok" | "warn" | "danger" | "accent" | "dim";
}

const actingWords: Readonly<Record<BudgetAction, string>> = {
  tell: "Used up",
  hold: "Used up: new turns are held",
  interrupt: "Used up: turns are stopped",
  close: "Used up: sessions are closed",
};

/** The same of one session. */
const actingOnOneWords: Readonly<Record<BudgetAction, string>> = {
  ...actingWords,
  interrupt: "Used up: its turns are stopped",
  close: "Used up: it was closed",
};

/** How one use of a budget stands. */
export function budgetStanding({ budget }: BudgetStatus, use: BudgetUse): BudgetStanding {
  if (!budget.isEnabled) return { kind: "off", words: "Off", tone: "dim" };
  if (use.override !== null) return { kind: "overridden", words: "Overridden: work goes on", tone: "accent" };
  if (use.isActing) {
    const words = use.sessionId === null ? actingWords : actingOnOneWords;
    return { kind: "acting", words: words[budget.atLimit], tone: "danger" };
  }
  if (use.fraction >= 1) return { kind: "reached", words: "Used up", tone: "danger" };
  const passed = budget.warnAt.findLast((percent) => percent <= percentOf(use.fraction));
  if (passed !== undefined) return { kind: "past", words: `Past ${passed} %`, tone: "warn" };
  return { kind: "fine", words: "Within the limit", tone: "ok" };
}
