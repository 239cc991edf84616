import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  classifyTranscript,
  initialTranscriptState,
  reduceTranscript,
  transcriptActivityOf,
  type TranscriptActivity,
} from "../../../../../electron/engine/discovery/classifyTranscript.ts";
import { looksLikeQuestion } from "../../../../../shared/state/looksLikeQuestion.ts";
import type { JsonObject } from "../../../../../shared/model/json.ts";
import { jsonObjectSchema } from "../../../../../shared/model/jsonSchema.ts";

const says = (text: string, more: JsonObject = {}, stop: string | null = "end_turn"): JsonObject => ({
  type: "assistant",
  message: { id: "m1", role: "assistant", stop_reason: stop, content: [{ type: "text", text }] },
  ...more,
});
const calls = (
  name: string,
  input: JsonObject = {},
  id = `id-${name}`,
  stop: string | null = "tool_use",
): JsonObject => ({
  type: "assistant",
  message: { id: "m2", role: "assistant", stop_reason: stop, content: [{ type: "tool_use", id, name, input }] },
});
const result = (name: string): JsonObject => ({
  type: "user",
  message: { role: "user", content: [{ type: "tool_result", tool_use_id: `id-${name}`, content: "done" }] },
});
const prompt = (text: string, more: JsonObject = {}): JsonObject => ({
  type: "user",
  message: { role: "user", content: text },
  ...more,
});
const interrupted = prompt("[Request interrupted by user]");
const metadata: readonly JsonObject[] = [
  { type: "system", subtype: "turn_duration" },
  { type: "last-prompt", lastPrompt: "go" },
  { type: "mode", mode: "normal" },
  { type: "permission-mode", permissionMode: "default" },
  { type: "custom-title", customTitle: "A title?" },
  { type: "never-heard-of" },
  {},
];
const questions = { questions: [{ question: "Which database?" }, { question: "Which reports?" }] };
const asked = (question: string, asksByTool = false): TranscriptActivity => ({
  kind: "awaiting_answer",
  question,
  asksByTool,
});
const idle = (text: string | null): TranscriptActivity => ({ kind: "idle", text });
const pending = (...names: readonly string[]): TranscriptActivity => ({
  kind: "tool_pending",
  tools: names.map((name) => ({ toolUseId: `id-${name}`, name })),
});

