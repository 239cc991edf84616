import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createLineSplitter } from "../../../../../electron/engine/claude/lineSplitter.ts";

interface Split {
  readonly lines: readonly string[];
  readonly tooLong: readonly { readonly head: string; readonly omittedBytes: number }[];
}

function split(chunks: readonly Uint8Array[], maxLineBytes?: number): Split {
  const lines: string[] = [];
  const tooLong: { head: string; omittedBytes: number }[] = [];
  const splitter = createLineSplitter({
    onLine: (line) => lines.push(line),
    onTooLong: (head, omittedBytes) => tooLong.push({ head, omittedBytes }),
    ...(maxLineBytes === undefined ? {} : { maxLineBytes }),
  });
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.flush();
  return { lines, tooLong };
}

function cut(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const places = [0, ...cuts.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n]/gu, ""));

test("how the bytes are cut never shows in the lines", () => {
  const cases = fc.record({
    lines: fc.array(fc.record({ text: line, end: fc.constantFrom("\n", "\r\n") })),
    cuts: fc.array(fc.nat()),
  });
  fc.assert(
    fc.property(cases, ({ lines, cuts }) => {
      const bytes = Buffer.from(lines.map(({ text, end }) => text + end).join(""));
      expect(split(cut(bytes, cuts))).toEqual({ lines: lines.map(({ text }) => text), tooLong: [] });
    }),
  );
});

test("a last line without a line end is a line, and nothing is none", () => {
  expect(split([Buffer.from("one\ntw"), Buffer.from("o")]).lines).toEqual(["one", "two"]);
  expect(split([Buffer.from("one\n")]).lines).toEqual(["one"]);
  expect(split([]).lines).toEqual([]);
});

test("a carriage return inside a line stays", () => {
  expect(split([Buffer.from("a\rb\r\n")]).lines).toEqual(["a\rb"]);
});

test("a line over the limit is told by its head, and the lines after it are whole", () => {
  const chunks = ["ok\n", "abcdef", "ghijkl", "mno\nnext\n"].map((text) => Buffer.from(text));
  expect(split(chunks, 8)).toEqual({ lines: ["ok", "next"], tooLong: [{ head: "abcdefgh", omittedBytes: 7 }] });
});

test("a line of exactly the limit is a line", () => {
  expect(split([Buffer.from("12345678\n")], 8)).toEqual({ lines: ["12345678"], tooLong: [] });
});

test("a line over the limit that never ends is told when the pipe does", () => {
  const chunks = ["0123456789", "0123456789"].map((text) => Buffer.from(text));
  expect(split(chunks, 4)).toEqual({ lines: [], tooLong: [{ head: "0123", omittedBytes: 16 }] });
});
