/** Terms to expressions of FTS5. Words hold letters and digits only, so that quoting them is all that is needed. */
import { isFoundInside, type SearchTerm } from "./searchTerms.ts";

/** Words of the index that hold a text: inside or at the end, but not at their beginning. */
export type FindWords = (text: string, place: "inside" | "end") => readonly string[];

/** Messages in which every term stands as whole words. */
export function wholeWordExpression(terms: readonly SearchTerm[]): string {
  return terms.map(({ words, isOpen }) => phrase(words, isOpen)).join(" AND ");
}

/**
 * Messages in which at least one term is only a part of longer words; null when there are none. They are none of those
 * that the whole-word expression finds.
 */
export function insideWordExpression(terms: readonly SearchTerm[], findWords: FindWords): string | null {
  if (!terms.some(isFoundInside)) return null;
  const wide = terms.map((term) =>
    isFoundInside(term) ? widePhrases(term, findWords) : [phrase(term.words, term.isOpen)],
  );
  return `(${wide.map((phrases) => `(${phrases.join(" OR ")})`).join(" AND ")}) NOT (${wholeWordExpression(terms)})`;
}

function widePhrases({ words }: SearchTerm, findWords: FindWords): readonly string[] {
  const [first = "", ...rest] = words;
  const longer = findWords(first, rest.length === 0 ? "inside" : "end");
  return [phrase(words, true), ...longer.map((word) => phrase([word, ...rest], rest.length > 0))];
}

function phrase(words: readonly string[], isOpen: boolean): string {
  return `"${words.join(" ")}"${isOpen ? " *" : ""}`;
}
