import { describe, expect, it } from "vitest";
import { tellBudget } from "../../../../../electron/engine/budgets/tellBudget.ts";
import { aBudget, aJudgedBudget, aUse } from "./aBudget.ts";

const nobody = { isLive: () => false, titleOf: () => null };

describe("tellBudget", () => {
  it("tells one use of one subject, in the unit of the limit", () => {
    expect(tellBudget(aJudgedBudget(), nobody)).toEqual({
      budget: aBudget(),
      from: "2026-11-20T00:00:00.000Z",
      to: "2026-11-21T00:00:00.000Z",
      uses: [
        {
          ...{ sessionId: null, sessionTitle: null, spent: 10.02, fraction: 1.002, unpricedMessages: 0 },
          ...{ override: null, isActing: true },
          crossed: [{ percent: 100, at: "2026-11-20T12:00:00.000Z" }],
        },
      ],
    });
  });

  it("tells of a budget whose use is not known yet that nothing was counted", () => {
    const { uses } = tellBudget(aJudgedBudget({ scope: { kind: "session", sessionId: "s" } }, []), nobody);
    expect(uses).toMatchObject([{ sessionId: "s", spent: 0, crossed: [] }]);
  });

  it("tells of each session those that are live or at a threshold, the most used first", () => {
    const each = (sessionId: string, usd: number) =>
      aUse({ subject: `each:${sessionId}`, sessionId, counted: usd * 1e9, crossed: [] });
    const uses = [each("idle", 0), each("past", 4.99), each("half", 5), each("most", 9)];
    const judged = aJudgedBudget({ scope: { kind: "eachSession" } }, uses);
    const isLive = (sessionId: string): boolean => sessionId === "idle";
    const titleOf = (sessionId: string): string | null => (sessionId === "half" ? null : `The ${sessionId} one`);
    const told = tellBudget(judged, { isLive, titleOf }).uses;
    expect(told.map(({ sessionId, sessionTitle }) => [sessionId, sessionTitle])).toEqual([
      ["most", "The most one"],
      ["half", null],
      ["idle", "The idle one"],
    ]);
  });

  it("tells of a hundred at most", () => {
    const uses = Array.from({ length: 101 }, (_, index) => aUse({ subject: `each:${index}`, sessionId: `${index}` }));
    expect(tellBudget(aJudgedBudget({ scope: { kind: "eachSession" } }, uses), nobody).uses).toHaveLength(100);
  });
});
