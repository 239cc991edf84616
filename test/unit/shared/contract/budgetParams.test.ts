import { describe, expect, it } from "vitest";
import { describeIssues } from "../../../../electron/hosting/describeIssues.ts";
import { budgetsCreate } from "../../../../shared/contract/budgetParams.ts";

const terms = { scope: { kind: "everything" }, period: "day", limit: { unit: "usd", amount: 10 } };

/** What a person is told about the terms; null when they are fine. */
function wordsOn(given: unknown): string | null {
  const { error } = budgetsCreate.safeParse(given);
  return error === undefined ? null : describeIssues(error).message;
}

describe("the terms of a budget", () => {
  it("need a scope, a period and a limit", () => {
    expect(budgetsCreate.parse(terms)).toEqual({
      ...terms,
      ...{ name: null, warnAt: [50, 80, 100], warnSessions: false, atLimit: "tell", isEnabled: true },
    });
  });

  const aboveZero = "limit.amount: A budget must be above 0. To spend nothing, hold new turns at a small amount.";

  it.each([
    [{ unit: "usd", amount: 0 }, aboveZero],
    [{ unit: "usd", amount: -1 }, aboveZero],
    [{ unit: "tokens", amount: 0 }, aboveZero],
    [{ unit: "usd", amount: Number.NaN }, "limit.amount: Invalid input: expected number, received NaN"],
    [{ unit: "usd", amount: null }, "limit.amount: Invalid input: expected number, received null"],
    [{ unit: "usd", amount: Number.POSITIVE_INFINITY }, /^limit\.amount: /u],
    [{ unit: "usd", amount: 1e9 + 1 }, /^limit\.amount: Too big/u],
    [{ unit: "tokens", amount: 1e15 + 1 }, /^limit\.amount: Too big/u],
    [{ unit: "tokens", amount: 1.5 }, /^limit\.amount: .*int/u],
    [{ unit: "euro", amount: 1 }, /^limit\.unit: /u],
  ])("are refused with a limit of %j", (limit, words) => {
    expect(wordsOn({ ...terms, limit })).toEqual(typeof words === "string" ? words : expect.stringMatching(words));
  });

  it.each([
    [{ warnAt: [0] }, /^warnAt\.0: /u],
    [{ warnAt: [101] }, /^warnAt\.0: /u],
    [{ warnAt: [12.5] }, /^warnAt\.0: /u],
    [{ name: "  " }, /^name: /u],
    [{ scope: { kind: "project", projectPath: "" } }, /^scope\.projectPath: /u],
    [{ scope: { kind: "somebody" } }, /^scope\.kind: /u],
    [{ period: "year" }, /^period: /u],
    [{ atLimit: "explode" }, /^atLimit: /u],
  ])("are refused with %j", (differences, words) => {
    expect(wordsOn({ ...terms, ...differences })).toMatch(words);
  });

  it("may be of a project or a session that is not known yet", () => {
    expect(wordsOn({ ...terms, scope: { kind: "project", projectPath: "/not/there" } })).toBeNull();
    expect(wordsOn({ ...terms, scope: { kind: "session", sessionId: "later" } })).toBeNull();
  });
});
