/**
 * Bytes of a source to lines, without copying them: a line is a range of the one buffer that is read into.
 * Invariants: how the bytes come in pieces never shows in the lines or their offsets; the buffer grows only for a line
 * that is wanted, up to a limit, and is small again afterwards; a last line without a line end is left for later, unless
 * whoever listens is done with it.
 */
import { Buffer } from "node:buffer";

/** Large enough that reading costs little beside looking at the bytes, small enough for a core's own cache. */
const CHUNK_BYTES = 256 * 1024;

/** Beyond any record seen: a tool result with a few images is some 20 MB. Each scanning thread may take this much. */
export const MAX_LINE_BYTES = 32 * 1024 * 1024;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Reads into the buffer at a place and answers how many bytes came; 0 at the end. */
export type ReadBytes = (into: Buffer, at: number, length: number, position: number) => number;

export interface LineListener {
  /** A complete line without its line end: the range `start` to `end` of `bytes`, at `offset` of the source. */
  readonly onLine: (bytes: Buffer, start: number, end: number, offset: number) => void;
  /** A line over the limit was passed over. */
  readonly onTooLong: (offset: number) => void;
  /** The bytes up to here are done with; answering false stops the reading. */
  readonly onProgress: (nextOffset: number) => boolean;
  /**
   * The source ends in a line without an end: answers up to where it is done with, `start` when it is left for later.
   */
  readonly onRest?: (bytes: Buffer, start: number, end: number, offset: number) => number;
  /** The next bytes of the source, up to `end`, are let go; `isTold` unless they are of a line that is passed over. */
  readonly onLetGo?: (bytes: Buffer, end: number, isTold: boolean) => void;
  /** True when a line that begins like this is not wanted: it then needs no room, however long. */
  readonly isUnwanted: (bytes: Buffer, start: number, end: number) => boolean;
}

export interface LineReaderOptions {
  readonly chunkBytes?: number;
  readonly maxLineBytes?: number;
}

/** Owns one buffer; reads one source at a time. */
export class LineReader {
  readonly #chunkBytes: number;
  readonly #maxLineBytes: number;
  #buffer: Buffer;

  constructor({ chunkBytes = CHUNK_BYTES, maxLineBytes = MAX_LINE_BYTES }: LineReaderOptions = {}) {
    this.#chunkBytes = chunkBytes;
    this.#maxLineBytes = maxLineBytes;
    this.#buffer = Buffer.allocUnsafeSlow(chunkBytes);
  }

  /** Reads lines from `from` until the source ends. Answers the offset after the last complete line. */
  read(source: ReadBytes, from: number, listener: LineListener): number {
    let filled = 0;
    /** Offset in the source of the buffer's first byte; what is before `lineStart` of it has been told. */
    let base = from;
    /** Where a line that is passed over begins; -1 when none is. */
    let passing = -1;
    let isReported = false;
    for (;;) {
      const came = source(this.#buffer, filled, this.#buffer.length - filled, base + filled);
      if (came === 0) {
        if (passing === -1 && filled > 0) base += this.#tellRest(filled, base, listener);
        break;
      }
      const searchFrom = filled;
      filled += came;
      let start = 0;
      let newline = indexOfNewline(this.#buffer, searchFrom, filled);
      while (newline !== -1) {
        if (passing === -1) listener.onLine(this.#buffer, start, trimmed(this.#buffer, start, newline), base + start);
        else if (isReported) listener.onTooLong(passing);
        passing = -1;
        start = newline + 1;
        newline = indexOfNewline(this.#buffer, start, filled);
      }
      if (passing === -1 && start === 0 && filled === this.#buffer.length) {
        const isUnwanted = listener.isUnwanted(this.#buffer, 0, filled);
        if (isUnwanted || filled >= this.#maxLineBytes) {
          passing = base;
          isReported = !isUnwanted;
        } else this.#grow(filled);
      }
      if (passing !== -1) start = filled;
      listener.onLetGo?.(this.#buffer, start, passing === -1);
      this.#buffer.copy(this.#buffer, 0, start, filled);
      filled -= start;
      base += start;
      if (!listener.onProgress(passing === -1 ? base : passing)) break;
    }
    if (this.#buffer.length > this.#chunkBytes) this.#buffer = Buffer.allocUnsafeSlow(this.#chunkBytes);
    return passing === -1 ? base : passing;
  }

  /** Answers how many bytes of it are done with. */
  #tellRest(filled: number, base: number, listener: LineListener): number {
    const end = listener.onRest?.(this.#buffer, 0, filled, base) ?? 0;
    if (end > 0) listener.onLetGo?.(this.#buffer, end, true);
    return end;
  }

  #grow(filled: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.min(this.#maxLineBytes, this.#buffer.length * 4));
    this.#buffer.copy(larger, 0, 0, filled);
    this.#buffer = larger;
  }
}

function indexOfNewline(buffer: Buffer, from: number, end: number): number {
  // The bytes after `end` are old: a newline found there is none.
  const found = buffer.indexOf(NEWLINE, from);
  return found < end ? found : -1;
}

function trimmed(buffer: Buffer, start: number, end: number): number {
  return end > start && buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
}
