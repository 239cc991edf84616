import { describe, expect, test } from "vitest";
import { importParts } from "../../../../renderer/stores/importParts.ts";

describe("an export is cut", () => {
  test("as CSV at the ends of lines, each piece with the first line", () => {
    const source = "a,b\r\n1,x\r\n2,y\r\n3,z\r\n";
    expect(importParts(source, 15)).toEqual([
      { text: "a,b\r\n1,x\r\n2,y\r\n", linesBefore: 0 },
      { text: "a,b\r\n3,z\r\n", linesBefore: 2 },
    ]);
  });

  test("never within quotes", () => {
    const source = 'a\n"one\ntwo ""three"""\nfour';
    expect(importParts(source, 1)).toEqual([
      { text: 'a\n"one\ntwo ""three"""\n', linesBefore: 0 },
      { text: "a\nfour", linesBefore: 2 },
    ]);
  });

  test("as JSON between its entries", () => {
    expect(importParts('\uFEFF[{"a":1},\n{"a":2},{"a":3}]', 18)).toEqual([
      { text: '[{"a":1},{"a":2}]', linesBefore: 0 },
      { text: '[{"a":3}]', linesBefore: 2 },
    ]);
  });

  test.each([
    ["a first line alone", "a,b", [{ text: "a,b", linesBefore: 0 }]],
    ["nothing", "", []],
    ["no entries", "[]", []],
    ["half of an export", '[{"a":1},', null],
  ])("%s", (_name, source, parts) => {
    expect(importParts(source, 100)).toEqual(parts);
  });
});
