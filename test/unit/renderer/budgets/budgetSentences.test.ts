import { describe, expect, test } from "vitest";
import { budgetNotices } from "../../../../renderer/stores/budgetNotices.ts";
import {
  consequenceWords,
  holdWords,
  noticeWords,
  shownName,
  subjectWords,
  unpricedWords,
} from "../../../../renderer/views/budgets/budgetSentences.ts";
import type { Budget, BudgetStatus, BudgetTerms } from "../../../../shared/model/budget.ts";
import { aBudget, anActingUse, aStatus, aUse } from "../../../support/budgetSamples.ts";

const now = new Date(2026, 10, 20, 15).getTime();
const bounds = { from: new Date(2026, 10, 20).toISOString(), to: new Date(2026, 10, 21).toISOString() };
const at = new Date(now - 1000).toISOString();
const titleOf = (sessionId: string): string | null => (sessionId === "one" ? "Fix the build" : null);

describe("a budget", () => {
  test.each<readonly [Partial<Budget>, string, string]>([
    [{ name: "Mine" }, "Mine", "Everything on this machine, each day"],
    [{ scope: { kind: "project", projectPath: "/home/ada/atlas" } }, "atlas today", "Project atlas, each day"],
    [{ scope: { kind: "session", sessionId: "one" } }, "Fix the build today", "Session “Fix the build”, each day"],
    [{ scope: { kind: "session", sessionId: "two" } }, "One session today", "Session “two”, each day"],
    [{ scope: { kind: "eachSession" } }, "Each session today", "Each session by itself, each day"],
    [{ scope: { kind: "eachSession" }, period: "always" }, "Each session", "Each session by itself"],
    [{ name: "\u202egnol" }, "‹U+202E›gnol", "Everything on this machine, each day"],
  ])("%o is called “%s” and counts “%s”", (budget, name, scope) => {
    const { scope: own, ...rest } = aBudget(budget);
    expect([shownName({ ...rest, scope: own }, titleOf), subjectWords({ ...rest, scope: own }, titleOf)]).toEqual([
      name,
      scope,
    ]);
  });

  test.each<readonly [Partial<BudgetTerms>, string]>([
    [{}, "You are told at 50, 80 and 100 %. Nothing is stopped."],
    [{ warnAt: [] }, "Nobody is told. Nothing is stopped."],
    [{ warnAt: [50], atLimit: "close" }, "You are told at 50 and 100 %. At the limit its sessions are closed."],
    [
      { atLimit: "hold", warnSessions: true },
      "You are told at 50, 80 and 100 %. Its sessions are told as well. At the limit new turns are held.",
    ],
  ])("%o says what follows: %s", (terms, words) => {
    expect(consequenceWords(aBudget(terms))).toBe(words);
  });

  test.each([
    [0, null],
    [1, "1 message without a price is not counted."],
    [2, "2 messages without a price are not counted."],
  ])("with %s unpriced messages says “%s”", (count, words) => {
    expect(unpricedWords(count)).toBe(words);
  });
});

describe("a notice", () => {
  function said(budget: Partial<Budget>, use: Parameters<typeof aUse>[0], running = true): string {
    const status: BudgetStatus = aStatus({ name: "Today", ...budget }, [aUse(use)], bounds);
    const [notice] = budgetNotices({ statuses: [status], now, isRunning: () => running });
    if (notice === undefined) return "";
    const { title, text } = noticeWords(notice, titleOf, now);
    return `${title} ${text}`;
  }

  const usedUp = anActingUse({ crossed: [{ percent: 100, at }] });
  const each = { scope: { kind: "eachSession" } as const };

  test.each([
    [
      said({ atLimit: "hold" }, usedUp),
      "Budget “Today” is used up: $10.02 of $10.00. New turns are held until midnight.",
    ],
    [
      said({ atLimit: "interrupt" }, usedUp),
      "Budget “Today” is used up: $10.02 of $10.00. Running turns were stopped, and new ones are held until midnight.",
    ],
    [
      said({ atLimit: "hold", ...each }, { ...usedUp, sessionId: "one" }),
      "Budget “Today” is used up by “Fix the build”: $10.02 of $10.00. New turns are held until midnight.",
    ],
    [
      said({ atLimit: "close", ...each }, { ...usedUp, sessionId: "one" }, false),
      "Budget “Today” is used up by “Fix the build”: $10.02 of $10.00. It was closed, and is not started again until midnight.",
    ],
    [
      said({}, { ...usedUp, isActing: false }),
      "Budget “Today” is used up: $10.02 of $10.00. Nothing is stopped. Begins anew at midnight.",
    ],
    [
      said({}, { spent: 8.02, fraction: 0.802, crossed: [{ percent: 80, at }] }),
      "Budget “Today” is past 80 %: $8.02 of $10.00. Begins anew at midnight.",
    ],
  ])("%s", (words, expected) => {
    expect(words).toBe(expected);
  });
});

test("a mark beside a session says what holds it and until when", () => {
  expect(holdWords("Today", bounds.to, now)).toBe("The budget “Today” holds new turns until midnight");
});
