import type { EventData } from "../../../shared/model/event.ts";
import { counted, wordCount } from "../figures.ts";
import { type Ansi, eraseFrom, eraseLine, ink, join, lineEnd, nothing } from "../ink.ts";
import { type Rendered, INDENT_COLUMNS, renderLines } from "../renderLines.ts";
import { type OpenLine, type StreamState, depthOf, notePrinted, takePrinted } from "../streamState.ts";
import { readable } from "../sanitise.ts";
import { type WrapState, type WrapStep, wrapFrom, wrapMore, wrapText } from "../wordWrap.ts";

/** Words between two redraws of the thinking line: often enough to look alive, rare enough to cost nothing. */
const THINKING_STEP = 20;

const BULLET = ink("tool", "● ");
const BULLET_COLUMNS = 2;

type Delta = EventData<"assistant.delta">;
type OpenThinking = Extract<OpenLine, { readonly kind: "thinking" }>;

/**
 * Prints streaming text as it comes and counts thinking. Deltas of sub-agents are left to their whole text: several run
 * at once and would cut each other's lines to pieces.
 */
export function renderDelta(state: StreamState, delta: Delta): Rendered {
  if (delta.parentToolUseId !== null || delta.text === "") return { state, ansi: nothing };
  if (delta.block === "text") return renderTextDelta(state, delta);
  if (delta.block === "thinking") return renderThinkingDelta(state, delta);
  return { state, ansi: nothing };
}

/** Prints an assistant's text, or only the part of it that was not streamed before. */
export function renderText(state: StreamState, data: EventData<"assistant.textAdded">): Rendered {
  const taken = takePrinted(state, data.messageId);
  if (taken.block === null) {
    const depth = depthOf(state, data.parentToolUseId);
    return renderLines(state, bulleted(data.text, state.columns - depth * INDENT_COLUMNS), depth);
  }
  const rest = data.text.slice(taken.block.printed);
  const { open } = state;
  if (open.kind === "text" && open.messageId === data.messageId) return endOfText(taken.state, rest, open.wrap);
  if (rest === "") return { state: taken.state, ansi: nothing };
  return renderLines(taken.state, proseLines(rest, state.columns));
}

/** Prints thinking as one line with its length, in place of the line that counted. */
export function renderThinking(state: StreamState, data: EventData<"assistant.thinkingAdded">): Rendered {
  const line = thinkingLine(wordCount(data.text));
  if (data.parentToolUseId === null && state.open.kind === "thinking" && state.open.messageId === data.messageId) {
    return {
      state: { ...state, open: { kind: "none" }, lineBegun: false },
      ansi: join(eraseLine, line, lineEnd),
    };
  }
  return renderLines(state, [line], depthOf(state, data.parentToolUseId));
}

function bulleted(text: string, columns: number): readonly Ansi[] {
  if (text.trim() === "") return [];
  const lines = proseLines(text.trimEnd(), columns, BULLET_COLUMNS);
  return lines.map((line, index) => (index === 0 ? join(BULLET, line) : line));
}

function proseLines(text: string, columns: number, firstColumn = 0): readonly Ansi[] {
  return wrapText(readable(text), columns, firstColumn).map((line) => ink("plain", line));
}

function drawn(steps: readonly WrapStep[]): Ansi {
  return join(
    ...steps.map((step) => {
      if (step.kind === "text") return ink("plain", step.text);
      return step.kind === "end" ? lineEnd : eraseFrom(step.column);
    }),
  );
}

function renderTextDelta(state: StreamState, delta: Delta): Rendered {
  const goesOn =
    state.open.kind === "text" &&
    state.open.messageId === delta.messageId &&
    state.open.blockIndex === delta.blockIndex;
  const begun = state.lineBegun ? lineEnd : nothing;
  const opening = goesOn ? nothing : join(begun, BULLET);
  const before = state.open.kind === "text" && goesOn ? state.open.wrap : wrapFrom(BULLET_COLUMNS);
  const wrapped = wrapMore(before, readable(delta.text), state.columns);
  const printed = notePrinted(state, delta.messageId, delta.blockIndex, delta.text.length);
  return {
    state: {
      ...printed,
      open: { kind: "text", messageId: delta.messageId, blockIndex: delta.blockIndex, wrap: wrapped.state },
      lineBegun: !delta.text.endsWith("\n"),
    },
    ansi: join(opening, drawn(wrapped.steps)),
  };
}

function endOfText(state: StreamState, rest: string, wrap: WrapState): Rendered {
  const lineBegun = rest === "" ? state.lineBegun : !rest.endsWith("\n");
  return {
    state: { ...state, open: { kind: "none" }, lineBegun: false },
    ansi: join(drawn(wrapMore(wrap, readable(rest), state.columns).steps), lineBegun ? lineEnd : nothing),
  };
}

function renderThinkingDelta(state: StreamState, delta: Delta): Rendered {
  const before = state.open.kind === "thinking" && state.open.messageId === delta.messageId ? state.open : null;
  const open = countThinking(before, delta);
  const redraw = before === null || open.words - before.shownWords >= THINKING_STEP;
  if (!redraw) return { state: { ...state, open }, ansi: nothing };
  const opening = before === null ? (state.lineBegun ? lineEnd : nothing) : eraseLine;
  return {
    state: { ...state, open: { ...open, shownWords: open.words }, lineBegun: true },
    ansi: join(opening, thinkingLine(open.words)),
  };
}

function countThinking(before: OpenThinking | null, delta: Delta): OpenThinking {
  const joinsWord = before !== null && before.inWord && /^\S/u.test(delta.text);
  return {
    kind: "thinking",
    messageId: delta.messageId,
    words: (before?.words ?? 0) + wordCount(delta.text) - (joinsWord ? 1 : 0),
    shownWords: before?.shownWords ?? 0,
    inWord: /\S$/u.test(delta.text),
  };
}

function thinkingLine(words: number): Ansi {
  return ink("mutedItalic", words === 0 ? "thinking" : `thinking · ${counted(words, "word")}`);
}
