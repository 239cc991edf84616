import { describe, expect, it } from "vitest";
import { activityOf, initialActivityState, reduceActivity } from "../../../../../electron/engine/sessions/activity.ts";
import type { EventDraft } from "../../../../../shared/model/event.ts";
import type { Permission } from "../../../../../shared/model/permission.ts";
import { aPayload, aPermission } from "../../../../support/builders.ts";

const turn: EventDraft = { type: "turn.started", data: { turnId: "t1", payloadId: "p1" } };
const done: EventDraft = {
  type: "turn.completed",
  data: {
    turnId: "t1",
    payloadIds: ["p1"],
    outcome: "success",
    subtype: "success",
    terminalReason: "completed",
    durationMs: 1,
    modelTurns: 1,
    totalCostUsd: 0,
    costUsd: 0,
    usage: null,
    errorText: null,
  },
};
const says = (text: string, parentToolUseId: string | null = null): EventDraft => ({
  type: "assistant.textAdded",
  data: { messageId: "m1", text, model: null, parentToolUseId },
});
const calls = (toolUseId: string, name: string): EventDraft => ({
  type: "tool.called",
  data: { toolUseId, messageId: "m1", name, input: {}, parentToolUseId: null },
});
const finishes = (toolUseId: string): EventDraft => ({
  type: "tool.finished",
  data: { toolUseId, isError: false, output: "", omittedChars: 0, parentToolUseId: null },
});
const asks = (permission: Permission): EventDraft => ({ type: "permission.requested", data: { permission } });
const settles = (permission: Permission): EventDraft => ({ type: "permission.settled", data: { permission } });
const exits = (expected: boolean): EventDraft => ({
  type: "process.exited",
  data: { pid: 1, exitCode: 1, signal: null, expected, reason: expected ? null : "It broke.", stderrTail: "oops" },
});

const accepts = (payloadId: string, delivery: "next" | "silent" = "next"): EventDraft => ({
  type: "payload.accepted",
  data: { payload: aPayload({ payloadId, delivery }) },
});
const advances = (payloadId: string, state: "queued" | "cancelled"): EventDraft => ({
  type: "payload.advanced",
  data: { payloadId, kind: "message", state },
});

const bash = aPermission({ permissionId: "perm1", toolName: "Bash" });
const question = aPermission({
  permissionId: "perm2",
  toolName: "AskUserQuestion",
  input: { questions: [{ question: "Which one?" }] },
});
const plan = aPermission({ permissionId: "perm3", toolName: "ExitPlanMode", plan: "# Plan" });

describe("activity", () => {
  it.each([
    ["nothing yet", [], { kind: "starting" }],
    ["a turn", [turn], { kind: "working" }],
    ["a tool", [turn, calls("t", "Bash")], { kind: "tool_pending", tools: [{ toolUseId: "t", name: "Bash" }] }],
    ["a finished tool", [turn, calls("t", "Bash"), finishes("t")], { kind: "working" }],
    [
      "a permission over its tool",
      [turn, calls("t", "Bash"), asks(bash)],
      { kind: "awaiting_permission", permissionId: "perm1", toolName: "Bash" },
    ],
    ["a settled permission", [turn, asks(bash), settles(bash)], { kind: "working" }],
    ["a question", [turn, asks(question)], { kind: "awaiting_answer", question: "Which one?", permissionId: "perm2" }],
    ["a plan", [turn, asks(plan)], { kind: "plan_ready", plan: "# Plan", permissionId: "perm3" }],
    ["a finished turn", [turn, says("Done."), done], { kind: "idle", text: "Done." }],
    [
      "a turn that ends with a question",
      [turn, says("Shall I go on?"), done],
      { kind: "awaiting_answer", question: "Shall I go on?", permissionId: null },
    ],
    ["a question mark in code", [turn, says("Use `a?.b`."), done], { kind: "idle", text: "Use `a?.b`." }],
    ["a sub-agent's question", [turn, says("Done."), says("Why?", "agent1"), done], { kind: "idle", text: "Done." }],
    [
      "a turn whose question is followed by a table",
      [turn, says("| a | b |\n\nShall I go on?\n\nI can also stop."), done],
      { kind: "awaiting_answer", question: "Shall I go on?", permissionId: null },
    ],
    ["a payload that waits for its turn", [turn, done, accepts("p2"), advances("p2", "queued")], { kind: "working" }],
    [
      "a payload that was taken back",
      [turn, says("Done."), done, accepts("p2"), advances("p2", "cancelled")],
      { kind: "idle", text: "Done." },
    ],
    ["silent context", [turn, says("Done."), done, accepts("p2", "silent")], { kind: "idle", text: "Done." }],
    ["a clean exit", [turn, asks(bash), exits(true)], { kind: "ended", exitCode: 1 }],
    ["a crash", [turn, exits(false)], { kind: "failed", reason: "It broke.", stderrTail: "oops" }],
  ] as const)("after %s", (_name, events, expected) => {
    const state = (events as readonly EventDraft[]).reduce(reduceActivity, initialActivityState);
    expect(activityOf(state)).toEqual(expected);
  });
});
