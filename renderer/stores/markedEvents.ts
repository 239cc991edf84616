import type { SessionEvent } from "../../shared/model/event.ts";
import { looksLikeQuestion } from "../../shared/state/looksLikeQuestion.ts";
import type { JumpDirection, JumpMark } from "./jumpStore.ts";

/** Tools that change a file, and tools that ask the person (names as the CLI 2.1.329 gives them). */
const changingTools: ReadonlySet<string> = new Set(["Edit", "Write", "MultiEdit", "NotebookEdit"]);
const askingTools: ReadonlySet<string> = new Set(["AskUserQuestion", "ExitPlanMode"]);

/** Says which of the events that follow show whether a text was the last of its turn. */
const turnParts: ReadonlySet<string> = new Set(["assistant.textAdded", "tool.called", "turn.completed"]);

/**
 * The place of the nearest mark among events in order of `seq`, as `sessions.seek` would find it; null when there is
 * none. It looks from a place, or without one from the end that the direction comes from. Sub-agents have no marks.
 */
export function seekInEvents(
  events: readonly SessionEvent[],
  jump: { readonly mark: JumpMark; readonly direction: JumpDirection },
  from: number | null,
): number | null {
  const isNext = jump.direction === "next";
  const lies = (seq: number): boolean => from === null || (isNext ? seq > from : seq < from);
  const matches = (event: SessionEvent, index: number): boolean =>
    lies(event.seq) && isMarked(events, event, index, jump.mark);
  return (isNext ? events.find(matches) : events.findLast(matches))?.seq ?? null;
}

function isMarked(events: readonly SessionEvent[], event: SessionEvent, index: number, mark: JumpMark): boolean {
  if ("parentToolUseId" in event.data && event.data.parentToolUseId !== null) return false;
  switch (mark) {
    case "turn":
      return event.type === "user.textAdded" && event.data.origin !== "cli";
    case "error":
      if (event.type === "turn.completed") return event.data.outcome === "error";
      return event.type === "tool.finished" && event.data.isError;
    case "change":
      return event.type === "tool.called" && changingTools.has(event.data.name);
    case "question":
      return isQuestion(events, event, index);
  }
}

/** A text asks the person something only when it is the last of its turn. */
function isQuestion(events: readonly SessionEvent[], event: SessionEvent, index: number): boolean {
  if (event.type === "tool.called") return askingTools.has(event.data.name);
  if (event.type !== "assistant.textAdded" || !looksLikeQuestion(event.data.text)) return false;
  for (let at = index + 1; at < events.length; at += 1) {
    const type = events[at]?.type ?? "";
    if (turnParts.has(type)) return type === "turn.completed";
  }
  return false;
}
