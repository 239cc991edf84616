/** What is right for each session that the situations leave. Paths as in the samples: the home is `/home/me`. */
import type { TranscriptActivity } from "../../../electron/engine/discovery/classifyTranscript.ts";
import { sessionIdOf } from "./situation.ts";

export interface ExpectedSession {
  readonly title: string;
  readonly projectPath: string;
  /** Where the session was last. */
  readonly lastCwd: string;
  readonly gitBranch: string | null;
  readonly models: readonly string[];
  readonly turnCount: number;
  readonly toolCount: number;
  readonly subagentCount: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly pullRequestUrl: string | null;
  /** The session that this one was forked from, by its label. */
  readonly parent: string | null;
  readonly activity: TranscriptActivity;
}

/** Characters of an activity's words that are compared; the rest is the CLI's own prose. */
const COMPARED = 48;

/** The activity with its words cut to what is compared. */
export function inShort(activity: TranscriptActivity): TranscriptActivity {
  switch (activity.kind) {
    case "idle":
      return { ...activity, text: activity.text?.slice(0, COMPARED) ?? null };
    case "awaiting_answer":
      return { ...activity, question: activity.question.slice(0, COMPARED) };
    case "plan_ready":
      return { ...activity, plan: activity.plan?.slice(0, COMPARED) ?? null };
    case "tool_pending":
      return { ...activity, tools: activity.tools.map(({ name }) => ({ toolUseId: "", name })) };
    default:
      return activity;
  }
}

/** The session that `/clear` begins gets an id that nobody chose. */
const CLEARED = "clearedAnew";

/** A session's label, by its id. */
export function labelOf(sessionId: string): string {
  return labels.get(sessionId) ?? CLEARED;
}

const OPUS = "claude-opus-5-5";
const HAIKU = "claude-haiku-4-5";

type Told = Partial<Omit<ExpectedSession, "title" | "activity" | "turnCount">> & { readonly situation?: string };

function session(
  [label, title]: readonly [string, string],
  turnCount: number,
  activity: TranscriptActivity,
  { situation = label, ...told }: Told = {},
): readonly [string, ExpectedSession] {
  const projectPath = `/home/me/projects/${situation}`;
  const expected: ExpectedSession = {
    ...{ title, projectPath, lastCwd: projectPath, gitBranch: null, models: [OPUS] },
    ...{ turnCount, toolCount: 0, subagentCount: 0, linesAdded: 0, linesRemoved: 0 },
    ...{ pullRequestUrl: null, parent: null, activity: inShort(activity), ...told },
  };
  return [label, expected];
}

function idle(text: string | null): TranscriptActivity {
  return { kind: "idle", text };
}

function pending(name: string): TranscriptActivity {
  return { kind: "tool_pending", tools: [{ toolUseId: "", name }] };
}

function running(situation: string): string {
  const path = `/home/me/projects/${situation}/running`;
  return `RUN_BASH: touch ${path}; while [ -e ${path} ]; do sleep 0.05; done`;
}

const PLAN = "# Plan: a health check\n\n1. Write a failing test\n2. Make it pass";
const QUESTION = "Which database should the ledger use?";
const AGENT_REPORT = "The Agent tool answered:   <tools-used-before-summary>";
const TODOS = `{"todos":[{"content":"Write it","status":"completed","activeForm":"Writing it"},{"content":"Test it","status":"in_progress","activeForm":"Testing it"}]}`;
const TWO_AGENTS = `CALL_TOOLS [{"name":"Agent","input":{"description":"First of two","prompt":"RUN_BASH: echo first","subagent_type":"general-purpose","run_in_background":false}},{"name":"Agent","input":{"description":`;