const table: readonly (readonly [string, readonly JsonObject[], TranscriptActivity])[] = [
  ["nothing", [], { kind: "unknown" }],
  ["only metadata", metadata, { kind: "unknown" }],
  ["a prompt", [prompt("go")], { kind: "working" }],
  [
    "an answer",
    [prompt("go"), says("Done. The file was written and the tests pass.")],
    idle("Done. The file was written and the tests pass."),
  ],
  ["an answer before the metadata", [prompt("go"), says("Done."), ...metadata], idle("Done.")],
  [
    "a question",
    [says("What's the goal you'd like me to work on?")],
    asked("What's the goal you'd like me to work on?"),
  ],
  [
    "a question with a clarifier behind it",
    [says("What would you like me to work on? (I don't see a task yet — tell me the goal.)")],
    asked("What would you like me to work on? (I don't see a task yet — tell me the goal.)"),
  ],
  [
    "a question with a closing line",
    [says("What would you like me to work on?\nLet me know and I'll get started.")],
    asked("What would you like me to work on?\nLet me know and I'll get started."),
  ],
  [
    "a question mark in a code span",
    [says("Updated the regex to `\\d+?` and reran the suite.")],
    idle("Updated the regex to `\\d+?` and reran the suite."),
  ],
  [
    "a question mark in a fence",
    [says("Now:\n```ts\na ? b : c\n```\nDone.")],
    idle("Now:\n```ts\na ? b : c\n```\nDone."),
  ],
  ["a question that was answered", [says("Which one?"), prompt("the first")], { kind: "working" }],
  ["a question in the middle of a turn", [says("Which one?", {}, null)], { kind: "working" }],
  ["a message of several records", [says("First I look."), says("Which one?")], asked("First I look.\nWhich one?")],
  ["a message cut by its length", [says("So", {}, "max_tokens")], idle("So")],
  ["a turn that pauses", [says("So", {}, "pause_turn")], { kind: "working" }],
  ["a bare string", [{ type: "assistant", message: { content: "Done.", stop_reason: "end_turn" } }], idle("Done.")],
  [
    "a failed API call",
    [prompt("go"), says("API Error: 400", { isApiErrorMessage: true }, "stop_sequence")],
    idle("API Error: 400"),
  ],
  [
    "a failed API call whose words look like a question",
    [prompt("go"), says("API Error: what now?", { isApiErrorMessage: true }, "stop_sequence")],
    idle("API Error: what now?"),
  ],
  [
    "a question after a failed API call",
    [
      { type: "assistant", isApiErrorMessage: true, message: { id: "m0", content: "API Error: 500" } },
      prompt("again"),
      says("Which one?"),
    ],
    asked("Which one?"),
  ],
  ["a tool call", [prompt("go"), says("I look.", {}, "tool_use"), calls("Bash")], pending("Bash")],
  ["a tool call of an older version, without a stop reason", [calls("Bash", {}, "id-Bash", null)], pending("Bash")],
  ["two tool calls", [calls("Bash"), calls("Read")], pending("Bash", "Read")],
  ["two tool calls, one done", [calls("Bash"), calls("Read"), result("Bash")], pending("Read")],
  [
    "two tool calls, one done before the other is written",
    [calls("Bash"), result("Bash"), calls("Read")],
    pending("Read"),
  ],
  ["all tool calls done", [calls("Bash"), calls("Read"), result("Bash"), result("Read")], { kind: "working" }],
  ["a tool call that nobody ended, and a new prompt", [calls("Bash"), prompt("go on")], { kind: "working" }],
  ["a plan", [calls("ExitPlanMode", { plan: "# Plan" })], { kind: "plan_ready", plan: "# Plan" }],
  [
    "a plan by its older name, beside another call",
    [calls("Read"), calls("exit_plan_mode", { plan: "# Plan" })],
    { kind: "plan_ready", plan: "# Plan" },
  ],
  ["a plan that is elsewhere", [calls("ExitPlanMode")], { kind: "plan_ready", plan: null }],
  [
    "a plan that was answered",
    [calls("ExitPlanMode", { plan: "# Plan" }), result("ExitPlanMode")],
    { kind: "working" },
  ],
  ["questions by a tool", [calls("AskUserQuestion", questions)], asked("Which database?", true)],
  ["questions by a tool, of another shape", [calls("AskUserQuestion", { questions: "?" })], asked("", true)],
  ["an interrupted answer", [prompt("go"), says("Shall I", {}, null), interrupted], idle("Shall I")],
  ["an interrupted question", [prompt("go"), says("Shall I?", {}, null), interrupted], idle("Shall I?")],
  [
    "an interrupted tool call",
    [
      calls("Bash"),
      result("Bash"),
      { type: "user", message: { content: [{ type: "text", text: "[Request interrupted by user for tool use]" }] } },
    ],
    idle(null),
  ],
  ["a prompt behind an interruption", [interrupted, prompt("go")], { kind: "working" }],
  [
    "a sub-agent's words",
    [says("Done."), says("Which one?", { isSidechain: true }), calls("Bash", {}, "x")].map((record, at) =>
      at === 2 ? { ...record, isSidechain: true } : record,
    ),
    idle("Done."),
  ],
  [
    "a command of the terminal's own",
    [
      says("Which one?"),
      prompt("<command-name>/cost</command-name>"),
      prompt("<local-command-stdout>0</local-command-stdout>"),
    ],
    asked("Which one?"),
  ],
  [
    "a command of the terminal's own, with its output in a record of its own",
    [
      says("Which one?"),
      prompt("<command-name>/usage</command-name>"),
      { type: "system", subtype: "local_command", content: "<local-command-stdout>0</local-command-stdout>" },
    ],
    asked("Which one?"),
  ],
  [
    "a command of the terminal's own in a new session",
    [prompt("<command-name>/clear</command-name>"), { type: "system", subtype: "local_command" }],
    idle(null),
  ],
  [
    "words that wait for the next prompt",
    [says("Which one?"), prompt("The build is green", { queueTranscriptOnly: true })],
    asked("Which one?"),
  ],
  ["words that wait for the first prompt", [prompt("So", { queueTranscriptOnly: true })], { kind: "unknown" }],
  [
    "a hook that keeps the turn from ending",
    [says("Done."), prompt("Stop hook feedback:\nGo on", { isMeta: true })],
    { kind: "working" },
  ],
  [
    "a command that asks the model",
    [says("Done."), prompt("<command-name>/review</command-name>"), prompt("Review this.", { isMeta: true })],
    { kind: "working" },
  ],
  [
    "what the CLI wrote as if it were a user",
    [says("Done."), prompt("<system-reminder>x</system-reminder>", { isMeta: true })],
    idle("Done."),
  ],
  [
    "a compaction by hand",
    [
      says("Which one?"),
      { type: "system", subtype: "compact_boundary", compactMetadata: { trigger: "manual" } },
      prompt("This session is being continued", { isCompactSummary: true }),
    ],
    idle(null),
  ],
  [
    "a compaction in the middle of a turn",
    [
      prompt("go"),
      { type: "system", subtype: "compact_boundary", compactMetadata: { trigger: "auto" } },
      prompt("This session is being continued", { isCompactSummary: true }),
    ],
    { kind: "working" },
  ],
  [
    "messages of another shape",
    [{ type: "assistant" }, { type: "assistant", message: "x" }, { type: "user", message: [] }],
    { kind: "unknown" },
  ],
];

