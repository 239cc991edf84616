/** How much a mark matters: `plain` is background, `note` a change, `warn` and `bad` want attention. */
export type MarkTone = "plain" | "note" | "warn" | "bad";

/**
 * An event that is no part of the conversation, in words: what happened and, where there is more to say, the details.
 * Stream and Transcript both draw it. All text is untrusted.
 */
export interface Mark {
  readonly tone: MarkTone;
  readonly title: string;
  /** Further words, possibly many lines; null when the title says all. */
  readonly detail: string | null;
  /** What a pointer that rests on the mark is told: words that stand in full elsewhere. */
  readonly hint?: string;
}

export function mark(tone: MarkTone, title: string, detail: string | null = null): Mark {
  return { tone, title, detail: detail === null || detail.trim() === "" ? null : detail };
}
