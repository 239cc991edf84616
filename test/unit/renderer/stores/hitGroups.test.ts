import { describe, expect, test } from "vitest";
import { addHits, type HitGroup, inSight, shownHits, unfoldHits } from "../../../../renderer/stores/hitGroups.ts";
import type { SearchHit } from "../../../../shared/model/search.ts";

function hitOf(sessionId: string): SearchHit {
  return {
    sessionId,
    projectPath: `/${sessionId}`,
    title: sessionId,
    role: "user",
    at: null,
    snippet: [],
    seq: 1,
    subagent: null,
  };
}

/** Pages of hits, each by the letter of its session. */
function grouped(...pages: readonly string[]): readonly HitGroup[] {
  return pages.reduce<readonly HitGroup[]>((groups, page) => addHits(groups, page.split("").map(hitOf)), []);
}

/** Of each group: its session, the ranks in sight, and how many are folded away. */
function told(groups: readonly HitGroup[]) {
  return groups.map((group) => [
    ...[group.sessionId, shownHits(group).map(({ index }) => index)],
    group.hits.length - group.shown,
  ]);
}

describe("hits by session", () => {
  test.each([
    [
      "stand where the best one ranks, whatever comes between",
      "abcab",
      [
        ["a", [0, 3], 0],
        ["b", [1, 4], 0],
        ["c", [2], 0],
      ],
    ],
    [
      "show a few, best first, and fold the others away",
      "aabaaab",
      [
        ["a", [0, 1, 3], 2],
        ["b", [2, 6], 0],
      ],
    ],
    [
      "fold no single one away",
      "aaaab",
      [
        ["a", [0, 1, 2, 3], 0],
        ["b", [4], 0],
      ],
    ],
    ["are none for no hits", "", []],
  ])("%s", (_what, page, expected) => {
    expect(told(grouped(page))).toEqual(expected);
  });

  test("of a further page are folded away where the session is in sight already, and come last where not", () => {
    const first = grouped("ab");
    expect(told(grouped("ab", "bacbcbb"))).toEqual([
      ["a", [0], 1],
      ["b", [1], 4],
      ["c", [4, 6], 0],
    ]);
    expect(told(first)).toEqual([
      ["a", [0], 0],
      ["b", [1], 0],
    ]);
  });

  test("unfold and fold again; what comes after that is folded away too", () => {
    const open = unfoldHits(grouped("ab", "aaa"), "a", true);
    expect(told(open)).toEqual([
      ["a", [0, 2, 3, 4], 0],
      ["b", [1], 0],
    ]);
    expect(told(addHits(open, [hitOf("a")]))).toEqual([
      ["a", [0, 2, 3, 4], 1],
      ["b", [1], 0],
    ]);
    expect(told(unfoldHits(open, "a", false))).toEqual([
      ["a", [0], 3],
      ["b", [1], 0],
    ]);
  });

  test("a hit that is folded away is stood for by the best one of its session", () => {
    const groups = grouped("ab", "aaab");
    expect([0, 1, 3, 5].map((index) => inSight(groups, index))).toEqual([0, 1, 0, 1]);
    expect(inSight(unfoldHits(groups, "a", true), 3)).toBe(3);
    expect(inSight([], 0)).toBe(0);
  });
});
