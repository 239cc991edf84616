/**
 * Owns: how far a growing transcript was read, and the line that is not complete yet.
 * Knows nothing about: when the file changes; whoever does pokes.
 * Invariants: each record is told once and in order; one reading at a time, pokes meanwhile become one more; memory
 * stays below a chunk and the longest line that is read whole; the event loop runs between two chunks.
 */
import { Buffer } from "node:buffer";
import type { JsonObject } from "../../../../shared/model/json.ts";
import { isLineStart } from "./readLines.ts";
import { type TranscriptFile, withTranscript } from "./transcriptFile.ts";
import { LineAssembler } from "./transcriptLine.ts";
import { readRecord } from "./transcriptRecord.ts";

/** Small, because what is done with the records of a chunk is done in one go. */
const CHUNK_BYTES = 64 * 1024;

export interface TranscriptTailOptions {
  /** Where to begin, in bytes: the end of a line. */
  readonly from: number;
  /** Records in the order of the file, those that say nothing left out. */
  readonly onRecords: (records: readonly JsonObject[]) => void;
  /** The file was cut or replaced: all of it is told again from its start. */
  readonly onReset: () => void;
}

export interface TranscriptTail {
  /** Bytes of whole lines that were read so far. */
  readonly offset: number;
  /**
   * Reads what was appended and resolves when the end is reached that the file had when it was opened for it.
   * @throws RequestError `transcript_missing` when the file is gone; a later poke tries again.
   */
  readonly poke: () => Promise<void>;
  /** Nothing is told after this. */
  readonly close: () => void;
}

export function openTranscriptTail(path: string, options: TranscriptTailOptions): TranscriptTail {
  return new Tail(path, options);
}

class Tail implements TranscriptTail {
  readonly #path: string;
  readonly #options: TranscriptTailOptions;
  #assembler = new LineAssembler();
  /** Bytes read so far, the incomplete line included. */
  #position: number;
  #identity: string | null = null;
  #running: Promise<void> | null = null;
  #isPokedAgain = false;
  #isClosed = false;

  constructor(path: string, options: TranscriptTailOptions) {
    this.#path = path;
    this.#options = options;
    this.#position = options.from;
  }

  get offset(): number {
    return this.#position - this.#assembler.pendingBytes;
  }

  readonly poke = (): Promise<void> => {
    this.#isPokedAgain = true;
    this.#running ??= this.#readAll().finally(() => {
      this.#running = null;
    });
    return this.#running;
  };

  readonly close = (): void => {
    this.#isClosed = true;
  };

  async #readAll(): Promise<void> {
    while (this.#isPokedAgain && !this.#isClosed) {
      this.#isPokedAgain = false;
      await withTranscript(this.#path, (file) => this.#readNew(file));
    }
  }

  async #readNew(file: TranscriptFile): Promise<void> {
    if (await this.#isAnother(file)) this.#startOver();
    this.#identity = file.identity;
    const chunk = Buffer.allocUnsafe(Math.max(0, Math.min(CHUNK_BYTES, file.size - this.#position)));
    while (this.#position < file.size && !this.#isClosed) {
      const length = Math.min(chunk.length, file.size - this.#position);
      await file.fill(chunk, length, this.#position);
      const lines = this.#assembler.push(chunk.subarray(0, length), this.#position);
      this.#position += length;
      const records = lines.map((line) => readRecord(line)?.record).filter((record) => record !== undefined);
      if (records.length > 0 && !this.#isClosed) this.#options.onRecords(records);
    }
  }

  /** Whether the file is another one than before, or was written anew. */
  async #isAnother(file: TranscriptFile): Promise<boolean> {
    if (this.#identity !== null && this.#identity !== file.identity) return true;
    return file.size < this.#position || !(await isLineStart(file, this.offset));
  }

  #startOver(): void {
    this.#assembler = new LineAssembler();
    this.#position = 0;
    if (!this.#isClosed) this.#options.onReset();
  }
}
