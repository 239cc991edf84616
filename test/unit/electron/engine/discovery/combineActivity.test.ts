import { expect, test } from "vitest";
import type { Activity } from "../../../../../shared/model/activity.ts";
import type { TranscriptActivity } from "../../../../../electron/engine/discovery/classifyTranscript.ts";
import { type ActivitySources, combineActivity } from "../../../../../electron/engine/discovery/combineActivity.ts";

const unknown: TranscriptActivity = { kind: "unknown" };
const working: TranscriptActivity = { kind: "working" };
const idle: TranscriptActivity = { kind: "idle", text: "Done." };
const asked: TranscriptActivity = { kind: "awaiting_answer", question: "Which one?", asksByTool: false };
const askedByTool: TranscriptActivity = { kind: "awaiting_answer", question: "Which database?", asksByTool: true };
const plan: TranscriptActivity = { kind: "plan_ready", plan: "# Plan" };
const bash: TranscriptActivity = { kind: "tool_pending", tools: [{ toolUseId: "1", name: "Bash" }] };

const question = (words: string): Activity => ({
  kind: "awaiting_answer",
  question: words,
  permissionId: null,
});
const planReady: Activity = { kind: "plan_ready", plan: "# Plan", permissionId: null };
const permission = (toolName: string | null): Activity => ({
  kind: "awaiting_permission",
  permissionId: null,
  toolName,
});

const registryTable: readonly (readonly [string, string | null, TranscriptActivity, Activity])[] = [
  ["busy", null, unknown, { kind: "working" }],
  ["busy", null, working, { kind: "working" }],
  ["busy", null, bash, bash],
  ["busy", null, idle, { kind: "working" }],
  ["busy", null, asked, { kind: "working" }],
  ["busy", null, plan, { kind: "working" }],
  ["waiting", "permission prompt", bash, permission("Bash")],
  ["waiting", "permission prompt", idle, permission(null)],
  ["waiting", "permission prompt", asked, permission(null)],
  ["waiting", "permission prompt", working, permission(null)],
  ["waiting", "permission prompt", plan, planReady],
  ["waiting", "permission prompt", askedByTool, question("Which database?")],
  ["waiting", "input needed", askedByTool, question("Which database?")],
  ["waiting", "input needed", working, question("input needed")],
  ["waiting", "dialog open", asked, question("dialog open")],
  ["waiting", "something new", idle, question("something new")],
  ["waiting", null, idle, question("")],
  ["idle", null, idle, { kind: "idle", text: "Done." }],
  ["idle", null, asked, question("Which one?")],
  ["idle", null, unknown, { kind: "idle", text: null }],
  ["idle", null, working, { kind: "idle", text: null }],
  ["idle", null, bash, { kind: "idle", text: null }],
  ["idle", null, plan, { kind: "idle", text: null }],
  ["idle", null, askedByTool, { kind: "idle", text: null }],
  ["shell", null, idle, { kind: "idle", text: "Done." }],
  ["shell", null, asked, question("Which one?")],
  ["never heard of", null, bash, bash],
];

test.each(registryTable)("registry %s (%s), transcript %o", (status, waitingFor, transcript, expected) => {
  expect(combineActivity({ owned: null, registry: { status, waitingFor }, process: "gone", transcript })).toEqual(
    expected,
  );
});

test.each<readonly [string, Partial<ActivitySources>, Activity]>([
  [
    "our own child knows best",
    { owned: { kind: "starting" }, registry: { status: "idle", waitingFor: null }, transcript: asked },
    { kind: "starting" },
  ],
  [
    "without a status the transcript counts",
    { registry: { status: null, waitingFor: null }, transcript: plan },
    planReady,
  ],
  ["nothing known of a session that is just starting", { registry: { status: null, waitingFor: null } }, unknown],
  ["no process, a question", { process: "gone", transcript: asked }, { kind: "ended", exitCode: null }],
  [
    "no process, a tool call that nobody will end",
    { process: "gone", transcript: bash },
    { kind: "ended", exitCode: null },
  ],
  ["a process that did not register", { process: "running", transcript: bash }, bash],
  [
    "a process that did not register, at a question",
    { process: "running", transcript: askedByTool },
    question("Which database?"),
  ],
  ["nobody could look", { process: "unknown", transcript: idle }, { kind: "idle", text: "Done." }],
])("%s", (_name, sources, expected) => {
  expect(combineActivity({ owned: null, registry: null, process: "gone", transcript: unknown, ...sources })).toEqual(
    expected,
  );
});