const turns = [
  session(["tools", "SAY hello"], 6, idle("The Bash tool was refused or failed: Exit code 3\nbroken"), {
    gitBranch: "main",
    toolCount: 7,
    linesAdded: 2,
    linesRemoved: 1,
  }),
  session(["todos", `CALL_TOOL TodoWrite ${TODOS}`], 1, idle("The TodoWrite tool answered: Todos have been modified"), {
    toolCount: 1,
  }),
  session(["thinking", "THINK about the weather"], 1, idle("Having thought about it: about the weather")),
  session(
    ["usage", "USAGE input=1000 output=200 read=300 write5m=40 write1h=50 search=2"],
    2,
    idle("Tokens used as asked."),
    { models: [OPUS, HAIKU] },
  ),
  session(["twoModels", "SAY one"], 2, idle("two"), { models: [OPUS, HAIKU] }),
  session(
    ["texts", "SAY 全角の文字と、句読点。"],
    4,
    idle('"quotes", back\\slash, \ttab, <b>&amp;</b>, \u2028 line separator'),
  ),
  session(["image", "SAY a pixel"], 2, idle("You said: [Image: source: /tmp/claude-1000/-home-me-projects-image/")),
  session(["mention", "SAY what does @note.txt say"], 1, idle("what does @note.txt say")),
  session(["bigResult", "RUN_BASH: seq 1 20000"], 1, idle("The Bash tool answered: <persisted-output>\nOutput too"), {
    toolCount: 1,
  }),
  session(
    ["hooks", "RUN_BASH: echo hooked"],
    1,
    idle("The Bash tool answered: hooked\nMeanwhile I was told: PostTool"),
    {
      toolCount: 1,
    },
  ),
  session(["hooksInTheWay", "RUN_BASH: echo hooked"], 1, idle("gone on"), { toolCount: 1 }),
  session(["commands", "/greet the world"], 1, idle("I was told before: <command-message>greet</command-message>")),
  session(["silentContext", "SAY noted"], 1, idle("I was told before: The build is green\nnoted")),
  session(["queued", running("queued")], 2, idle("later"), { toolCount: 1 }),
  session(["customTitle", "A chosen title"], 2, idle("two")),
  session(["named", "Named at the start"], 1, idle("one")),
  session(["clear", "SAY before"], 1, idle("before")),
  session([CLEARED, "SAY after"], 1, idle("after"), { situation: "clear" }),
  session(["changedDirectory", "RUN_BASH: cd inner && git switch -q -c topic"], 2, idle("inside"), {
    gitBranch: "main",
    lastCwd: "/home/me/projects/changedDirectory/inner",
    toolCount: 1,
  }),
  session(
    ["worktree", "RUN_BASH: pwd"],
    1,
    idle("The Bash tool answered: /home/me/projects/worktree/.claude/worktrees"),
    {
      gitBranch: "worktree-side",
      lastCwd: "/home/me/projects/worktree/.claude/worktrees/side",
      toolCount: 1,
    },
  ),
  session(["enteredWorktree", "SAY outside"], 3, idle("inside"), {
    gitBranch: "worktree-aside",
    lastCwd: "/home/me/projects/enteredWorktree/.claude/worktrees/aside",
    toolCount: 1,
  }),
  session(
    ["pullRequest", "RUN_BASH: PATH=/home/me/projects/pullRequest/bin:$PATH; gh pr create --title Hello --body World"],
    1,
    idle("The Bash tool answered: https://github.com/me/app/pull/7"),
    { gitBranch: "main", toolCount: 1, pullRequestUrl: "https://github.com/me/app/pull/7" },
  ),
];

