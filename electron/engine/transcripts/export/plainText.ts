/** Untrusted text made plain: nothing in it acts on a terminal, hides or reorders what is read. Free of Node. */
import { visibleText } from "../../../../shared/text/visibleText.ts";

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

/** Leaves out escape sequences, and names every other character that hides or reorders text: `‹U+202E›`. */
export function plainText(text: string): string {
  return visibleText(text.replaceAll(ESCAPE_SEQUENCE, "").replaceAll(/\r\n?/gu, "\n"));
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
