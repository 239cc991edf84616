import type { BudgetAction, BudgetPeriod, BudgetScope, BudgetTerms } from "../../../shared/model/budget.ts";
import type { BudgetStatus, BudgetUse } from "../../../shared/model/budget.ts";
import { budgetName, periodName, spentWords } from "../../../shared/text/budgetWords.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import type { BudgetNotice } from "../../stores/budgetNotices.ts";
import { projectName } from "../../stores/sessionList.ts";
import { counted } from "../../terminal/figures.ts";
import { anewWords, untilWords } from "./budgetTime.ts";

/** The title of a session, or null where this window does not know it. */
export type TitleOf = (sessionId: string) => string | null;

/** What a budget is called here: a session that it is for gives it its title. */
export function shownName(budget: Pick<BudgetTerms, "name" | "scope" | "period">, titleOf: TitleOf): string {
  const { name, scope, period } = budget;
  const title = scope.kind === "session" ? titleOf(scope.sessionId) : null;
  if (name !== null || title === null) return visibleText(budgetName(budget));
  return visibleText(periodName(title, period));
}

/** Whose use counts, in words. */
function scopeWords(scope: BudgetScope, titleOf: TitleOf): string {
  switch (scope.kind) {
    case "everything":
      return "Everything on this machine";
    case "project":
      return `Project ${visibleText(projectName(scope.projectPath))}`;
    case "session":
      return `Session “${visibleText(titleOf(scope.sessionId) ?? scope.sessionId)}”`;
    case "eachSession":
      return "Each session by itself";
  }
}

const periodWords: Readonly<Record<BudgetPeriod, string>> = {
  day: "each day",
  week: "each week from Monday",
  month: "each month",
  always: "",
};

/** Whose use counts and how long, e.g. `Project atlas, each week from Monday`. */
export function subjectWords({ scope, period }: Pick<BudgetTerms, "scope" | "period">, titleOf: TitleOf): string {
  return [scopeWords(scope, titleOf), periodWords[period]].filter((words) => words !== "").join(", ");
}

const limitWords: Readonly<Record<BudgetAction, string>> = {
  tell: "Nothing is stopped.",
  hold: "At the limit new turns are held.",
  interrupt: "At the limit turns are stopped, and new ones are held.",
  close: "At the limit its sessions are closed.",
};

const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** What happens on the way to the limit and at it. */
export function consequenceWords({ warnAt, warnSessions, atLimit }: BudgetTerms): string {
  // The host tells at the limit whenever something is done there.
  const told = atLimit === "tell" || warnAt.includes(100) ? warnAt : [...warnAt, 100];
  const at = told.length === 0 ? "Nobody is told. " : `You are told at ${listFormat.format(told.map(String))} %. `;
  const sessions = warnSessions && warnAt.length > 0 ? "Its sessions are told as well. " : "";
  return `${at}${sessions}${limitWords[atLimit]}`;
}

/** What the amount lacks; null where it lacks nothing. */
export function unpricedWords(messages: number): string | null {
  if (messages === 0) return null;
  return `${counted(messages, "message without a price is", "messages without a price are")} not counted.`;
}

const heldWords: Readonly<Record<BudgetAction, (until: string) => string>> = {
  tell: () => "Nothing is stopped.",
  hold: (until) => `New turns are held ${until}.`,
  interrupt: (until) => `Running turns were stopped, and new ones are held ${until}.`,
  close: (until) => `Its sessions were closed, and none is started ${until}.`,
};

/** The same where it is about one session. */
const heldOneWords: typeof heldWords = {
  ...heldWords,
  interrupt: (until) => `Its turn was stopped, and no new one begins ${until}.`,
  close: (until) => `It was closed, and is not started again ${until}.`,
};

/** Two sentences for a banner: what happened, and what follows. */
export interface NoticeWords {
  readonly title: string;
  readonly text: string;
}

/** What a notice says, e.g. `Budget “Today” is used up: $10.02 of $10.00.` and `New turns are held until midnight.` */
export function noticeWords(notice: BudgetNotice, titleOf: TitleOf, nowMs: number): NoticeWords {
  const { status, use, percent } = notice;
  const { to } = status;
  if (use.isActing) return actingWords(status, use, titleOf, nowMs);
  const isUsedUp = percent >= 100;
  const title = spentTitle(status, use, isUsedUp ? "used up" : `past ${percent} %`, titleOf);
  return { title, text: `${isUsedUp ? `${heldWords.tell("")} ` : ""}${anewWords(to, nowMs)}.` };
}

/** What a budget that acts says, and until when. */
export function actingWords(status: BudgetStatus, use: BudgetUse, titleOf: TitleOf, nowMs: number): NoticeWords {
  const { budget, to } = status;
  const title = spentTitle(status, use, "used up", titleOf);
  const held = use.sessionId === null ? heldWords : heldOneWords;
  return { title, text: held[budget.atLimit](untilWords(to, nowMs)) };
}

function spentTitle({ budget }: BudgetStatus, use: BudgetUse, how: string, titleOf: TitleOf): string {
  const isOfEach = budget.scope.kind === "eachSession" && use.sessionId !== null;
  const whose = isOfEach ? sessionWords(use.sessionId ?? "", titleOf) : "";
  return `Budget “${shownName(budget, titleOf)}” is ${how}${whose}: ${spentWords(use.spent, budget.limit)}.`;
}

function sessionWords(sessionId: string, titleOf: TitleOf): string {
  return ` by “${visibleText(titleOf(sessionId) ?? sessionId)}”`;
}

/** Why a session waits, for a mark beside it. */
export function holdWords(name: string, until: string | null, nowMs: number): string {
  return `The budget “${name}” holds new turns ${untilWords(until, nowMs)}`;
}
