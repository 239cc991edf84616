import type { JsonObject } from "../model/json.ts";
import type { PayloadKind } from "../model/payload.ts";

/** A payload that is ready to be edited and sent. */
export interface PayloadPreset {
  readonly id: string;
  readonly title: string;
  readonly kind: PayloadKind;
  readonly text: string;
  readonly metadata: JsonObject;
}

/** The situations that come up most; every text is a start, meant to be edited. */
export const payloadPresets: readonly PayloadPreset[] = [
  {
    id: "dependency-completed",
    title: "Dependency completed",
    kind: "completion",
    text: "“<what was finished>” is complete.\n\nWhat came of it: <summary>\n\nWhat was learned:\n- <insight>",
    metadata: { dependency: "<name>" },
  },
  {
    id: "task-assigned",
    title: "Task assigned",
    kind: "message",
    text: "A new task for you: <what to do>.\n\nIt is done when: <how to tell>.",
    metadata: {},
  },
  {
    id: "tests-failing",
    title: "Tests failing",
    kind: "block",
    text: "Tests fail after the last change:\n\n<output>\n\nFix them before anything else.",
    metadata: { source: "tests" },
  },
  {
    id: "budget-warning",
    title: "Budget warning",
    kind: "warning",
    text: "This session has used most of its budget. Finish what is in hand and start nothing new.",
    metadata: { source: "budget" },
  },
  {
    id: "stop-and-summarise",
    title: "Please stop and summarise",
    kind: "block",
    text: "Stop here. Summarise what is done, what is not, and what you would do next.",
    metadata: {},
  },
];
