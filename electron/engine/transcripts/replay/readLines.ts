/**
 * Lines of a transcript from any place, in either direction. Owns one chunk at a time; knows nothing about records.
 * Invariants: how the bytes come in chunks never shows in the lines; only lines with a line end are told; memory stays
 * below a chunk and the longest line that is read whole; the event loop runs between two chunks.
 */
import { Buffer } from "node:buffer";
import { replaced, type TranscriptFile } from "./transcriptFile.ts";
import { LineAssembler, LinePieces, type TranscriptLine } from "./transcriptLine.ts";

/** Looking at this many bytes and parsing what is in them takes few milliseconds. */
const CHUNK_BYTES = 256 * 1024;

const NEWLINE = 0x0a;

export interface ReadLinesOptions {
  readonly chunkBytes?: number;
  readonly maxLineBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Lines that begin at or after `from`, which must be where a line begins, and end at or before `until`. */
export async function* linesForward(
  file: TranscriptFile,
  from: number,
  until: number,
  { chunkBytes = CHUNK_BYTES, maxLineBytes, signal }: ReadLinesOptions = {},
): AsyncGenerator<readonly TranscriptLine[], void> {
  await checkPlace(file, from);
  const chunk = Buffer.allocUnsafeSlow(Math.max(1, Math.min(chunkBytes, until - from)));
  const assembler = new LineAssembler(maxLineBytes);
  for (let position = from; position < until;) {
    signal?.throwIfAborted();
    const length = Math.min(chunk.length, until - position);
    await file.fill(chunk, length, position);
    const lines = assembler.push(chunk.subarray(0, length), position);
    position += length;
    if (lines.length > 0) yield lines;
  }
}

/**
 * Lines that end at or before `before`, the last one first. What follows the last line end before that place is an
 * incomplete line and is left alone.
 */
export async function* linesBackward(
  file: TranscriptFile,
  before: number,
  { chunkBytes = CHUNK_BYTES, maxLineBytes, signal }: ReadLinesOptions = {},
): AsyncGenerator<readonly TranscriptLine[], void> {
  if (before > file.size) throw replaced();
  const chunk = Buffer.allocUnsafeSlow(Math.max(1, Math.min(chunkBytes, before)));
  const pieces = new LinePieces(maxLineBytes);
  let isInsideLine = false;
  for (let position = before; position > 0;) {
    signal?.throwIfAborted();
    const length = Math.min(chunk.length, position);
    position -= length;
    await file.fill(chunk, length, position);
    const lines: TranscriptLine[] = [];
    let end = length;
    for (let newline = lastNewline(chunk, end); newline !== -1; newline = lastNewline(chunk, end)) {
      const start = newline + 1;
      if (isInsideLine) lines.push(pieces.finish(chunk.subarray(start, end), "before", position + start));
      isInsideLine = true;
      end = newline;
    }
    if (isInsideLine && position === 0) lines.push(pieces.finish(chunk.subarray(0, end), "before", 0));
    else if (isInsideLine && end > 0) pieces.prepend(chunk.subarray(0, end));
    if (lines.length > 0) yield lines;
  }
}

/** Bytes that are looked at to find the last line end: most lines are shorter. */
const END_BYTES = 16 * 1024;

/** Where the last whole line ends that ends at or before `before`; 0 when there is none. */
export async function endOfLines(file: TranscriptFile, before: number): Promise<number> {
  for await (const [last] of linesBackward(file, before, { chunkBytes: END_BYTES, maxLineBytes: END_BYTES })) {
    if (last !== undefined) return last.endOffset;
  }
  return 0;
}

function lastNewline(chunk: Buffer, end: number): number {
  return end === 0 ? -1 : chunk.lastIndexOf(NEWLINE, end - 1);
}

/**
 * Makes sure that a line begins at this place.
 * @throws RequestError `transcript_missing` when none does: another file stands there now.
 */
export async function checkPlace(file: TranscriptFile, offset: number): Promise<void> {
  if (!(await isLineStart(file, offset))) throw replaced();
}

/** Whether a line begins at this place, or can begin there once the file grows. */
export async function isLineStart(file: TranscriptFile, offset: number): Promise<boolean> {
  if (offset === 0) return true;
  if (offset > file.size) return false;
  const before = Buffer.allocUnsafe(1);
  await file.fill(before, 1, offset - 1);
  return before[0] === NEWLINE;
}
