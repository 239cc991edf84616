import { type Ansi, ink, join, lineEnd, nothing, wholeLines } from "./ink.ts";
import type { StreamState } from "./streamState.ts";

/** Columns by which each level of sub-agents is indented. */
export const INDENT_COLUMNS = 2;

/** What one event adds to the screen, and the state for the next one. */
export interface Rendered {
  readonly state: StreamState;
  readonly ansi: Ansi;
}

/** Closes the open line, then prints whole lines, indented for a sub-agent. */
export function renderLines(state: StreamState, lines: readonly Ansi[], depth = 0): Rendered {
  if (lines.length === 0) return { state, ansi: nothing };
  const indent = ink("muted", "│ ".repeat(depth));
  const indented = depth === 0 ? lines : lines.map((line) => join(indent, line));
  const closing = state.lineBegun ? lineEnd : nothing;
  return {
    state: { ...state, open: { kind: "none" }, lineBegun: false },
    ansi: join(closing, wholeLines(indented)),
  };
}
