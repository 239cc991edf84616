/**
 * Whether the last words of a turn ask the person something: a question mark outside code and quotations. A question may
 * be followed by a polite closing line; a `?` inside code (a regular expression, a ternary), inside a link or in words
 * that are quoted asks nothing.
 */
export function looksLikeQuestion(text: string): boolean {
  const withoutCode = text.replaceAll(/```[\s\S]*?(?:```|$)/gu, "").replaceAll(/`[^`\n]*`/gu, "");
  const ownWords = withoutCode.replaceAll(/^\s*>.*$|“[^”\n]*”|"[^"\n]*"|https?:\/\/\S+/gmu, "");
  return ownWords.includes("?");
}
