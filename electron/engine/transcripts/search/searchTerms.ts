/** What a person typed, as terms that must all occur. Pure; any text is a query. */
import { isUnspaced, wordsOf } from "./searchWords.ts";

export interface SearchTerm {
  /** One after the other in the text. Never empty. */
  readonly words: readonly string[];
  /** In double quotes: its words as they are, never parts of longer ones. */
  readonly isQuoted: boolean;
  /** The last term is still being typed: words that begin with its last word count as that word. */
  readonly isOpen: boolean;
}

/** More terms than a person types; the rest of a pasted text is left out. */
export const MAX_TERMS = 32;

/** A shorter beginning stands for itself only: most words would begin with it. */
const MIN_OPEN_CHARACTERS = 2;

/** A shorter term is looked for as a whole word only: parts of words are found by three characters. */
const MIN_INSIDE_CHARACTERS = 3;

const PIECE = /"([^"]*)("|$)|[^"\s]+/gu;

/** No terms when nothing in the text is a letter or a digit. */
export function searchTerms(text: string): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const piece of text.matchAll(PIECE)) {
    const isQuoted = piece[1] !== undefined;
    const words = wordsOf(piece[1] ?? piece[0]);
    if (words.length === 0) continue;
    // A quote that is not closed yet, or a last word without a space after it.
    const isTyped = isQuoted ? piece[2] === "" : piece.index + piece[0].length === text.length;
    terms.push({ words, isQuoted, isOpen: isTyped && canBeOpen(words.at(-1) ?? "") });
    if (terms.length === MAX_TERMS) break;
  }
  return terms;
}

function canBeOpen(word: string): boolean {
  return word.length >= MIN_OPEN_CHARACTERS && !isUnspaced(word);
}

/** True when the term may also be a part of longer words: its first word then may be the end of one. */
export function isFoundInside({ words, isQuoted }: SearchTerm): boolean {
  const [first = ""] = words;
  return !isQuoted && !isUnspaced(first) && first.length >= MIN_INSIDE_CHARACTERS;
}