test.each(table)("%s", (_name, records, expected) => {
  expect(classifyTranscript(records, looksLikeQuestion)).toEqual(expected);
});

test("long texts are shortened: an answer to its opening, a question to its end", () => {
  const filler = "word ".repeat(1_000);
  expect(classifyTranscript([says(`${filler}end`)], looksLikeQuestion)).toEqual(idle(filler.slice(0, 500)));
  expect(classifyTranscript([says(`${filler}Which one?`)], looksLikeQuestion)).toEqual(
    asked(`${filler}Which one?`.slice(-500)),
  );
});

test("a real session in a terminal, record by record", () => {
  const file = readFileSync(new URL("./fixtures/terminalSession.jsonl", import.meta.url), "utf8");
  const told: string[] = [];
  let state = initialTranscriptState;
  for (const line of file.trimEnd().split("\n")) {
    state = reduceTranscript(state, jsonObjectSchema.parse(JSON.parse(line)));
    const words = inWords(transcriptActivityOf(state, looksLikeQuestion));
    if (words !== told.at(-1)) told.push(words);
  }
  expect(told).toEqual([
    "unknown",
    "working",
    "awaiting_answer Which one do you want? Tell me.",
    "working",
    "awaiting_answer Which database should the ledger",
    "working",
    "idle -",
    "working",
    "tool_pending Agent",
    "working",
    "idle The Agent tool answered: Async a",
    "working",
    "idle The Agent tool answered: Async a",
    "working",
    "idle I was told before: <bash-input>e",
    "working",
    "tool_pending Bash",
    "working",
    "idle -",
    "working",
    "idle Started and waiting.",
    "working",
    "tool_pending Bash",
    "working",
    "idle The Bash tool answered: Command",
    "working",
    "idle The Bash tool answered: Command",
    "working",
    "tool_pending Write",
    "working",
    "plan_ready # Plan: a health check  1. Write",
    "working",
    "idle -",
    "working",
    "idle -",
    "working",
    "idle API Error: 400 Scripted bad requ",
  ]);
});

function inWords(activity: TranscriptActivity): string {
  const detail = {
    awaiting_answer: () => (activity.kind === "awaiting_answer" ? activity.question : ""),
    plan_ready: () => (activity.kind === "plan_ready" ? activity.plan : ""),
    tool_pending: () => (activity.kind === "tool_pending" ? activity.tools.map(({ name }) => name).join() : ""),
    idle: () => (activity.kind === "idle" ? activity.text : ""),
    working: () => "",
    unknown: () => "",
  }[activity.kind]();
  return `${activity.kind} ${(detail ?? "-").slice(0, 32).replaceAll("\n", " ")}`.trim();
}
