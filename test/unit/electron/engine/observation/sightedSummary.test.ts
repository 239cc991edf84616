import { expect, test } from "vitest";
import { sightedSummary, type SightingSources } from "../../../../../electron/engine/observation/sightedSummary.ts";
import { type SessionSummary, sessionSummarySchema } from "../../../../../shared/model/session.ts";
import { aSession } from "../../../../support/builders.ts";
import { anEntry, AT_MS, SESSION_ID, someFacts } from "./observationFixture.ts";

const usage = { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5, webSearches: 0 };

function sources(more: Partial<SightingSources>): SightingSources {
  return {
    sessionId: SESSION_ID,
    before: undefined,
    facts: null,
    usage: null,
    live: null,
    process: null,
    activity: { kind: "unknown" },
    label: null,
    nowMs: AT_MS + 3_600_000,
    ...more,
  };
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** As a session is that was owned here, and has ended. */
const ownedBefore = aSession({
  owner: "none",
  live: false,
  pid: null,
  routes: [],
  title: "Named here",
  projectPath: "/home/dev/owned",
  activity: { kind: "failed", reason: "It crashed.", stderrTail: "boom" },
  model: "claude-sonnet-5-5",
  permissionMode: "plan",
  gitBranch: "side",
  cliVersion: "2.1.100",
  startedAt: iso(AT_MS - 5_000),
  lastActivityAt: iso(AT_MS + 90_000),
  turnCount: 9,
  costUsd: 0.75,
  context: { usedTokens: 10, windowTokens: 100 },
  parentSessionId: "parent-before",
});

test("nothing is known of nothing", () => {
  expect(sightedSummary(sources({}))).toBeNull();
});

test("a session that only its transcript tells of", () => {
  expect(sightedSummary(sources({ facts: someFacts(), usage }))).toEqual({
    sessionId: SESSION_ID,
    projectPath: "/home/dev/shop",
    worktree: null,
    isFolderGone: false,
    title: "Told by the transcript",
    owner: "none",
    live: false,
    activity: { kind: "ended", exitCode: null },
    model: "claude-opus-5-5",
    permissionMode: null,
    gitBranch: "main",
    cliVersion: "2.1.300",
    startedAt: iso(AT_MS),
    lastActivityAt: iso(AT_MS + 60_000),
    turnCount: 2,
    costUsd: 0.5,
    turnCostUsd: null,
    context: null,
    pendingPermissions: 0,
    pid: null,
    routes: [],
    parentSessionId: null,
    label: null,
    facts: {
      entrypoint: "cli",
      models: ["claude-haiku-5-5", "claude-opus-5-5"],
      usage,
      toolCount: 3,
      subagentCount: 1,
      linesAdded: 10,
      linesRemoved: 4,
      pullRequestUrl: null,
      lastCwd: null,
      unreadableLines: 3,
    },
  });
});

test("a session that only the registry tells of", () => {
  expect(sightedSummary(sources({ live: anEntry() }))).toMatchObject({
    projectPath: "/home/dev/registered",
    title: "Untitled session",
    owner: "observed",
    live: true,
    activity: { kind: "idle", text: null },
    model: null,
    cliVersion: "2.1.329",
    startedAt: iso(AT_MS + 1_000),
    lastActivityAt: iso(AT_MS + 1_000),
    turnCount: 0,
    costUsd: null,
    pid: 7,
    facts: null,
  });
});

const precedence: readonly {
  readonly what: string;
  readonly from: Partial<SightingSources>;
  readonly expected: Partial<SessionSummary>;
}[] = [
  {
    what: "an ended session that was owned here: the transcript is newer, what it does not tell stays",
    from: { before: ownedBefore, facts: someFacts() },
    expected: {
      projectPath: "/home/dev/shop",
      title: "Told by the transcript",
      owner: "none",
      activity: ownedBefore.activity,
      model: "claude-opus-5-5",
      permissionMode: "plan",
      gitBranch: "main",
      cliVersion: "2.1.300",
      startedAt: iso(AT_MS - 5_000),
      lastActivityAt: iso(AT_MS + 90_000),
      turnCount: 2,
      costUsd: 0.5,
      context: { usedTokens: 10, windowTokens: 100 },
      parentSessionId: "parent-before",
    },
  },
  {
    what: "an ended session that was owned here and whose transcript is gone stays as it was",
    from: { before: ownedBefore },
    expected: ownedBefore,
  },
  {
    what: "one that was owned here and is open in a terminal now",
    from: {
      before: ownedBefore,
      facts: someFacts(),
      live: anEntry({ status: "busy", statusUpdatedAt: AT_MS + 95_000 }),
    },
    expected: {
      owner: "observed",
      live: true,
      pid: 7,
      activity: { kind: "working" },
      cliVersion: "2.1.329",
      lastActivityAt: iso(AT_MS + 95_000),
      routes: [],
      pendingPermissions: 0,
    },
  },
  {
    what: "one that was open in a terminal until now",
    from: { before: aSession({ owner: "observed", activity: { kind: "working" } }), facts: someFacts() },
    expected: { owner: "none", live: false, pid: null, activity: { kind: "ended", exitCode: null } },
  },
  {
    what: "an owned one that ended as it was asked to keeps its exit code",
    from: { before: { ...ownedBefore, activity: { kind: "ended", exitCode: 0 } }, facts: someFacts() },
    expected: { activity: { kind: "ended", exitCode: 0 } },
  },
  {
    what: "the CLI's totals only grow: the larger cost is the later one",
    from: { before: ownedBefore, facts: someFacts({ costUsd: 1.25 }) },
    expected: { costUsd: 1.25 },
  },
  {
    what: "a cost that only the transcript tells",
    from: { before: { ...ownedBefore, costUsd: null }, facts: someFacts({ costUsd: 0 }) },
    expected: { costUsd: 0 },
  },
  {
    what: "a cost that nobody tells is unknown, not nothing",
    from: { facts: someFacts({ costUsd: null }) },
    expected: { costUsd: null },
  },
  {
    what: "a title that the transcript does not tell: the one it had",
    from: { before: ownedBefore, facts: someFacts({ title: null }), live: anEntry({ name: "registered" }) },
    expected: { title: "Named here" },
  },
  {
    what: "a title that says nothing gives way to the registry's",
    from: { before: aSession({ title: "Untitled session" }), live: anEntry({ name: "registered" }) },
    expected: { title: "registered" },
  },
  {
    what: "a transcript without any directory is shown with the folder it lies in",
    from: { facts: someFacts({ projectPath: null, lastCwd: null }) },
    expected: { projectPath: "/home/dev/.claude/projects/-home-dev-shop" },
  },
  {
    what: "a directory that the transcript does not tell yet: the registry's",
    from: { before: ownedBefore, facts: someFacts({ projectPath: null }), live: anEntry() },
    expected: { projectPath: "/home/dev/registered" },
  },
  {
    what: "the parent that the transcript names",
    from: { before: ownedBefore, facts: someFacts({ parentSessionId: "parent-told" }) },
    expected: { parentSessionId: "parent-told" },
  },
  {
    what: "what the transcript's end says is the detail of what the registry says",
    from: { live: anEntry({ status: "waiting", waitingFor: "permission prompt" }), activity: pending("Bash") },
    expected: { activity: { kind: "awaiting_permission", permissionId: null, toolName: "Bash" } },
  },
  {
    what: "a clock that was further in the future than a timestamp reaches",
    from: { facts: someFacts({ startedAtMs: AT_MS, lastActivityMs: 8.64e15 }) },
    expected: { startedAt: iso(AT_MS), lastActivityAt: iso(AT_MS) },
  },
  {
    what: "a clock that was in the future when the file was written",
    from: { facts: someFacts({ startedAtMs: AT_MS, lastActivityMs: Date.UTC(2999, 0) }) },
    expected: { startedAt: iso(AT_MS), lastActivityAt: iso(AT_MS) },
  },
  {
    what: "a clock that was in the future all the time",
    from: { facts: someFacts({ startedAtMs: Date.UTC(2999, 0), lastActivityMs: Date.UTC(2999, 0) }) },
    expected: { startedAt: iso(AT_MS + 3_600_000), lastActivityAt: iso(AT_MS + 3_600_000) },
  },
  {
    what: "times before there were any, and none at all",
    from: { facts: someFacts({ startedAtMs: -5, lastActivityMs: Number.NaN }), live: anEntry({ startedAt: null }) },
    expected: { startedAt: iso(0), lastActivityAt: iso(0) },
  },
  {
    what: "a start that would be after the last activity",
    from: { facts: someFacts({ startedAtMs: AT_MS + 99_000, lastActivityMs: AT_MS }) },
    expected: { startedAt: iso(AT_MS), lastActivityAt: iso(AT_MS) },
  },
];

test.each(precedence)("$what", ({ from, expected }) => {
  const summary = sightedSummary(sources(from));
  expect(summary).toMatchObject(expected);
  expect(sessionSummarySchema.safeParse(summary).error).toBeUndefined();
});

test("a session in another directory than its project's says so", () => {
  const summary = sightedSummary(sources({ facts: someFacts({ lastCwd: "/home/dev/worktree" }) }));
  expect(summary?.facts).toMatchObject({ lastCwd: "/home/dev/worktree", usage: null });
});

function pending(name: string): SightingSources["activity"] {
  return { kind: "tool_pending", tools: [{ toolUseId: "toolu_1", name }] };
}

test("a session that a process in no registry has open does what its transcript says, until the process is gone", () => {
  const open = sources({ facts: someFacts(), process: { pid: 9 }, activity: { kind: "idle", text: "Done." } });
  expect(sightedSummary(open)).toMatchObject({
    owner: "observed",
    live: true,
    pid: 9,
    activity: { kind: "idle", text: "Done." },
  });
  expect(sightedSummary({ ...open, process: null })).toMatchObject({ owner: "none", live: false, pid: null });
});

test("the registry is believed before the list of processes", () => {
  const both = sources({
    live: anEntry({ status: "busy" }),
    process: { pid: 9 },
    activity: { kind: "idle", text: "" },
  });
  expect(sightedSummary(both)).toMatchObject({ pid: 7, activity: { kind: "working" } });
});
