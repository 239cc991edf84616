/**
 * Text to the words that the index holds: one rule for what is indexed, what is asked and what is marked in a snippet.
 * Invariants: a word is lower case, without marks on its letters, and holds nothing but letters and digits; a character
 * of a language without spaces is a word of its own, so that any run of them can be found as a phrase; no word is longer
 * than `MAX_WORD_CHARACTERS`.
 */

/** Longer runs (hashes, encoded data) are cut into words of this length, one after the other. */
export const MAX_WORD_CHARACTERS = 40;

/** A word and the stretch of the text that it stands for. */
export interface WordPlace {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** True when each character of the word stands for one of the stretch. */
  readonly isAligned: boolean;
}

/** Scripts that are written without spaces, or whose words take endings without one. */
const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";

const RUN = /[\p{L}\p{N}\p{M}]+/gu;
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const MARKS = /\p{M}+/gu;
// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const IS_ASCII = /^[\0-\x7f]*$/u;
const ASCII_WORD = /[a-z0-9]+/gu;

export function wordsOf(text: string): readonly string[] {
  if (!IS_ASCII.test(text)) return Array.from(wordPlaces(text), ({ word }) => word);
  const words: string[] = text.toLowerCase().match(ASCII_WORD) ?? [];
  return words.some(({ length }) => length > MAX_WORD_CHARACTERS) ? words.flatMap(cut) : words;
}

/** The words with their places, one after the other: who has seen enough need not look at the rest. */
export function* wordPlaces(text: string): Generator<WordPlace> {
  for (const run of text.matchAll(RUN)) {
    const plain = folded(run[0]);
    const isAligned = plain.length === run[0].length;
    for (const match of plain.matchAll(WORD)) {
      let at = match.index;
      for (const word of cut(match[0])) {
        const start = run.index + (isAligned ? at : 0);
        const end = isAligned ? start + word.length : run.index + run[0].length;
        yield { word, start, end, isAligned };
        at += word.length;
      }
    }
  }
}

/** True for a word of a language without spaces: a single character. */
export function isUnspaced(word: string): boolean {
  return HAS_UNSPACED.test(word);
}

/** What looks alike becomes alike. Composed again after the marks are gone, so that Hangul is syllables. */
function folded(run: string): string {
  const lower = run.toLowerCase();
  return IS_ASCII.test(lower) ? lower : lower.normalize("NFKD").replace(MARKS, "").normalize("NFKC").toLowerCase();
}

function cut(word: string): readonly string[] {
  if (word.length <= MAX_WORD_CHARACTERS) return [word];
  const characters = Array.from(word);
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += MAX_WORD_CHARACTERS)
    pieces.push(characters.slice(at, at + MAX_WORD_CHARACTERS).join(""));
  return pieces;
}
