import { Buffer } from "node:buffer";

/**
 * The longest line that is read whole. A tool result with several images is some megabytes; decoding and parsing more in
 * one piece would hold up the host.
 */
export const MAX_LINE_BYTES = 8 * 1024 * 1024;

/** What is kept of a line over the limit: enough to see what it was. */
const KEPT_HEAD_BYTES = 8 * 1024;

/** A complete line of a transcript, without its line end. */
export interface TranscriptLine {
  /** Where it begins, in bytes from the start of the file. */
  readonly offset: number;
  /** Where the next one begins. */
  readonly endOffset: number;
  /** The line, or only its beginning when it is over the limit. Good until the next lines are asked for. */
  readonly bytes: Buffer;
  /** Bytes that `bytes` lacks; 0 when the line is whole. */
  readonly omittedBytes: number;
}

/**
 * Collects the pieces of a line that is spread over several reads, in either direction, and lets go of all but its
 * beginning once it is over the limit.
 */
export class LinePieces {
  #pieces: Buffer[] = [];
  #length = 0;
  #isTooLong = false;
  readonly #maxBytes: number;

  constructor(maxBytes = MAX_LINE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#length;
  }

  /** Adds what comes after all others. The bytes are copied: the buffer they are in is read into again. */
  append(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#isTooLong) return;
    this.#pieces.push(Buffer.from(piece));
    if (this.#length <= this.#maxBytes) return;
    this.#isTooLong = true;
    this.#pieces = [Buffer.from(Buffer.concat(this.#pieces).subarray(0, KEPT_HEAD_BYTES))];
  }

  /** Adds what comes before all others. */
  prepend(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length > this.#maxBytes) this.#isTooLong = true;
    const kept = this.#isTooLong ? piece.subarray(0, KEPT_HEAD_BYTES) : piece;
    this.#pieces.unshift(Buffer.from(kept));
    // One earlier beginning stays, because this piece may be shorter than what is kept of a line.
    if (this.#isTooLong) this.#pieces = [Buffer.from(Buffer.concat(this.#pieces).subarray(0, KEPT_HEAD_BYTES))];
  }

  /** The line that the pieces and one last piece make up, which begins at `offset`; the pieces are empty afterwards. */
  finish(last: Buffer, where: "before" | "after", offset: number): TranscriptLine {
    const endOffset = offset + this.#length + last.length + 1;
    if (this.#length === 0) return lineOf(last, offset, endOffset, this.#maxBytes);
    if (where === "before") this.prepend(last);
    else this.append(last);
    const bytes =
      this.#pieces.length === 1 && this.#pieces[0] !== undefined ? this.#pieces[0] : Buffer.concat(this.#pieces);
    const omittedBytes = this.#isTooLong ? this.#length - bytes.length : 0;
    this.#pieces = [];
    this.#length = 0;
    this.#isTooLong = false;
    return { offset, endOffset, bytes, omittedBytes };
  }
}

function lineOf(bytes: Buffer, offset: number, endOffset: number, maxBytes: number): TranscriptLine {
  if (bytes.length <= maxBytes) return { offset, endOffset, bytes, omittedBytes: 0 };
  const head = bytes.subarray(0, KEPT_HEAD_BYTES);
  return { offset, endOffset, bytes: head, omittedBytes: bytes.length - head.length };
}

const NEWLINE = 0x0a;

/** Splits bytes that come in order into lines, and keeps the line that is not complete yet. */
export class LineAssembler {
  readonly #pieces: LinePieces;

  constructor(maxLineBytes?: number) {
    this.#pieces = new LinePieces(maxLineBytes);
  }

  /** Bytes of the incomplete line that were given so far. */
  get pendingBytes(): number {
    return this.#pieces.length;
  }

  /** The lines that these bytes complete. `position`: where in the file they are. */
  push(bytes: Buffer, position: number): readonly TranscriptLine[] {
    const lines: TranscriptLine[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      lines.push(this.#pieces.finish(bytes.subarray(start, end), "after", position + start - this.#pieces.length));
      start = end + 1;
    }
    if (start < bytes.length) this.#pieces.append(bytes.subarray(start));
    return lines;
  }
}
