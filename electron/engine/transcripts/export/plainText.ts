/** Untrusted text made plain: nothing in it acts on a terminal, hides or reorders what is read. Free of Node. */

/** Escape sequences of terminals: CSI (colours, cursor), OSC (titles, links), and the two-character ones. */
const ESCAPE_SEQUENCE = new RegExp(
  [
    "(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]",
    "(?:\\u001b\\]|\\u009d)[^\\u0007\\u001b\\u009c]*(?:\\u0007|\\u001b\\\\|\\u009c)?",
    "\\u001b[PX^_][^\\u001b]*(?:\\u001b\\\\)?",
    "\\u001b[ -/]*[0-~]",
  ].join("|"),
  "gu",
);

/** Control characters but `\t` and `\n`; bidi marks, embeddings, overrides, isolates; tag characters. */
const HIDING = new RegExp(
  "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069" +
    "\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]",
  "gu",
);

/** Leaves out escape sequences, and names every other character that hides or reorders text: `‹U+202E›`. */
export function plainText(text: string): string {
  return text.replaceAll(ESCAPE_SEQUENCE, "").replaceAll(/\r\n?/gu, "\n").replaceAll(HIDING, named).toWellFormed();
}

/** The same on one line, cut at a length. */
export function plainLine(text: string, maxCharacters = 160): string {
  const line = plainText(text).replaceAll(/\s+/gu, " ").trim();
  return line.length <= maxCharacters
    ? line
    : `${line
        .slice(0, maxCharacters - 1)
        .trimEnd()
        .toWellFormed()}…`;
}

function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
}
