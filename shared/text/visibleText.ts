/**
 * Owns: making characters visible that hide or reorder text.
 * Knows nothing about: terminals, the DOM, events.
 * Invariant: the result holds no C0 or C1 control except `\n` and `\t`, no bidi control, no tag character and no lone
 * surrogate. Applying it twice changes nothing.
 */

/** The names of C0 in order (ASCII). Unicode has pictures for them, but many monospace fonts do not. */
const CONTROL_NAMES =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US";
const controlNames: readonly string[] = CONTROL_NAMES.split(" ");

/**
 * C0 without `\t` and `\n`, DEL and C1; bidi marks, embeddings, overrides and isolates; line and paragraph separators;
 * interlinear annotation; tag characters (invisible copies of ASCII).
 */
const HIDING = new RegExp(
  "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069" +
    "\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]",
  "gu",
);

/** Shows every hiding or reordering character as its name or code point in brackets: `‹ESC›`, `‹U+202E›`. */
export function visibleText(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(HIDING, named).toWellFormed();
}

/** Whether `visibleText` would show something that the text hides; a reason to look twice. */
export function hidesText(text: string): boolean {
  HIDING.lastIndex = 0;
  return HIDING.test(text.replaceAll("\r\n", "\n"));
}

function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x7f) return "‹DEL›";
  return `‹${controlNames[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`}›`;
}
