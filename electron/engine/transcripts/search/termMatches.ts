/** Where the terms of a query stand in a text. */
import { isFoundInside, type SearchTerm } from "./searchTerms.ts";
import { type WordPlace, wordPlaces } from "./searchWords.ts";

/** How a message was found: every term as whole words, or some as parts of words. */
export type MatchKind = "whole" | "inside";

export interface TermMatch {
  /** Index of the term. */
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

/** Enough to fill a snippet, however often a word occurs. */
const MAX_MATCHES = 200;

/** Looked at beyond the first place of each term, so that the snippet around them is marked to its end. */
const CHARACTERS_AFTER = 400;

/** The first matches in the order of the text, at least one of every term that occurs. */
export function termMatches(text: string, terms: readonly SearchTerm[], kind: MatchKind): readonly TermMatch[] {
  const longest = Math.max(1, ...terms.map(({ words }) => words.length));
  const recent: WordPlace[] = [];
  const matches: TermMatch[] = [];
  const found = new Set<number>();
  let until = Number.POSITIVE_INFINITY;
  for (const place of wordPlaces(text)) {
    if (place.start > until) break;
    recent.push(place);
    if (recent.length > longest) recent.shift();
    for (const [index, term] of terms.entries()) {
      const match = matchAtEnd(recent, term, kind);
      // Room is kept for the first match of each term.
      if (match === null || (found.has(index) && matches.length >= MAX_MATCHES)) continue;
      matches.push({ term: index, ...match });
      found.add(index);
      if (found.size === terms.length) until = Math.min(until, place.end + CHARACTERS_AFTER);
    }
  }
  return matches.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** The stretch that the term takes when it ends with the last of these words. */
function matchAtEnd(
  recent: readonly WordPlace[],
  term: SearchTerm,
  kind: MatchKind,
): Pick<TermMatch, "start" | "end"> | null {
  const { words } = term;
  const places = recent.slice(-words.length);
  const isWide = kind === "inside" && isFoundInside(term);
  const first = places[0];
  const last = places.at(-1);
  const wantedLast = words.at(-1);
  if (places.length < words.length || first === undefined || last === undefined || wantedLast === undefined)
    return null;
  if (words.length === 1) return matchOne(last, wantedLast, { isOpen: term.isOpen, isWide });
  const [wantedFirst = ""] = words;
  const isInOrder =
    (isWide ? first.word.endsWith(wantedFirst) : first.word === wantedFirst) &&
    (isWide || term.isOpen ? last.word.startsWith(wantedLast) : last.word === wantedLast) &&
    places.slice(1, -1).every(({ word }, index) => word === words[index + 1]);
  if (!isInOrder) return null;
  const start = first.isAligned ? first.end - wantedFirst.length : first.start;
  return { start, end: last.isAligned ? last.start + wantedLast.length : last.end };
}

function matchOne(
  { word, start, end, isAligned }: WordPlace,
  wanted: string,
  { isOpen, isWide }: { readonly isOpen: boolean; readonly isWide: boolean },
): Pick<TermMatch, "start" | "end"> | null {
  const at = word.indexOf(wanted);
  const isMatch = isWide ? at !== -1 : isOpen ? at === 0 : word === wanted;
  if (!isMatch) return null;
  return isAligned ? { start: start + at, end: start + at + wanted.length } : { start, end };
}
