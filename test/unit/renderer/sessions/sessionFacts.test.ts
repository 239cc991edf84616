import { describe, expect, test } from "vitest";
import {
  ownerBadge,
  placeHint,
  shortModel,
  spentWords,
  worktreeHint,
} from "../../../../renderer/views/sessions/sessionFacts.ts";
import { workDirectory } from "../../../../renderer/views/session/workDirectory.ts";
import type { TranscriptFacts } from "../../../../shared/model/session.ts";
import type { TokenUsage } from "../../../../shared/model/usage.ts";
import { sampleSession } from "../stores/samples.ts";

const unknown: TokenUsage = { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null };

function facts(change: Partial<TranscriptFacts>): TranscriptFacts {
  const counts = { toolCount: 0, subagentCount: 0, linesAdded: 0, linesRemoved: 0, unreadableLines: 0 };
  return { entrypoint: null, models: [], usage: null, pullRequestUrl: null, lastCwd: null, ...counts, ...change };
}

describe("what a session used", () => {
  const usage = { ...unknown, input: 1_200_000, output: 34_567 };
  test.each([
    ["nothing known", null, null, "–", "Neither cost nor tokens are known yet"],
    ["no kind of token known", null, unknown, "–", "Neither cost nor tokens are known yet"],
    ["tokens", null, usage, "1.2M tok", "1,234,567 tokens: 1,200,000 input, 34,567 output"],
    ["none used", null, { ...unknown, input: 0 }, "0 tok", "0 tokens: 0 input"],
    ["a cost", 1.5, null, "$1.50", "Cost so far: $1.500000"],
    ["both", 0, usage, "$0.00", "Cost so far: $0.000000\n1,234,567 tokens: 1,200,000 input, 34,567 output"],
  ])("%s", (_name, costUsd, used, short, exact) => {
    expect(spentWords(sampleSession({ costUsd, facts: facts({ usage: used }) }))).toEqual({ short, exact });
  });
});

test.each([
  ["that works", "working", 0.25, "Cost so far: $1.500000, $0.250000 of it by the running turn"],
  ["that works, of which nobody knows the turn", "working", null, "Cost so far: $1.500000"],
  ["that rests", "idle", 0.25, "Cost so far: $1.500000"],
] as const)("what the running turn cost, of a session %s", (_name, kind, turnCostUsd, exact) => {
  const activity = kind === "idle" ? { kind, text: null } : { kind };
  const { exact: told } = spentWords(sampleSession({ live: true, activity, costUsd: 1.5, turnCostUsd }));
  expect(told).toBe(exact);
});

test.each([
  ["claude-opus-4-8-20260101", "opus-4-8"],
  ["claude-sonnet-5", "sonnet-5"],
  ["something-else", "something-else"],
])("%s in short", (model, expected) => {
  expect(shortModel(model)).toBe(expected);
});

test.each([
  ["owned", true, "owned"],
  ["observed", true, "terminal"],
  ["none", true, null],
  ["none", false, null],
] as const)("the badge of a session that is %s, live: %s", (owner, live, expected) => {
  expect(ownerBadge(sampleSession({ owner, live }))?.label ?? null).toBe(expected);
});

test.each([
  [null, null],
  ["/home/ada/atlas", null],
  ["/home/ada/worktrees/atlas", "Last worked in /home/ada/worktrees/atlas"],
])("a session last in %s", (lastCwd, expected) => {
  expect(placeHint(sampleSession({ facts: facts({ lastCwd }) }))).toBe(expected);
});

test("a worktree is told once, and that it is gone", () => {
  const worktree = { name: "side", path: "/side", projectPath: "/home/ada/atlas", isGone: false };
  expect(worktreeHint(worktree)).toBe("Works in the git worktree /side");
  expect(worktreeHint({ ...worktree, isGone: true })).toBe("Works in the git worktree /side, which is gone");
  expect(placeHint(sampleSession({ worktree, facts: facts({ lastCwd: "/side" }) }))).toBeNull();
  expect(placeHint(sampleSession({ worktree, facts: facts({ lastCwd: "/side/till" }) }))).toMatch(/till/u);
});

test.each([
  ["where it was begun", { projectPath: "/shop" }, "/shop"],
  ["where it was last, when that is gone", { projectPath: "/shop", isFolderGone: true }, "/last"],
  [
    "in its worktree, when its repository is gone",
    {
      projectPath: "/side",
      isFolderGone: true,
      worktree: { name: "side", path: "/side", projectPath: "/shop", isGone: false },
    },
    "/side",
  ],
  [
    "where it was last, when its worktree is gone",
    { projectPath: "/side", worktree: { name: "side", path: "/side", projectPath: "/shop", isGone: true } },
    "/last",
  ],
])("a session goes on %s", (_what, change, expected) => {
  expect(workDirectory(sampleSession({ facts: facts({ lastCwd: "/last" }), ...change }))).toBe(expected);
});
