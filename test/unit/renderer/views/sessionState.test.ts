import { describe, expect, test } from "vitest";
import { stateSentence, stateWords } from "../../../../renderer/views/sessions/sessionState.ts";
import { type Activity, activitySchema } from "../../../../shared/model/activity.ts";
import { sampleSession } from "../stores/samples.ts";

const cases: readonly (readonly [Activity, string, string])[] = [
  [{ kind: "starting" }, "Starting", "Starting"],
  [{ kind: "working" }, "Working", "Working"],
  [
    {
      kind: "tool_pending",
      tools: [
        { toolUseId: "1", name: "Bash" },
        { toolUseId: "2", name: "Read" },
      ],
    },
    "Running a tool",
    "Running Bash, Read",
  ],
  [{ kind: "tool_pending", tools: [] }, "Running a tool", "Running a tool"],
  [
    { kind: "awaiting_permission", permissionId: "p", toolName: "Bash" },
    "Needs permission",
    "Needs permission for Bash",
  ],
  [
    { kind: "awaiting_permission", permissionId: null, toolName: "Bash" },
    "Needs permission",
    "Needs permission for Bash. Answer it in its terminal",
  ],
  [
    { kind: "awaiting_permission", permissionId: null, toolName: null },
    "Needs permission",
    "Needs permission. Answer it in its terminal",
  ],
  [{ kind: "awaiting_answer", question: "Which?", permissionId: null }, "Asks a question", "Asks: Which?"],
  [{ kind: "plan_ready", plan: null, permissionId: null }, "Plan ready", "Has a plan for you to read"],
  [{ kind: "idle", text: null }, "Idle", "Idle"],
  [{ kind: "idle", text: "Done." }, "Idle", "Idle: Done."],
  [{ kind: "ended", exitCode: 0 }, "Ended", "Ended"],
  [{ kind: "ended", exitCode: 1 }, "Ended", "Ended, exit code 1"],
  [{ kind: "failed", reason: "Killed.", stderrTail: "" }, "Failed", "Failed: Killed."],
  [{ kind: "unknown" }, "State unknown", "State unknown"],
];

describe("the state of a session", () => {
  test.each(cases)("%j in words", (activity, label, sentence) => {
    const session = sampleSession({ activity });
    expect([stateWords(session).label, stateSentence(session)]).toEqual([label, sentence]);
  });

  test("every kind of activity has a case here", () => {
    const kinds = activitySchema.options.map((option) => option.shape.kind.value);
    expect(new Set(cases.map(([activity]) => activity.kind))).toEqual(new Set(kinds));
  });

  test("states of one tone have shapes of their own, but for the two that wait for the same answer", () => {
    const marks = cases.map(([activity]) => stateWords(sampleSession({ activity })));
    const byLabel = new Map(marks.map((mark) => [mark.label, `${mark.tone} ${mark.shape}`]));
    expect(Object.fromEntries(byLabel)).toEqual({
      Starting: "accent dashedRing",
      Working: "accent dot",
      "Running a tool": "accent dot",
      "Needs permission": "warn triangle",
      "Asks a question": "warn triangle",
      "Plan ready": "warn diamond",
      Idle: "ok ring",
      Ended: "dim square",
      Failed: "danger cross",
      "State unknown": "dim question",
    });
  });
});
