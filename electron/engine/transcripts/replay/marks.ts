/** What a reader of a session jumps to. */
import type { EventDraft } from "../../../../shared/model/event.ts";
import { looksLikeQuestion, QUESTION_MARKS } from "../../../../shared/state/looksLikeQuestion.ts";
import type { Holds } from "./lineWords.ts";

/** `turn`: what a person said. `change`: a changed file. */
export type Mark = "turn" | "question" | "error" | "change";

const CHANGING_TOOLS: readonly string[] = ["Edit", "Write", "MultiEdit", "NotebookEdit"];
const ASKING_TOOLS: readonly string[] = ["AskUserQuestion", "ExitPlanMode"];

/** Whether a record's line can have the mark. */
export const mayHoldMark: Readonly<Record<Mark, (holds: Holds) => boolean>> = {
  turn: (holds) => holds('"type":"user"') && !holds('"tool_use_id":"'),
  question: (holds) =>
    ASKING_TOOLS.some((name) => holds(calls(name))) || (LAST_WORDS.some(holds) && ASKING_MARKS.some(holds)),
  error: (holds) => holds('"is_error":true') || holds('"isApiErrorMessage":true') || holds('"max_turns_reached"'),
  change: (holds) => CHANGING_TOOLS.some((name) => holds(calls(name))),
};

const LAST_WORDS: readonly string[] = ['"stop_reason":"end_turn"', '"stop_reason":"stop_sequence"'];

/** As they stand in texts, and as programs escape them that write ASCII only. */
const ASKING_MARKS: readonly string[] = [...QUESTION_MARKS, "\\u"];

function calls(name: string): string {
  return `"name":"${name}"`;
}

/** Where among a record's events the mark is; none when it has none. */
export function markedEvents(drafts: readonly EventDraft[], mark: Mark): readonly number[] {
  return drafts.flatMap((draft, index) => (isMarked(drafts, draft, mark) ? [index] : []));
}

function isMarked(drafts: readonly EventDraft[], draft: EventDraft, mark: Mark): boolean {
  switch (mark) {
    case "turn":
      if (draft.type !== "user.textAdded" || draft.data.origin === "cli") return false;
      return drafts.some(({ type }) => type === "turn.started");
    case "question":
      return isQuestion(drafts, draft);
    case "error":
      if (draft.type === "turn.completed") return draft.data.outcome === "error";
      return draft.type === "tool.finished" && draft.data.isError;
    case "change":
      return draft.type === "tool.called" && CHANGING_TOOLS.includes(draft.data.name);
  }
}

/** A text asks the person something only when it is the last of its turn. */
function isQuestion(drafts: readonly EventDraft[], draft: EventDraft): boolean {
  if (draft.type === "tool.called") return ASKING_TOOLS.includes(draft.data.name);
  if (draft.type !== "assistant.textAdded") return false;
  return drafts.some(({ type }) => type === "turn.completed") && looksLikeQuestion(draft.data.text);
}
