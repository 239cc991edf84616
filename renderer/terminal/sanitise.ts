import { visibleText } from "../../shared/text/visibleText.ts";

/**
 * Colour sequences (SGR) only. They are left out instead of shown: tools colour their output, they carry no words, and
 * what is left of a look-alike is made visible afterwards.
 */
// oxlint-disable-next-line no-control-regex -- the escape character is what this is about
const COLOUR_SEQUENCE = /\u001b\[[0-9;:]*m/gu;

/**
 * Makes untrusted text safe to write to a terminal: no escape, control or bidi character of it survives; `\t` stays and
 * every line ends with `\r\n`. What is taken out is named in its place, colour sequences are left out.
 */
export function sanitise(text: string): string {
  return readable(text).replaceAll("\n", "\r\n");
}

/** What is seen of untrusted text, with `\n` at its line ends; sanitising it again changes nothing. */
export function readable(text: string): string {
  return visibleText(withoutColour(text));
}

/** Leaves out colour sequences, for places that show tool output outside a terminal. */
export function withoutColour(text: string): string {
  return text.replaceAll(COLOUR_SEQUENCE, "");
}
