import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineReader } from "../../../../../electron/engine/transcripts/lineReader.ts";

interface Seen {
  readonly lines: readonly (readonly [number, string])[];
  readonly tooLong: readonly number[];
  readonly rest: number;
}

interface Limits {
  readonly chunkBytes: number;
  readonly maxLineBytes: number;
}

function readAll(content: Buffer, pieces: readonly number[], limits: Limits): Seen {
  const lines: (readonly [number, string])[] = [];
  const tooLong: number[] = [];
  let turn = 0;
  const reader = new LineReader(limits);
  const rest = reader.read(
    (into, at, length, position) => {
      const most = pieces[turn % pieces.length] ?? length;
      turn += 1;
      return content.copy(into, at, position, Math.min(content.length, position + Math.min(most, length)));
    },
    0,
    {
      onLine: (bytes, start, end, offset) => lines.push([offset, bytes.toString("latin1", start, end)]),
      onTooLong: (offset) => tooLong.push(offset),
      onProgress: () => true,
      isUnwanted: (bytes, start) => bytes[start] === 0x23,
    },
  );
  return { lines, tooLong, rest };
}

/** What the lines are, found the plain way. */
function expected(content: Buffer, maxLineBytes: number): Seen {
  const text = content.toString("latin1");
  const lines: (readonly [number, string])[] = [];
  const tooLong: number[] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
    const line = text.slice(start, end);
    if (line.length < maxLineBytes) lines.push([start, line.endsWith("\r") ? line.slice(0, -1) : line]);
    else if (!line.startsWith("#")) tooLong.push(start);
    start = end + 1;
  }
  return { lines, tooLong, rest: start };
}

describe("lines of a file", () => {
  const line = fc.tuple(fc.constantFrom("", "#"), fc.string({ unit: "binary", maxLength: 40 }));
  const text = fc
    .array(fc.tuple(line, fc.constantFrom("\n", "\r\n")))
    .map((parts) => parts.map(([[mark, body], end]) => mark + body.replaceAll("\n", "") + end).join(""));

  it("are the same however the bytes come", () => {
    fc.assert(
      fc.property(text, line, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (whole, last, pieces) => {
        const content = Buffer.from(whole + last.join("").replaceAll("\n", ""));
        const seen = readAll(content, pieces, { chunkBytes: 4, maxLineBytes: 1024 });
        const wanted = expected(content, 1024);
        // A line that is not wanted may be told or left out, as the room allows.
        const isWanted = ([, told]: readonly [number, string]): boolean => !told.startsWith("#");
        expect({ ...seen, lines: seen.lines.filter(isWanted) }).toEqual({
          ...wanted,
          lines: wanted.lines.filter(isWanted),
        });
      }),
      { numRuns: 500 },
    );
  });

  it("are passed over when too long, and what follows is read", () => {
    const content = Buffer.from(`{"a":1}\n${"x".repeat(100)}\n{"b":2}\n`);
    expect(readAll(content, [7], { chunkBytes: 8, maxLineBytes: 32 })).toEqual({
      lines: [
        [0, '{"a":1}'],
        [109, '{"b":2}'],
      ],
      tooLong: [8],
      rest: 117,
    });
  });

  it("end before a line that is too long and not complete", () => {
    const content = Buffer.from(`{"a":1}\n${"x".repeat(100)}`);
    expect(readAll(content, [64], { chunkBytes: 8, maxLineBytes: 32 })).toEqual({
      lines: [[0, '{"a":1}']],
      tooLong: [],
      rest: 8,
    });
  });
});
