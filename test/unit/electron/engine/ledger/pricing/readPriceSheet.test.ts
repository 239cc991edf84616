import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonMistake, parseLocatedJson } from "../../../../../../electron/engine/ledger/pricing/parseLocatedJson.ts";
import { readPriceSheet } from "../../../../../../electron/engine/ledger/pricing/readPriceSheet.ts";

const RATES = `{ "input": 1, "output": 2, "cacheRead": 0.1, "cacheWrite5m": 1.25, "cacheWrite1h": 2 }`;

/** The first line of an entry is line 4. */
function fileWith(...entryLines: readonly string[]): string {
  return ["{", '"asOf": "2026-11-20",', '"prices": [', ...entryLines, "]}"].join("\n");
}

test("a file is read, what it leaves out being left to the sources beneath", () => {
  const text = `\uFEFF${fileWith(`{ "models": ["a", "b"], "from": "2026-01-01", "rates": ${RATES}, "fast": 1.5, "note": "n" }`)}`;
  expect(readPriceSheet("user", text)).toEqual({
    kind: "sheet",
    sheet: {
      source: "user",
      asOf: "2026-11-20",
      entries: [
        {
          models: ["a", "b"],
          from: "2026-01-01",
          to: null,
          rates: { input: 1, output: 2, cacheRead: 0.1, cacheWrite5m: 1.25, cacheWrite1h: 2 },
          tiers: [],
          multipliers: { fast: 1.5 },
          webSearchPerThousand: null,
          note: "n",
        },
      ],
    },
  });
});

describe("a mistake is named by its line", () => {
  test.each([
    { name: "empty", text: "", line: 1, says: "ends too early" },
    { name: "a list", text: "[]", line: 1, says: "expected object" },
    { name: "no date", text: '{\n"prices": []\n}', line: 1, says: "asOf" },
    { name: "cut off", text: fileWith("{").slice(0, -3), line: 4, says: "name in double quotes" },
    { name: "trailing comma", text: fileWith('{ "models": ["a"],', "}"), line: 5, says: "name in double quotes" },
    { name: "a word", text: fileWith('{ "models": ["a"],', '"fast": twice }'), line: 5, says: "a value is expected" },
    {
      name: "a doubled name",
      text: fileWith('{ "models": ["a"],', '"fast": 1,', '"fast": 2 }'),
      line: 6,
      says: "given twice",
    },
    { name: "an open text", text: fileWith('{ "models": ["a'), line: 4, says: "no end" },
    { name: "more after the end", text: `${fileWith()}\n,`, line: 5, says: "follow the outermost" },
    { name: "a text as number", text: fileWith('{ "models": ["a"],', '"fast": "2" }'), line: 5, says: "fast" },
    { name: "no models", text: fileWith("{", '"models": [] }'), line: 5, says: "models" },
    { name: "an unknown name", text: fileWith('{ "models": ["a"],', '"fats": 2 }'), line: 5, says: "fats" },
    {
      name: "a negative rate",
      text: fileWith('{ "models": ["a"], "rates": {', RATES.replace("{", "").replace("2,", "-2,"), "}"),
      line: 5,
      says: "rates.output",
    },
    {
      name: "a rate too many decimals",
      text: fileWith(`{ "models": ["a"],`, `"rates": ${RATES.replace("0.1,", "0.0000001,")} }`),
      line: 5,
      says: "six decimals",
    },
    {
      name: "a huge rate",
      text: fileWith(`{ "models": ["a"],`, `"rates": ${RATES.replace("1,", "1e9,")} }`),
      line: 5,
      says: "rates.input",
    },
    {
      name: "half the rates",
      text: fileWith('{ "models": ["a"],', '"rates": { "input": 1 } }'),
      line: 5,
      says: "rates.output",
    },
    {
      name: "no such day",
      text: fileWith('{ "models": ["a"],', '"from": "2026-02-30" }'),
      line: 5,
      says: "must be a day",
    },
    {
      name: "an end before its start",
      text: fileWith('{ "models": ["a"],', '"from": "2026-02-02",', '"to": "2026-02-01" }'),
      line: 6,
      says: "before",
    },
    {
      name: "rates of all models",
      text: fileWith('{ "models": ["*"],', `"rates": ${RATES} }`),
      line: 5,
      says: "multipliers only",
    },
    {
      name: "a tier without rates",
      text: fileWith('{ "models": ["a"],', '"tiers": [', `{ "abovePromptTokens": 5, "rates": ${RATES} }] }`),
      line: 5,
      says: "need",
    },
    {
      name: "tiers out of order",
      text: fileWith(
        `{ "models": ["a"], "rates": ${RATES}, "tiers": [`,
        `{ "abovePromptTokens": 9, "rates": ${RATES} },`,
        `{ "abovePromptTokens": 5, "rates": ${RATES} }`,
        "]}",
      ),
      line: 6,
      says: "ascending",
    },
    {
      name: "two prices on a day",
      text: fileWith(
        '{ "models": ["a"], "to": "2026-02-01" },',
        '{ "models": ["b"] },',
        '{ "models": ["A"], "from": "2026-02-01" }',
      ),
      line: 6,
      says: "further up",
    },
  ])("$name", ({ text, line, says }) => {
    expect(readPriceSheet("user", text)).toEqual({
      kind: "problem",
      problem: { line, message: expect.stringContaining(says) },
    });
  });
});

describe("parseLocatedJson", () => {
  test("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1, 2), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(parseLocatedJson(JSON.stringify(value, null, indent)).value).toEqual(value);
      }),
    );
  });

  test("refuses what JSON.parse refuses, by a JsonMistake", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-", "null", "\n", "\\")),
        (parts) => {
          const text = parts.join("");
          const outcome = (read: () => unknown): string => {
            try {
              read();
              return "read";
            } catch (error) {
              return error instanceof JsonMistake || error instanceof SyntaxError ? "refused" : String(error);
            }
          };
          const hasDoubledNames = /"a"[\s\S]*:[\s\S]*"a"[\s\S]*:/u.test(text);
          if (!hasDoubledNames) expect(outcome(() => parseLocatedJson(text))).toBe(outcome(() => JSON.parse(text)));
        },
      ),
    );
  });

  test("refuses nesting that would exhaust the stack", () => {
    expect(() => parseLocatedJson("[".repeat(100_000))).toThrow(JsonMistake);
  });
});
