/**
 * - `off`: search is switched off.
 * - `busy`: newer questions took this one's place in the queue.
 * - `timed_out`: it took longer than anybody waits.
 * - `bad_cursor`: the cursor is none that a search gave.
 * - `failed`: the database cannot be asked.
 */
export type SearchErrorCode = "off" | "busy" | "timed_out" | "bad_cursor" | "failed";

const MESSAGES: Readonly<Record<SearchErrorCode, string>> = {
  off: "Search is switched off. Switch it on in the settings.",
  busy: "Too many searches are waiting. Ask again.",
  timed_out: "The search took too long. Use longer or more words, or a filter.",
  bad_cursor: "The cursor is none that a search gave. Ask again without it.",
  failed: "The search index could not be read. The log says why; switching search off and on builds it anew.",
};

/** Why a question has no answer, in words for the one who asked. */
export class SearchError extends Error {
  override readonly name = "SearchError";
  readonly code: SearchErrorCode;

  constructor(code: SearchErrorCode) {
    super(MESSAGES[code]);
    this.code = code;
  }
}
