import type { BudgetStatus, BudgetUse } from "../../shared/model/budget.ts";

/** Something about a budget that the window tells without being asked. */
export interface BudgetNotice {
  /** The same for the same thing that happened, another one in the next period. */
  readonly key: string;
  /** `acting`: it holds something that could go on. `crossed`: a threshold was passed a while ago. */
  readonly kind: "acting" | "crossed";
  readonly status: BudgetStatus;
  readonly use: BudgetUse;
  /** The highest threshold that was passed. */
  readonly percent: number;
  /** When it was passed. */
  readonly at: string;
}

/** Milliseconds: what was passed longer ago is no news; the list of budgets still shows it. */
export const NEWS_MS = 24 * 60 * 60 * 1000;

export interface NoticeFacts {
  readonly statuses: readonly BudgetStatus[];
  /** Milliseconds. */
  readonly now: number;
  /** Whether a session could go on here: what holds one that has ended holds nothing. */
  readonly isRunning: (sessionId: string) => boolean;
}

/** What holds work, then what passed a threshold lately, each the newest first. */
export function budgetNotices({ statuses, now, isRunning }: NoticeFacts): readonly BudgetNotice[] {
  const notices = statuses
    .filter(({ budget }) => budget.isEnabled)
    .flatMap((status) => status.uses.flatMap((use) => noticeOf(status, use, holdsSomething(status, use, isRunning))))
    .filter((notice) => notice.kind === "acting" || isNews(notice, now));
  return notices.toSorted(
    (one, other) => one.kind.localeCompare(other.kind) || other.at.localeCompare(one.at) || one.percent - other.percent,
  );
}

function noticeOf(status: BudgetStatus, use: BudgetUse, holds: boolean): readonly BudgetNotice[] {
  const highest = use.crossed.toSorted((one, other) => other.percent - one.percent)[0];
  const { budget, from } = status;
  const whose = [budget.budgetId, use.sessionId ?? "", from ?? "", budget.limit.amount].join(" ");
  if (use.isActing && holds) {
    const at = highest?.at ?? from ?? budget.createdAt;
    return [{ key: `acting ${whose}`, kind: "acting", status, use, percent: 100, at }];
  }
  // Whoever overrode it has seen it.
  if (highest === undefined || use.override !== null) return [];
  const { percent, at } = highest;
  return [{ key: `crossed ${whose} ${percent}`, kind: "crossed", status, use, percent, at }];
}

function holdsSomething(
  { budget: { scope } }: BudgetStatus,
  use: BudgetUse,
  isRunning: NoticeFacts["isRunning"],
): boolean {
  const sessionId = scope.kind === "session" ? scope.sessionId : use.sessionId;
  return sessionId === null || isRunning(sessionId);
}

function isNews({ at }: BudgetNotice, now: number): boolean {
  return now - Date.parse(at) < NEWS_MS;
}
