import fc from "fast-check";
import { expect, test } from "vitest";
import { searchTerms } from "../../../../../../electron/engine/transcripts/search/searchTerms.ts";
import { type Snippet, snippet } from "../../../../../../electron/engine/transcripts/search/snippet.ts";
import type { MatchKind } from "../../../../../../electron/engine/transcripts/search/termMatches.ts";

/** Matches in square brackets. */
function shown(pieces: Snippet): string {
  return pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join("");
}

const filler = "lorem ipsum dolor sit amet ".repeat(20).trim();

test.each<{ text: string; q: string; kind?: MatchKind; is: string }>([
  { text: "The cat sat.", q: "cat ", is: "The [cat] sat." },
  { text: "The cat sat. A cat!", q: "cat sat ", is: "The [cat] [sat]. A [cat]!" },
  { text: "concatenate", q: "cat", kind: "inside", is: "con[cat]enate" },
  { text: "concatenate the cat", q: "cat ", is: "concatenate the [cat]" },
  { text: "category", q: "cat", is: "[cat]egory" },
  { text: "see foo.bar-baz now", q: "foo.bar", is: "see [foo.bar]-baz now" },
  { text: "xfoo.barn", q: "foo.bar ", kind: "inside", is: "x[foo.bar]n" },
  { text: "to be or not to be", q: '"not to be"', is: "to be or [not to be]" },
  { text: "not\n\nto   be", q: '"not to"', is: "[not to] be" },
  { text: "全文検索エンジンです", q: "検索", is: "全文[検索]エンジンです" },
  { text: "Une CRÈME brûlée", q: "creme brulee ", is: "Une [CRÈME] [brûlée]" },
  { text: "a ﬁle", q: "file ", is: "a [ﬁle]" },
  {
    // "31mred" is one word: nothing is marked.
    text: "bell\u0007 \u001b[31mred\u001b[0m \u202egnp.exe",
    q: "red ",
    is: "bell [31mred [0m gnp.exe",
  },
  { text: "no match at all", q: "xyz ", is: "no match at all" },
])("$text · $q", ({ text, q, kind = "whole", is }) => {
  expect(shown(snippet(text, searchTerms(q), kind))).toBe(is);
});

test("a long text is cut around the first match, between words", () => {
  const found = shown(snippet(`${filler} needle ${filler}`, searchTerms("needle "), "whole"));
  expect(found).toMatch(/^…\w+ .*\[needle\].* \w+…$/u);
  expect(found.length).toBeLessThan(210);
});

test("words that stand far apart are both shown", () => {
  const found = shown(snippet(`first ${filler} last ${filler}`, searchTerms("first last "), "whole"));
  expect(found).toMatch(/^\[first\] .* … .*\[last\].*…$/u);
});

test("words that stand close together are preferred to one that comes first", () => {
  const found = shown(snippet(`one ${filler} one two ${filler}`, searchTerms("one two "), "whole"));
  expect(found).toMatch(/^…[^[]*\[one\] \[two\][^[]*…$/u);
});

test("any text and query: pieces alternate, are well formed, and have no control characters", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 600 }),
    fc.string({ unit: "grapheme", maxLength: 600 }),
  );
  fc.assert(
    fc.property(anyText, anyText, fc.constantFrom<MatchKind>("whole", "inside"), (text, q, kind) => {
      const pieces = snippet(`${text} ${text}`, searchTerms(q === "" ? text : q), kind);
      for (const [index, piece] of pieces.entries()) {
        expect(piece.text).not.toBe("");
        expect(piece.text.isWellFormed()).toBe(true);
        expect(piece.text).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
        expect(piece.isMatch).not.toBe(pieces[index - 1]?.isMatch);
      }
    }),
  );
});

test("emoji and letters with marks are not cut in halves", () => {
  for (let length = 150; length < 230; length += 1) {
    const text = `${"x".repeat(length)}👩‍👩‍👧 ${"é".repeat(300)} needle`;
    for (const { text: piece } of snippet(text, searchTerms("x"), "whole")) {
      expect(piece.isWellFormed()).toBe(true);
      expect(piece).not.toMatch(/^[\p{M}\u200d]/u);
      expect(piece).not.toMatch(/\u200d…?$/u);
    }
  }
});
