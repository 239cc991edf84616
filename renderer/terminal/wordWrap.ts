/**
 * Owns: where lines of prose break, for text that is whole and for text that still comes in pieces.
 * Knows nothing about: styles, escape sequences, xterm.
 * Invariants: pure; words keep their order and their letters, only spaces at a break are left out; code-like lines and
 * words wider than a line are left to the terminal.
 */

/** Narrower than this, breaking at words leaves more holes than text. */
const MIN_COLUMNS = 20;
/** Characters that tell whether a line is code: the longest mark is an indentation of four. */
const HEAD_CHARS = 8;

const FENCE = /^ {0,3}(?:`{3}|~{3})/u;
/** Indented code, tables, fences: their columns mean something. */
const CODE_LIKE = /^(?: {4}|\||\t| *\t| {0,3}(?:`{3}|~{3}))/u;
const PARTS = /\n| +|[^ \n]+/gu;

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
/** Marks (variation selectors are among them), and the characters that only join or part others. */
const ZERO = /\p{Mark}|\u200b|\u200c|\u200d/u;

/** How a line stands. Columns count from 0. */
export interface WrapState {
  readonly column: number;
  /** Where text begins in this line, behind a bullet. */
  readonly lineStart: number;
  /** The word that is being written, and where it began. */
  readonly word: string;
  readonly wordStart: number;
  /** The opening of the line as it was written, breaks left aside. */
  readonly head: string;
  readonly inFence: boolean;
}

/** What to print: text, the end of a line, or a step back to take away the word that began there. */
export type WrapStep =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "end" }
  | { readonly kind: "back"; readonly column: number };

export function wrapFrom(column: number): WrapState {
  return { column, lineStart: column, word: "", wordStart: column, head: "", inFence: false };
}

/** Breaks further text at words. `text` has no control characters but `\n` and `\t`. */
export function wrapMore(
  before: WrapState,
  text: string,
  columns: number,
): { readonly state: WrapState; readonly steps: readonly WrapStep[] } {
  const steps: WrapStep[] = [];
  let state = before;
  for (const [part] of text.matchAll(PARTS)) {
    const next = part === "\n" ? endLine(state) : part.startsWith(" ") ? addSpace(state, part, columns) : null;
    if (part === "\n") steps.push({ kind: "end" });
    const added = next === null ? addWord(state, part, columns) : { state: next, steps: spaceSteps(state, next, part) };
    steps.push(...added.steps);
    state = added.state;
  }
  return { state, steps };
}

/** The lines of a whole text, broken at words; the first begins behind `firstColumn` columns. */
export function wrapText(text: string, columns: number, firstColumn = 0): readonly string[] {
  const { steps } = wrapMore(wrapFrom(firstColumn), text, columns);
  return steps
    .map((step) => (step.kind === "text" ? step.text : "\n"))
    .join("")
    .split("\n")
    .map((line) => line.trimEnd());
}

/** Cells a text takes, by the scripts that terminals draw wide. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return cells;
}

function endLine(state: WrapState): WrapState {
  const inFence = FENCE.test(state.head) ? !state.inFence : state.inFence;
  return { ...wrapFrom(0), inFence };
}

function addSpace(state: WrapState, space: string, columns: number): WrapState {
  const head = longerHead(state, space);
  const fits = isLeftAlone({ ...state, head }, columns) || state.column + space.length < columns;
  const column = fits ? state.column + space.length : columns;
  return { ...state, head, column, word: "", wordStart: column };
}

function spaceSteps(before: WrapState, after: WrapState, part: string): readonly WrapStep[] {
  const isShown = part !== "\n" && after.column === before.column + part.length;
  return isShown ? [{ kind: "text", text: part }] : [];
}

function addWord(state: WrapState, part: string, columns: number): ReturnType<typeof wrapMore> {
  const cells = cellsOf(part);
  const head = longerHead(state, part);
  const word = state.word + part;
  const stays = { ...state, head, word, column: state.column + cells };
  const fits = stays.column <= columns;
  const text: WrapStep = { kind: "text", text: part };
  if (fits || isLeftAlone(stays, columns)) return { state: stays, steps: [text] };
  if (state.wordStart <= state.lineStart) {
    return { state: { ...stays, lineStart: 0, column: ((stays.column - 1) % columns) + 1 }, steps: [text] };
  }
  const back: readonly WrapStep[] = state.word === "" ? [] : [{ kind: "back", column: state.wordStart }];
  const column = ((cellsOf(word) - 1) % columns) + 1;
  return {
    state: { ...stays, column, lineStart: 0, wordStart: 0 },
    steps: [...back, { kind: "end" }, { kind: "text", text: word }],
  };
}

function longerHead(state: WrapState, part: string): string {
  return state.head.length >= HEAD_CHARS ? state.head : (state.head + part).slice(0, HEAD_CHARS);
}

function isLeftAlone(state: WrapState, columns: number): boolean {
  return columns < MIN_COLUMNS || state.inFence || state.word.includes("\t") || CODE_LIKE.test(state.head);
}
