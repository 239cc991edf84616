import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  insideWordExpression,
  wholeWordExpression,
} from "../../../../../../electron/engine/transcripts/search/matchExpression.ts";
import { MAX_TERMS, searchTerms } from "../../../../../../electron/engine/transcripts/search/searchTerms.ts";

test.each<[string, string]>([
  ["one", '"one" *'],
  ["one ", '"one"'],
  ["one two", '"one" AND "two" *'],
  ["  One   TWO\tthree ", '"one" AND "two" AND "three"'],
  ["a", '"a"'],
  ["to", '"to" *'],
  ['"one two"', '"one two"'],
  ['"one two', '"one two" *'],
  ['x "one two" y', '"x" AND "one two" AND "y"'],
  ["foo.bar", '"foo bar" *'],
  ["foo.bar baz ", '"foo bar" AND "baz"'],
  ["検索", '"検 索"'],
  ["API検索 x", '"api 検 索" AND "x"'],
  ["one OR two NOT (three)", '"one" AND "or" AND "two" AND "not" AND "three" *'],
  ['say "" now', '"say" AND "now" *'],
  ["C++", '"c"'],
  ["", ""],
  ["— ( * ^", ""],
])("whole words: %j", (text, expression) => {
  expect(wholeWordExpression(searchTerms(text))).toBe(expression);
});

const words = (text: string, place: "inside" | "end"): readonly string[] =>
  place === "inside" ? [`pre${text}`, `in${text}side`] : [`end${text}`];

test.each<[string, string | null]>([
  ["ript", '(("ript" * OR "preript" OR "inriptside")) NOT ("ript" *)'],
  ["ript go ", '(("ript" * OR "preript" OR "inriptside") AND ("go")) NOT ("ript" AND "go")'],
  ["ipt.ts ", '(("ipt ts" * OR "endipt ts" *)) NOT ("ipt ts")'],
  ['"ript"', null],
  ["ab cd", null],
  ["検索エンジン", null],
])("parts of words: %j", (text, expression) => {
  expect(insideWordExpression(searchTerms(text), words)).toBe(expression);
});

test("a pasted text is cut", () => {
  expect(searchTerms("word ".repeat(500)).length).toBe(MAX_TERMS);
});

test("no text is a syntax error, and what a text asks for finds that text", () => {
  const database = new Database(":memory:");
  database.exec("CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = 'ascii')");
  database.exec("INSERT INTO words (rowid, text) VALUES (1, 'one two')");
  const match = database.prepare("SELECT rowid FROM words WHERE words MATCH ?");
  const odd = fc.stringMatching(/^["'*()^:+\-{}\\ \0aANDORNOTEär検😀]{0,40}$/u);
  fc.assert(
    fc.property(fc.oneof(odd, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), (text) => {
      const terms = searchTerms(text);
      if (terms.length === 0) return;
      const whole = wholeWordExpression(terms);
      const indexed = terms.flatMap((term) => term.words).join(" ");
      database.exec("DROP TABLE words");
      database.exec("CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = 'ascii')");
      database.prepare("INSERT INTO words (rowid, text) VALUES (1, ?)").run(indexed);
      expect(match.all(whole)).toEqual([{ rowid: 1 }]);
      const inside = insideWordExpression(terms, words);
      if (inside !== null) expect(match.all(inside)).toEqual([]);
    }),
    { numRuns: 300 },
  );
  database.close();
});
