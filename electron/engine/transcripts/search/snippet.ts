/** A stretch of a message around the first matches, in pieces. Pure. */
import type { SearchHit } from "../../../../shared/model/search.ts";
import type { SearchTerm } from "./searchTerms.ts";
import { type MatchKind, type TermMatch, termMatches } from "./termMatches.ts";

export type Snippet = SearchHit["snippet"];

/** Characters of one stretch: two or three lines of a list. */
const STRETCH_CHARACTERS = 180;
/** Shown before the first match of a stretch. */
const LEAD_CHARACTERS = 40;
/** A cut moves this far to fall between words. */
const CUT_CHARACTERS = 16;
/** Terms that stand far apart get a stretch each, up to this many. */
const MAX_STRETCHES = 2;

const ELLIPSIS = "…";

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Without a match in it, the snippet is the text's beginning. */
export function snippet(said: string, terms: readonly SearchTerm[], kind: MatchKind): Snippet {
  const text = shown(said);
  const matches = termMatches(text, terms, kind);
  const stretches = chooseStretches(text, matches);
  const pieces: { text: string; isMatch: boolean }[] = [];
  const add = (piece: string, isMatch: boolean): void => {
    const last = pieces.at(-1);
    if (piece === "") return;
    if (last !== undefined && last.isMatch === isMatch) last.text += piece;
    else pieces.push({ text: piece, isMatch });
  };
  for (const [index, { start, end }] of stretches.entries()) {
    if (start > 0) add(index === 0 ? ELLIPSIS : ` ${ELLIPSIS} `, false);
    let at = start;
    for (const match of matches) {
      if (match.end <= at || match.start >= end) continue;
      add(text.slice(at, Math.max(at, match.start)), false);
      const matchEnd = Math.min(match.end, end);
      add(text.slice(Math.max(at, match.start), matchEnd), true);
      at = matchEnd;
    }
    add(text.slice(at, end), false);
  }
  if ((stretches.at(-1)?.end ?? 0) < text.length) add(ELLIPSIS, false);
  return pieces;
}

/** One line, without control characters and without those that turn the direction of what follows. */
function shown(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, " ")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, "")
    .trim();
}

function chooseStretches(text: string, matches: readonly TermMatch[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let missing = new Set(matches.map(({ term }) => term));
  while (missing.size > 0 && stretches.length < MAX_STRETCHES) {
    const first = bestStart(matches, missing);
    if (first === null) break;
    const stretch = stretchAround(text, first.start);
    const shownTerms = matches.filter(({ start, end }) => start >= stretch.start && end <= stretch.end);
    const left = new Set([...missing].filter((term) => !shownTerms.some((match) => match.term === term)));
    stretches.push(stretch);
    // A match that is longer than a stretch is in none whole.
    left.delete(first.term);
    missing = left;
  }
  if (stretches.length === 0) stretches.push(stretchAround(text, 0));
  return joined(stretches.toSorted((a, b) => a.start - b.start));
}

/** The match after which the most of the terms come within a stretch; the first of such. */
function bestStart(matches: readonly TermMatch[], wanted: ReadonlySet<number>): TermMatch | null {
  let best: TermMatch | null = null;
  let mostTerms = 0;
  for (const match of matches) {
    if (!wanted.has(match.term)) continue;
    const within = matches.filter(
      ({ term, start, end }) =>
        wanted.has(term) && start >= match.start && end <= match.start + STRETCH_CHARACTERS - LEAD_CHARACTERS,
    );
    const terms = new Set(within.map(({ term }) => term)).size;
    if (best !== null && terms <= mostTerms) continue;
    best = match;
    mostTerms = terms;
  }
  return best;
}

function stretchAround(text: string, matchStart: number): Stretch {
  const latest = Math.max(0, text.length - STRETCH_CHARACTERS);
  const start = Math.min(Math.max(0, matchStart - LEAD_CHARACTERS), latest);
  const end = Math.min(text.length, start + STRETCH_CHARACTERS);
  return { start: cutStart(text, start, matchStart), end: cutEnd(text, end) };
}

/** Moves a cut to the beginning of a word, or at least out of a character. */
function cutStart(text: string, start: number, matchStart: number): number {
  if (start === 0) return 0;
  const space = text.indexOf(" ", start - 1);
  if (space !== -1 && space - start < CUT_CHARACTERS && space < matchStart) return space + 1;
  return characterStart(text, start);
}

function cutEnd(text: string, end: number): number {
  if (end === text.length) return end;
  const space = text.lastIndexOf(" ", end);
  return end - space < CUT_CHARACTERS ? space : characterStart(text, end);
}

const CONTINUES = /^(?:\p{M}|\u200d|\ufe0f)/u;

/** The index, or the one before it at which what is seen as one character begins. */
function characterStart(text: string, index: number): number {
  let at = index;
  while (at > 0 && (isInsidePair(text, at) || CONTINUES.test(text.slice(at, at + 2)) || text[at - 1] === "\u200d"))
    at -= 1;
  return at;
}

function isInsidePair(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}

function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last !== undefined && stretch.start <= last.end + 1)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, stretch.end) };
    else result.push(stretch);
  }
  return result;
}
