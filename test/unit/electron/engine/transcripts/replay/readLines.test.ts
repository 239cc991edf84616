import { truncate, writeFile, chmod, mkdir } from "node:fs/promises";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  endOfLines,
  linesBackward,
  linesForward,
} from "../../../../../../electron/engine/transcripts/replay/readLines.ts";
import {
  type TranscriptFile,
  withTranscript,
} from "../../../../../../electron/engine/transcripts/replay/transcriptFile.ts";
import { temporaryFolder, transcriptFile } from "./transcriptFixture.ts";

/** A file in memory, which reads as slowly or as oddly as a test wants. */
function fileOf(content: Buffer): TranscriptFile {
  return {
    size: content.length,
    identity: "memory",
    fill: async (into, length, position) => {
      content.copy(into, 0, position, position + length);
    },
  };
}

type Seen = readonly [offset: number, endOffset: number, text: string, omitted: number];

async function collect(lines: ReturnType<typeof linesForward>): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for await (const some of lines) {
    for (const { offset, endOffset, bytes, omittedBytes } of some) {
      seen.push([offset, endOffset, bytes.toString("latin1"), omittedBytes]);
    }
  }
  return seen;
}

/** The complete lines, found the plain way. */
function expectedLines(content: Buffer): readonly Seen[] {
  const texts = content.toString("latin1").split("\n").slice(0, -1);
  let offset = 0;
  return texts.map((text) => {
    const begin = offset;
    offset += text.length + 1;
    return [begin, offset, text, 0];
  });
}

const content = fc
  .array(fc.oneof(fc.constantFrom("\n", "\n\n", "é", "🏳️‍🌈", "\r\n", "\0"), fc.string({ maxLength: 12 })), {
    maxLength: 30,
  })
  .map((parts) => Buffer.from(parts.join("")));

describe("lines of a transcript", () => {
  it("are the same however the bytes are cut, in both directions", async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.integer({ min: 1, max: 40 }), async (bytes, chunkBytes) => {
        const file = fileOf(bytes);
        const expected = expectedLines(bytes);
        expect(await collect(linesForward(file, 0, file.size, { chunkBytes }))).toEqual(expected);
        expect(await collect(linesBackward(file, file.size, { chunkBytes }))).toEqual(expected.toReversed());
        expect(await endOfLines(file, file.size)).toBe(expected.at(-1)?.[1] ?? 0);
      }),
    );
  });

  it("begin and end anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.nat(30), fc.integer({ min: 1, max: 9 }), async (bytes, nth, chunkBytes) => {
        const file = fileOf(bytes);
        const expected = expectedLines(bytes);
        const place = expected[nth % Math.max(1, expected.length)]?.[0] ?? 0;
        const options = { chunkBytes };
        expect(await collect(linesForward(file, place, file.size, options))).toEqual(
          expected.filter(([offset]) => offset >= place),
        );
        expect(await collect(linesForward(file, 0, place, options))).toEqual(
          expected.filter(([, end]) => end <= place),
        );
        expect(await collect(linesBackward(file, place, options))).toEqual(
          expected.filter(([, end]) => end <= place).toReversed(),
        );
      }),
    );
  });

  it("over the limit keep their beginning only, in both directions", async () => {
    const long = "x".repeat(50_000);
    const file = fileOf(Buffer.from(`a\n${long}\nb\n`));
    const options = { chunkBytes: 1000, maxLineBytes: 20_000 };
    const expected: readonly Seen[] = [
      [0, 2, "a", 0],
      [2, 50_003, long.slice(0, 8192), 50_000 - 8192],
      [50_003, 50_005, "b", 0],
    ];
    expect(await collect(linesForward(file, 0, file.size, options))).toEqual(expected);
    expect(await collect(linesBackward(file, file.size, options))).toEqual(expected.toReversed());
    const wide = { chunkBytes: 100_000, maxLineBytes: 20_000 };
    expect(await collect(linesForward(file, 0, file.size, wide))).toEqual(expected);
    expect(await collect(linesBackward(file, file.size, wide))).toEqual(expected.toReversed());
  });

  it("stop when the reading is aborted", async () => {
    const file = fileOf(Buffer.from("a\nb\nc\n"));
    const abort = new AbortController();
    const lines = linesForward(file, 0, file.size, { chunkBytes: 2, signal: abort.signal });
    await lines.next();
    abort.abort(new Error("enough"));
    await expect(lines.next()).rejects.toThrow("enough");
  });
});

describe("a transcript that is not what it was", () => {
  const missing = { name: "RequestError", code: "transcript_missing" };

  it("is missing when there is no file", async () => {
    const path = join(await temporaryFolder(), "none.jsonl");
    await expect(withTranscript(path, async () => 1)).rejects.toMatchObject(missing);
  });

  it("is missing when a folder stands there", async () => {
    const path = join(await temporaryFolder(), "folder.jsonl");
    await mkdir(path);
    await expect(withTranscript(path, async () => 1)).rejects.toMatchObject(missing);
  });

  it.skipIf(process.getuid?.() === 0)("is missing when it may not be read", async () => {
    const path = await transcriptFile("a\n");
    await chmod(path, 0);
    await expect(withTranscript(path, async () => 1)).rejects.toMatchObject(missing);
  });

  it("is missing when it is cut while it is read", async () => {
    const path = await transcriptFile("a\nb\n");
    const reading = withTranscript(path, async (file) => {
      await truncate(path, 1);
      return collect(linesForward(file, 0, file.size));
    });
    await expect(reading).rejects.toMatchObject(missing);
  });

  it("is missing when no line begins at a place any more", async () => {
    const path = await transcriptFile("a\nb\n");
    await writeFile(path, "another\nfile\n");
    const reading = withTranscript(path, (file) => collect(linesForward(file, 2, file.size)));
    await expect(reading).rejects.toMatchObject(missing);
  });
});
