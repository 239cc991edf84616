import { expect, test } from "vitest";
import type { GitWorktree } from "../../../../../electron/engine/discovery/gitWorktree.ts";
import { placedSummary } from "../../../../../electron/engine/observation/placedSummary.ts";
import { projectOf } from "../../../../../shared/state/projectOf.ts";
import { aSession } from "../../../../support/builders.ts";
import { someTranscriptFacts } from "./observationFixture.ts";

const worktree = (path: string, repository: string, projectPath = repository): GitWorktree => ({
  ...{ name: path.split("/").at(-1) ?? "", path, repository, projectPath },
});

/** What there is: a shop with two worktrees, one of them gone with its folder, and another repository's. */
const places = new Map([
  ["/shop", { isGone: false, worktree: null }],
  ["/shop/till", { isGone: false, worktree: null }],
  ["/side", { isGone: false, worktree: worktree("/side", "/shop") }],
  ["/side/till", { isGone: false, worktree: worktree("/side", "/shop", "/shop/till") }],
  ["/shop/.claude/worktrees/gone", { isGone: true, worktree: worktree("/shop/.claude/worktrees/gone", "/shop") }],
  ["/strange", { isGone: false, worktree: worktree("/strange", "/bakery") }],
  ["/old", { isGone: true, worktree: null }],
  ["/new", { isGone: false, worktree: null }],
]);

test.each([
  ["in its project", "/shop", null, ["/shop", null, false, false]],
  ["in a worktree", "/side", null, ["/shop", "side", false, false]],
  ["in a directory of a worktree", "/side/till", null, ["/shop/till", "side", false, false]],
  ["that went into a worktree", "/shop", "/side", ["/shop", "side", false, false]],
  ["of a directory that went into a worktree", "/shop/till", "/side", ["/shop/till", "side", false, false]],
  ["that was in a worktree that is gone", "/shop", "/shop/.claude/worktrees/gone", ["/shop", "gone", true, false]],
  ["that went back from its worktree", "/side", "/shop", ["/shop", "side", false, false]],
  ["that went elsewhere", "/shop", "/new", ["/shop", null, false, false]],
  ["that went into another repository's worktree", "/shop", "/strange", ["/shop", null, false, false]],
  ["of a folder that was moved", "/old", "/new", ["/old", null, false, true]],
  ["of which nothing is known yet", "/unknown", "/unknown/too", ["/unknown", null, false, false]],
] as const)("a session %s", (_what, projectPath, lastCwd, expected) => {
  const before = aSession({ projectPath, facts: someTranscriptFacts({ lastCwd }), isFolderGone: true });
  const placed = placedSummary(before, (path) => places.get(path) ?? null);
  const shown = [
    projectOf(placed),
    placed.worktree?.name ?? null,
    placed.worktree?.isGone ?? false,
    placed.isFolderGone,
  ];
  expect(shown).toEqual(expected);
  expect(placed.projectPath).toBe(projectPath);
});