const agents = [
  session(["oneSubagent", "SUBAGENT RUN_BASH: echo from the sub-agent"], 1, idle(AGENT_REPORT), {
    toolCount: 2,
    subagentCount: 1,
  }),
  session(["twoSubagents", `${TWO_AGENTS}…`], 1, idle(AGENT_REPORT), { toolCount: 4, subagentCount: 2 }),
  session(["nestedSubagent", "SUBAGENT SUBAGENT SAY from the depth"], 1, idle(AGENT_REPORT), {
    toolCount: 2,
    subagentCount: 2,
  }),
  session(
    ["editingSubagent", "SUBAGENT WRITE_FILE /home/me/projects/editingSubagent/made.txt a line of the sub-agent's"],
    1,
    idle(AGENT_REPORT),
    { toolCount: 2, subagentCount: 1, linesAdded: 1 },
  ),
  session(
    ["backgroundSubagent", "BACKGROUND_SUBAGENT SAY the report"],
    1,
    idle("The Agent tool answered: Async agent launched successfully"),
    {
      toolCount: 1,
      subagentCount: 1,
    },
  ),
];

const endings = [
  session(["interruptedTool", running("interruptedTool")], 1, idle(null), { toolCount: 1 }),
  session(["interruptedStream", "HANG"], 1, idle("Started and waiting.")),
  session(["error500", "SAY before"], 2, idle("API Error: 500 Internal server error. This is a server-side issue")),
  session(["error529", "SAY before"], 2, idle("API Error: 529 Overloaded. This is a server-side issue, usually")),
  session(["error401", "SAY before"], 2, idle("Invalid API key · Fix external API key")),
  session(["planAllowed", "PLAN a health check"], 1, idle("The Write tool answered: File created successfully at:"), {
    toolCount: 2,
    linesAdded: 8,
  }),
  session(["planOpen", "PLAN a health check"], 1, { kind: "plan_ready", plan: PLAN }, { toolCount: 2, linesAdded: 8 }),
  session(
    ["questionAnswered", "ASK_QUESTION"],
    1,
    idle("The AskUserQuestion tool answered: Your questions have been"),
    {
      toolCount: 1,
    },
  ),
  session(
    ["questionOpen", "ASK_QUESTION"],
    1,
    { kind: "awaiting_answer", question: QUESTION, asksByTool: true },
    { toolCount: 1 },
  ),
  session(["questionInWords", "SAY Shall I go on? The regular expression is `a+?`."], 1, {
    kind: "awaiting_answer",
    question: "Shall I go on? The regular expression is `a+?`.",
    asksByTool: false,
  }),
  session(["permissionOpen", "RUN_BASH: touch never"], 1, pending("Bash"), { toolCount: 1 }),
  session(
    ["permissionDenied", "RUN_BASH: touch never"],
    1,
    idle("The Bash tool was refused or failed: Permission to use"),
    {
      toolCount: 1,
    },
  ),
  session(["killedInTool", running("killedInTool")], 1, pending("Bash"), { toolCount: 1 }),
  session(["takenUpAfterKill", running("takenUpAfterKill")], 2, idle("here again"), { toolCount: 1 }),
];

/** A fork's turns and tools are those that its transcript shows: the parent's up to the fork, and its own. */
const FORK = { situation: "forked", toolCount: 1 };

const continued = [
  session(["resumed", "SAY one"], 2, idle("two")),
  session(["forkParent", "SAY from the parent"], 3, idle("the parent goes on"), FORK),
  session(["forkChild", "SAY from the parent"], 3, idle("from the fork"), { ...FORK, parent: "forkParent" }),
  session(["forkGrandchild", "SAY from the parent"], 4, idle("from the fork of the fork"), {
    ...FORK,
    parent: "forkChild",
  }),
  session(["branched", "SAY one"], 3, idle("three, after one")),
  session(["compacted", "SAY before"], 2, idle("I was told before: This session is being continued")),
  session(["autoCompacted", "SAY before"], 2, idle("You said: This session is being continued from a previous"), {
    toolCount: 1,
  }),
];

/** By label. */
export const expectedSessions: Readonly<Record<string, ExpectedSession>> = Object.fromEntries([
  ...turns,
  ...agents,
  ...endings,
  ...continued,
]);

const labels: ReadonlyMap<string, string> = new Map(
  Object.keys(expectedSessions).map((label) => [sessionIdOf(label), label] as const),
);
