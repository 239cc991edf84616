/**
 * Whether the last words of a turn ask the person something: a question mark anywhere outside code. A question may be
 * followed by a polite closing line, and a `?` inside code (a regular expression, a ternary, a URL) is none.
 */
export function looksLikeQuestion(text: string): boolean {
  const withoutCode = text.replaceAll(/```[\s\S]*?(?:```|$)/gu, "").replaceAll(/`[^`\n]*`/gu, "");
  return withoutCode.includes("?");
}
