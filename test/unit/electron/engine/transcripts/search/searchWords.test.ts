import fc from "fast-check";
import { expect, test } from "vitest";
import {
  MAX_WORD_CHARACTERS,
  wordPlaces,
  wordsOf,
} from "../../../../../../electron/engine/transcripts/search/searchWords.ts";

test.each<[string, readonly string[]]>([
  ["", []],
  ["Hello, World!", ["hello", "world"]],
  ["foo.bar_baz/qux-1", ["foo", "bar", "baz", "qux", "1"]],
  ["Crème BRÛLÉE naïve", ["creme", "brulee", "naive"]],
  ["Crème", ["creme"]],
  ["ＡＢＣ１２", ["abc12"]],
  ["ﬁle", ["file"]],
  ["検索エンジン", ["検", "索", "エ", "ン", "シ", "ン"]],
  ["API検索v2", ["api", "検", "索", "v2"]],
  ["한국어", ["한", "국", "어"]],
  ["ภาษา", ["ภ", "า", "ษ", "า"]],
  ["привет мир", ["привет", "мир"]],
  ["👩‍👩‍👧 — → ™", []],
  ["\ud800x", ["x"]],
  ["x".repeat(MAX_WORD_CHARACTERS + 1), ["x".repeat(MAX_WORD_CHARACTERS), "x"]],
])("%j", (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());

test("any text: the words and their places are the same, in order, and hold nothing but letters and digits", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const places = [...wordPlaces(text)];
      expect(places.map(({ word }) => word)).toEqual(wordsOf(text));
      for (const { word, start, end } of places) {
        expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
        expect(word.length).toBeLessThanOrEqual(2 * MAX_WORD_CHARACTERS);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});

test("any word that was found is found again as it is", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const word of wordsOf(text)) expect(wordsOf(word)).toEqual([word]);
    }),
  );
});
