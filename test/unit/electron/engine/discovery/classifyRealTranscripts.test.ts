/** The classifier over transcripts that the real CLI wrote, one for each situation. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  classifyTranscript,
  initialTranscriptState,
  reduceTranscript,
  type TranscriptActivity,
  transcriptActivityOf,
} from "../../../../../electron/engine/discovery/classifyTranscript.ts";
import type { JsonObject } from "../../../../../shared/model/json.ts";
import { looksLikeQuestion } from "../../../../../shared/state/looksLikeQuestion.ts";
import { expectedSessions, inShort, labelOf } from "../../../../support/transcripts/expectations.ts";
import { readTranscripts } from "../../../../support/transcripts/readTranscripts.ts";

const NO_OUTPUT = "The Bash tool answered: (Bash completed with no ";
const REFUSED = "The Bash tool was refused or failed: PreToolUse:";
const LAUNCHED = "The Agent tool answered: Async agent launched su";
const PLAN = "# Plan: a health check\n\n1. Write a failing test\n";
const QUESTION = "Which database should the ledger use?";

const samples = fileURLToPath(new URL("../../../../support/samples/transcripts/", import.meta.url));

test("every session does what its situation says", async () => {
  const folders = readdirSync(samples).map((situation) => readTranscripts(samples + situation));
  const transcripts = (await Promise.all(folders)).flatMap((found) => [...found]);
  const told = transcripts.map(([sessionId, records]) => [
    labelOf(sessionId),
    inShort(classifyTranscript(records, looksLikeQuestion)),
  ]);
  const expected = Object.entries(expectedSessions).map(([label, { activity }]) => [label, activity]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
});

const told: readonly (readonly [string, readonly string[]])[] = [
  ["commands", ["unknown", "working", "idle: -", "working", `idle: ${toldOf("commands")}`]],
  ["clearedAnew", ["unknown", "working", "idle: -", "working", "idle: after"]],
  ["silentContext", ["unknown", "working", `idle: ${toldOf("silentContext")}`]],
  ["queued", ["unknown", "working", "tools: Bash", "working", `idle: ${NO_OUTPUT}`, "working", "idle: later"]],
  ["hooksInTheWay", ["unknown", "working", "tools: Bash", "working", `idle: ${REFUSED}`, "working", "idle: gone on"]],
  [
    "backgroundSubagent",
    ["unknown", "working", "tools: Agent", "working", `idle: ${LAUNCHED}`, "working", `idle: ${LAUNCHED}`],
  ],
  [
    "twoSubagents",
    [
      "unknown",
      "working",
      "tools: Agent",
      "tools: Agent Agent",
      "tools: Agent",
      "working",
      `idle: ${toldOf("twoSubagents")}`,
    ],
  ],
  ["interruptedTool", ["unknown", "working", "tools: Bash", "working", "idle: -"]],
  ["interruptedStream", ["unknown", "working", "idle: Started and waiting."]],
  ["takenUpAfterKill", ["unknown", "working", "tools: Bash", "working", "idle: here again"]],
  [
    "planAllowed",
    ["unknown", "working", "tools: Write", "working", `plan: ${PLAN}`, "working", `idle: ${toldOf("planAllowed")}`],
  ],
  ["questionAnswered", ["unknown", "working", `asks: ${QUESTION}`, "working", `idle: ${toldOf("questionAnswered")}`]],
  [
    "compacted",
    ["unknown", "working", "idle: before", "idle: -", "working", "idle: -", "working", `idle: ${toldOf("compacted")}`],
  ],
  [
    "autoCompacted",
    ["unknown", "working", "idle: before", "working", "tools: Bash", "working", `idle: ${toldOf("autoCompacted")}`],
  ],
  ["twoModels", ["unknown", "working", "idle: one", "working", "idle: one", "working", "idle: two"]],
  [
    "forkChild",
    [
      ...["unknown", "working", "idle: from the parent", "working", "tools: Bash", "working"],
      ...["idle: The Bash tool answered: parent", "working", "idle: from the fork"],
    ],
  ],
];

test.each(told)("%s, record by record", async (label, expected) => {
  const situation = expectedSessions[label]?.projectPath.split("/").at(-1) ?? "";
  const transcripts = [...(await readTranscripts(samples + situation))];
  const [, records = []] = transcripts.find(([sessionId]) => labelOf(sessionId) === label) ?? [];
  expect(changesOver(records)).toEqual(expected);
});

/** What was told after each record, where it differs from what was told before. */
function changesOver(records: readonly JsonObject[]): readonly string[] {
  const changes: string[] = [];
  let state = initialTranscriptState;
  for (const record of records) {
    state = reduceTranscript(state, record);
    const words = inWords(transcriptActivityOf(state, looksLikeQuestion));
    if (words !== changes.at(-1)) changes.push(words);
  }
  return changes;
}

function inWords(activity: TranscriptActivity): string {
  const short = inShort(activity);
  switch (short.kind) {
    case "idle":
      return `idle: ${short.text ?? "-"}`;
    case "tool_pending":
      return `tools: ${short.tools.map(({ name }) => name).join(" ")}`;
    case "awaiting_answer":
      return `asks: ${short.question}`;
    case "plan_ready":
      return `plan: ${short.plan ?? "-"}`;
    default:
      return short.kind;
  }
}

/** The last words that are expected of a session. */
function toldOf(label: string): string {
  const activity = expectedSessions[label]?.activity;
  return activity?.kind === "idle" ? (activity.text ?? "-") : "";
}
