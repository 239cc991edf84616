import type { EventData, EventOf } from "../../../shared/model/event.ts";
import type { contentEventSchemas } from "../../../shared/model/events/contentEvents.ts";
import { abbreviate, oneLine } from "../abbreviate.ts";
import { counted, dollars, duration } from "../figures.ts";
import { type Ansi, type Ink, ink, inkLines, join } from "../ink.ts";
import type { MarkedEvent } from "../marks/eventMark.ts";
import { INDENT_COLUMNS } from "../renderLines.ts";
import { type StreamState, depthOf } from "../streamState.ts";
import { toolSummary } from "../toolSummary.ts";
import { userTextLines } from "./userTextLines.ts";

/** Enough of a result to see whether it is the expected one; the Transcript shows it whole. */
const RESULT_LIMITS = { maxLines: 8, maxLineChars: 400 } as const;
/** Errors are read, not skimmed. */
const ERROR_LIMITS = { maxLines: 20, maxLineChars: 1000 } as const;

/** Content that is printed in whole lines; the rest is streamed text or a mark. */
export type ContentLineEvent = Exclude<
  EventOf<keyof typeof contentEventSchemas>,
  { readonly type: "assistant.delta" | "assistant.textAdded" | "assistant.thinkingAdded" } | MarkedEvent
>;

/** What was said and done, as lines. */
export function contentLines(event: ContentLineEvent, state: StreamState): readonly Ansi[] {
  switch (event.type) {
    case "turn.completed":
      return turnLines(event.data);
    case "user.textAdded":
      return userTextLines(event.data, state.columns - depthOf(state, event.data.parentToolUseId) * INDENT_COLUMNS);
    case "tool.called":
      return [calledLine(event.data)];
    case "tool.finished":
      return finishedLines(event.data, state);
    case "tool.denied":
      return deniedLines(event.data);
    case "usage.recorded":
      return [];
  }
}

function calledLine(call: EventData<"tool.called">): Ansi {
  const summary = toolSummary(call.name, call.input);
  return join(ink("tool", `◆ ${oneLine(call.name, 80)}`), ink("plain", summary === "" ? "" : `  ${summary}`));
}

function finishedLines(result: EventData<"tool.finished">, state: StreamState): readonly Ansi[] {
  const tone: Ink = result.isError ? "bad" : "muted";
  const { lines, moreLines } = abbreviate(result.output, result.isError ? ERROR_LIMITS : RESULT_LIMITS);
  const empty = lines.every((line) => line.trim() === "");
  const name = state.tools.get(result.toolUseId)?.name ?? "tool";
  const shown = empty ? [`${name} gave no output`] : lines;
  const out = shown.flatMap((line, index) => inkLines(tone, `${index === 0 ? "  └ " : "    "}${line}`));
  const left = leftOut(moreLines, result.omittedChars);
  return left === null ? out : [...out, ink("mutedItalic", `    ${left}`)];
}

function leftOut(moreLines: number, omittedChars: number): string | null {
  const parts = [
    ...(moreLines > 0 ? [counted(moreLines, "more line")] : []),
    ...(omittedChars > 0 ? [`${counted(omittedChars, "character")} not kept`] : []),
  ];
  return parts.length === 0 ? null : `… ${parts.join(", ")}`;
}

function deniedLines(denied: EventData<"tool.denied">): readonly Ansi[] {
  const [first = "", ...rest] = abbreviate(denied.message, ERROR_LIMITS).lines;
  return [
    join(ink("badStrong", `✕ ${oneLine(denied.toolName, 80)} denied`), ink("bad", first === "" ? "" : `  ${first}`)),
    ...rest.map((line) => ink("bad", `    ${line}`)),
  ];
}

function turnLines(turn: EventData<"turn.completed">): readonly Ansi[] {
  // A payload that only joined the conversation yields an empty result: nothing ended that anybody saw begin.
  if (turn.outcome === "success" && turn.modelTurns === 0) return [];
  const [tone, words] = turnWords(turn);
  const figures = [
    ...(turn.durationMs === null ? [] : [duration(turn.durationMs)]),
    ...(turn.costUsd === null ? [] : [dollars(turn.costUsd)]),
    ...(turn.totalCostUsd === null ? [] : [`${dollars(turn.totalCostUsd)} in all`]),
    ...(turn.modelTurns === null ? [] : [counted(turn.modelTurns, "model turn")]),
  ];
  const head = join(ink(tone, words), ink("muted", figures.length === 0 ? "" : ` · ${figures.join(" · ")}`));
  if (turn.errorText === null) return [head];
  return [head, ...abbreviate(turn.errorText, ERROR_LIMITS).lines.map((line) => ink("bad", `  ${line}`))];
}

function turnWords(turn: EventData<"turn.completed">): readonly [Ink, string] {
  if (turn.outcome === "success") return ["good", "✔ turn finished"];
  const reason = turn.terminalReason ?? turn.subtype;
  if (turn.outcome === "interrupted") return ["warnStrong", `■ turn interrupted (${reason})`];
  return ["badStrong", `✕ turn failed (${reason})`];
}
