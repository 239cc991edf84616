import { type ToldMarks, nothingTold } from "./marks/toldMarks.ts";
import type { WrapState } from "./wordWrap.ts";

/**
 * Owns: what the event → ANSI mapping remembers from one event to the next.
 * Knows nothing about: how a terminal is written to.
 * Invariant: a plain value; `renderEvent` returns a new one and never changes the one it got.
 */

/** Tool calls whose depth is kept for lines of sub-agents; older ones are forgotten and indent like direct children. */
export const MAX_REMEMBERED_TOOLS = 500;
/** Streamed text blocks that still wait for their whole text; one message rarely has more than a few. */
export const MAX_STREAMED_BLOCKS = 16;

/** A text block that was printed as it came, and how much of it (UTF-16 units). */
export interface StreamedBlock {
  readonly messageId: string;
  readonly blockIndex: number;
  readonly printed: number;
}

/** The line that is still being written to, if any. */
export type OpenLine =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly messageId: string; readonly blockIndex: number; readonly wrap: WrapState }
  | {
      readonly kind: "thinking";
      readonly messageId: string;
      readonly words: number;
      /** The words the line shows; it is redrawn in steps. */
      readonly shownWords: number;
      readonly inWord: boolean;
    };

/** How deep a tool call is nested, and its name for the line that shows its result. */
export interface RememberedTool {
  readonly name: string;
  readonly depth: number;
}

export interface StreamState {
  readonly open: OpenLine;
  /** Whether the cursor stands behind text, so that a new line must be begun first. */
  readonly lineBegun: boolean;
  readonly streamed: readonly StreamedBlock[];
  readonly tools: ReadonlyMap<string, RememberedTool>;
  readonly told: ToldMarks;
  /** Columns of the terminal; prose breaks at words before it. */
  readonly columns: number;
}

export const emptyStreamState: StreamState = {
  open: { kind: "none" },
  lineBegun: false,
  streamed: [],
  tools: new Map(),
  told: nothingTold,
  columns: Number.POSITIVE_INFINITY,
};

/** 0 for the session's own lines, 1 for its sub-agents, and so on. */
export function depthOf(state: StreamState, parentToolUseId: string | null): number {
  if (parentToolUseId === null) return 0;
  return (state.tools.get(parentToolUseId)?.depth ?? 0) + 1;
}

export function rememberTool(state: StreamState, toolUseId: string, tool: RememberedTool): StreamState {
  const tools = new Map(state.tools);
  tools.set(toolUseId, tool);
  const oldest = tools.keys().next();
  if (tools.size > MAX_REMEMBERED_TOOLS && oldest.done !== true) tools.delete(oldest.value);
  return { ...state, tools };
}

/** Notes that more of a block was printed. */
export function notePrinted(state: StreamState, messageId: string, blockIndex: number, chars: number): StreamState {
  const known = state.streamed.find((block) => block.messageId === messageId && block.blockIndex === blockIndex);
  const block = { messageId, blockIndex, printed: (known?.printed ?? 0) + chars };
  const others = state.streamed.filter((other) => other !== known);
  return { ...state, streamed: [...others, block].slice(-MAX_STREAMED_BLOCKS) };
}

/** Takes the oldest streamed block of a message: the one whose whole text comes first. */
export function takePrinted(
  state: StreamState,
  messageId: string,
): { readonly state: StreamState; readonly block: StreamedBlock | null } {
  const block = state.streamed.find((candidate) => candidate.messageId === messageId) ?? null;
  if (block === null) return { state, block };
  return { state: { ...state, streamed: state.streamed.filter((other) => other !== block) }, block };
}
