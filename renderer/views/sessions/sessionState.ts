import type { ActivityKind } from "../../../shared/model/activity.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { plainLine } from "../../terminal/plainLine.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";

/** Shapes differ as well as colours, so that a state can be told without seeing colours. */
export type StateShape = "dot" | "ring" | "dashedRing" | "triangle" | "diamond" | "cross" | "square" | "question";

export interface StateWords {
  /** One or two words for a list. */
  readonly label: string;
  readonly shape: StateShape;
  readonly tone: "ok" | "accent" | "warn" | "danger" | "dim";
}

const byActivity: Readonly<Record<ActivityKind, StateWords>> = {
  starting: { label: "Starting", shape: "dashedRing", tone: "accent" },
  working: { label: "Working", shape: "dot", tone: "accent" },
  tool_pending: { label: "Running a tool", shape: "dot", tone: "accent" },
  awaiting_permission: { label: "Needs permission", shape: "triangle", tone: "warn" },
  awaiting_answer: { label: "Asks a question", shape: "triangle", tone: "warn" },
  plan_ready: { label: "Plan ready", shape: "diamond", tone: "warn" },
  idle: { label: "Idle", shape: "ring", tone: "ok" },
  ended: { label: "Ended", shape: "square", tone: "dim" },
  failed: { label: "Failed", shape: "cross", tone: "danger" },
  unknown: { label: "State unknown", shape: "question", tone: "dim" },
};

/** The state of a session in a word, a shape and a tone. */
export function stateWords(session: SessionSummary): StateWords {
  return byActivity[session.activity.kind];
}

/** The state in a sentence, with the detail that a person needs to act on it. */
export function stateSentence(session: SessionSummary): string {
  return visibleText(sentenceOf(session));
}

function sentenceOf({ activity }: SessionSummary): string {
  switch (activity.kind) {
    case "tool_pending":
      return activity.tools.length === 0
        ? "Running a tool"
        : `Running ${activity.tools.map((tool) => tool.name).join(", ")}`;
    case "awaiting_permission":
      return permissionSentence(activity.toolName, activity.permissionId);
    case "awaiting_answer":
      return `Asks: ${questionLine(activity.question)}`;
    case "plan_ready":
      return "Has a plan for you to read";
    case "idle":
      return ["Idle", plainLine(activity.text ?? "")].filter((part) => part !== "").join(": ");
    case "ended":
      return activity.exitCode === null || activity.exitCode === 0 ? "Ended" : `Ended, exit code ${activity.exitCode}`;
    case "failed":
      return `Failed: ${activity.reason}`;
    default:
      return byActivity[activity.kind].label;
  }
}

/** A request without an id stands in somebody else's terminal, and only there it can be answered. */
function permissionSentence(toolName: string | null, permissionId: string | null): string {
  const sentence = toolName === null ? "Needs permission" : `Needs permission for ${toolName}`;
  return permissionId === null ? `${sentence}. Answer it in its terminal` : sentence;
}

/** The line that asks: a session may say a lot before it does. */
function questionLine(text: string): string {
  const asking = text.split("\n").findLast((line) => line.includes("?"));
  return plainLine(asking ?? text) || "a question";
}
