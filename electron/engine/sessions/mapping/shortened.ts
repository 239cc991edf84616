/** A text within a limit, and how many characters of its middle were left out. */
export interface Shortened {
  readonly text: string;
  readonly omittedChars: number;
}

/** Keeps the beginning and the end of a text that is too long: the end is where errors stand. */
export function shortened(text: string, limit: number): Shortened {
  if (text.length <= limit) return { text, omittedChars: 0 };
  const half = Math.floor(limit / 2);
  const omittedChars = text.length - 2 * half;
  const mark = `\n… ${omittedChars} characters left out …\n`;
  // toWellFormed: the cut may have halved a surrogate pair.
  return { text: (text.slice(0, half) + mark + text.slice(-half)).toWellFormed(), omittedChars };
}
