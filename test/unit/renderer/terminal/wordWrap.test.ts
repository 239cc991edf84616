import fc from "fast-check";
import { expect, test } from "vitest";
import { type WrapStep, cellsOf, wrapFrom, wrapMore, wrapText } from "../../../../renderer/terminal/wordWrap.ts";

const columns = 20;

test.each<readonly [string, string, readonly string[]]>([
  ["short text", "two words", ["two words"]],
  ["a word that does not fit", "these words are too long for it", ["these words are too", "long for it"]],
  ["a word that fits exactly", "these words are tool long", ["these words are tool", "long"]],
  [
    "a word wider than a line",
    "see https://example.com/a/long/path now",
    ["see", "https://example.com/a/long/path now"],
  ],
  ["lines and blank lines", "a\n\nb", ["a", "", "b"]],
  [
    "a fence",
    "```\nconst list = [1, 2, 3, 4];\n```\nthese words are too long",
    ["```", "const list = [1, 2, 3, 4];", "```", "these words are too", "long"],
  ],
  [
    "indented code and tables",
    "    const list = [1, 2, 3];\n| a table | with cells |",
    ["    const list = [1, 2, 3];", "| a table | with cells |"],
  ],
  ["wide characters", "漢字漢字 漢字漢字 漢字", ["漢字漢字 漢字漢字", "漢字"]],
])("%s", (_name, text, lines) => {
  expect(wrapText(text, columns)).toEqual(lines);
});

test("the first line has less room behind a bullet", () => {
  expect(wrapText("these words are too long", columns, 2)).toEqual(["these words are", "too long"]);
});

const prose = fc
  .array(
    fc.constantFrom("a", "word", "longerword", "漢", " ", "  ", "\n", "- ", "`code`", "averyveryverylongwordindeed"),
  )
  .map((parts) => parts.join(""));

test("joining the lines gives the same words, and only single words are too wide", () => {
  fc.assert(
    fc.property(prose, (text) => {
      const lines = wrapText(text, columns);
      expect(lines.join(" ").match(/\S+/gu)).toEqual(text.match(/\S+/gu));
      for (const line of lines.filter((one) => !one.startsWith("    ") && !hasTooWideWord(one))) {
        expect(cellsOf(line)).toBeLessThanOrEqual(columns);
      }
    }),
  );
});

/** A word that no break could make fit: it is left to the terminal, and what follows it stands in its last row. */
function hasTooWideWord(line: string): boolean {
  return line.split(" ").some((word) => cellsOf(word) > columns);
}

/**
 * What stands on a screen after the steps. A line wider than the screen takes several rows; a step back takes away what
 * is behind a column of the last row.
 */
function screenAfter(steps: readonly WrapStep[]): readonly string[] {
  const lines = [""];
  for (const step of steps) {
    const last = lines.at(-1) ?? "";
    if (step.kind === "end") lines.push("");
    else if (step.kind === "text") lines[lines.length - 1] = last + step.text;
    else lines[lines.length - 1] = last.slice(0, lastRowOf(last) + step.column);
  }
  return lines.map((line) => line.trimEnd());
}

function lastRowOf(line: string): number {
  return Math.floor((line.length - 1) / columns) * columns;
}

test("text in pieces ends as the whole text does", () => {
  const narrow = prose.map((text) => text.replaceAll("漢", "k"));
  fc.assert(
    fc.property(narrow, fc.integer({ min: 1, max: 7 }), (text, size) => {
      let state = wrapFrom(0);
      const steps: WrapStep[] = [];
      for (let at = 0; at < text.length; at += size) {
        const next = wrapMore(state, text.slice(at, at + size), columns);
        steps.push(...next.steps);
        state = next.state;
      }
      expect(screenAfter(steps)).toEqual(wrapText(text, columns).map((line) => line.trimEnd()));
    }),
  );
});
