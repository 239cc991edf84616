import { sanitise } from "./sanitise.ts";

/**
 * Owns: the only way to build terminal output. Untrusted text becomes `Ansi` by `ink`, which sanitises it.
 * Invariant: every piece closes the style it opens, so a dropped or cut piece never colours what follows.
 */
declare const ansiBrand: unique symbol;

/** Text that is safe to write to a terminal: our own styling around sanitised content. */
export type Ansi = string & { readonly [ansiBrand]: true };

/**
 * Select Graphic Rendition codes by meaning. Only the sixteen theme colours are used, so both themes decide the
 * contrast; "faint" (2) is avoided because it halves the contrast of whatever colour it meets.
 */
const codes = {
  plain: "",
  strong: "1",
  muted: "90",
  mutedItalic: "3;90",
  person: "36",
  personStrong: "1;36",
  tool: "1;34",
  good: "32",
  bad: "31",
  badStrong: "1;31",
  warn: "33",
  warnStrong: "1;33",
  note: "35",
  badgeNote: "7;35",
  badgeWarn: "7;33",
  badgeBad: "7;31",
  badgeGood: "7;32",
  badgePlain: "7;36",
} as const;

export type Ink = keyof typeof codes;

/** Sanitises text and styles it. */
export function ink(name: Ink, untrusted: string): Ansi {
  const text = sanitise(untrusted);
  const code = codes[name];
  return trusted(code === "" || text === "" ? text : `\u001b[${code}m${text}\u001b[0m`);
}

/** Sanitises text and styles it line by line. */
export function inkLines(name: Ink, untrusted: string): readonly Ansi[] {
  return untrusted.split(/\r?\n/u).map((line) => ink(name, line));
}

export function join(...parts: readonly Ansi[]): Ansi {
  return trusted(parts.join(""));
}

export const nothing: Ansi = trusted("");
export const lineEnd: Ansi = trusted("\r\n");
/** Goes back to the start of the current line and empties it. */
export const eraseLine: Ansi = trusted("\r\u001b[2K");

/** Goes to a column, counted from 0, of the current line and empties the line from there. */
export function eraseFrom(column: number): Ansi {
  return trusted(`\u001b[${column + 1}G\u001b[K`);
}

/** Each line with its end. */
export function wholeLines(lines: readonly Ansi[]): Ansi {
  return trusted(lines.map((line) => `${line}\r\n`).join(""));
}

function trusted(text: string): Ansi {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand exists in types only, and is given here alone
  return text as Ansi;
}
