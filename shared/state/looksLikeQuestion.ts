import { withoutCodeBlocks } from "./withoutCodeBlocks.ts";

/** What ends a question: as Latin and Greek, Chinese and Japanese, Arabic, Armenian and Ethiopic texts write it. */
export const QUESTION_MARKS = ["?", "\uff1f", "\u061f", "\u037e", "\u055e", "\u1367"] as const;

const QUOTED_LINES = /^\s*>.*$/gmu;
const QUOTATIONS =
  /\u201c[^\u201d\n]*\u201d|"[^"\n]*"|\u300c[^\u300d\n]*\u300d|\u300e[^\u300f\n]*\u300f|\u00ab[^\u00bb\n]*\u00bb/gu;

/**
 * Whether the last words of a turn ask the person something: a question mark outside code and quotations. A question may
 * be followed by a polite closing line; a `?` inside code (a regular expression, a ternary), inside a link or in words
 * that are quoted asks nothing.
 */
export function looksLikeQuestion(text: string): boolean {
  if (!QUESTION_MARKS.some((mark) => text.includes(mark))) return false;
  const withoutCode = withoutCodeBlocks(text).replaceAll(/`[^`\n]*`/gu, "");
  const ownWords = withoutCode
    .replaceAll(QUOTED_LINES, "")
    .replaceAll(QUOTATIONS, "")
    .replaceAll(/https?:\/\/\S+/gu, "");
  return QUESTION_MARKS.some((mark) => ownWords.includes(mark));
}
