/**
 * Reads one transcript file, or what was appended to it, into facts and API messages. Synchronous: it runs in a worker.
 * Invariants: what is handed out is whole records up to `offset`, and nothing after; how the file came in pieces never
 * shows in it; a broken line is counted and never ends the reading; a file that is not the one an earlier reading knew is read from its beginning.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { emptyFacts, type FileFacts } from "./fileFacts.ts";
import { ReadSample } from "./fingerprint.ts";
import type { FileStat } from "./findTranscripts.ts";
import { LineReader, type LineReaderOptions } from "./lineReader.ts";
import type { MessageCopy } from "./messageCopy.ts";
import { RecordGathering } from "./recordGathering.ts";

/** What is known of a file from an earlier reading. */
export interface EarlierReading {
  readonly identity: string;
  readonly offset: number;
  readonly fingerprint: string;
  readonly facts: FileFacts;
}

export interface ScanTask {
  readonly path: string;
  /** The session that the path names; null when only the records say it. */
  readonly sessionId: string | null;
  readonly isSubagentFile: boolean;
  readonly earlier: EarlierReading | null;
}

/** A running total that the CLI wrote down when a process ended. */
export interface ReadTotal {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  readonly costUsd: number;
  /** When the count began, which goes on over resumes and in forks; missing when it does not say. */
  readonly beganMs?: number;
}

/** What was read so far. Facts are those of the whole file up to `offset`, messages and totals those since the last part. */
export interface ScanPart extends FileStat {
  readonly offset: number;
  readonly fingerprint: string;
  readonly facts: FileFacts;
  readonly copies: readonly MessageCopy[];
  readonly totals: readonly ReadTotal[];
  /** True when the file was read from its beginning though an earlier reading was known: it is another file now. */
  readonly isAnew: boolean;
  /** True for the last part. */
  readonly isDone: boolean;
}

/** A part as it is written: its messages may be there for one time only. */
export type PartToWrite = Omit<ScanPart, "copies"> & { readonly copies: Iterable<MessageCopy> };

/** A part is handed out after this many bytes or messages, so that neither a kill nor the writing of it costs much. */
const PART_BYTES = 32 * 1024 * 1024;
const PART_MESSAGES = 512;

interface PartWise {
  readonly part: (offset: number, isDone: boolean) => void;
  /** Asked after each chunk. */
  readonly goesOn: () => boolean;
}

/** Owns the buffers of one worker. */
export class TranscriptScanner {
  readonly #lines: LineReader;

  constructor(options: LineReaderOptions = {}) {
    this.#lines = new LineReader(options);
  }

  /**
   * Answers whether the file was read to its end: `isStopped` is asked between chunks, and what was read is handed out.
   * @throws the system's error (`ENOENT`, `EACCES`, `EISDIR`, …) when the file cannot be read.
   */
  scan(task: ScanTask, onPart: (part: ScanPart) => void, isStopped: () => boolean = () => false): boolean {
    const file = openSync(task.path, "r");
    try {
      const state = fstatSync(file);
      const stat = { identity: `${state.dev}:${state.ino}`, sizeBytes: state.size, modifiedMs: state.mtimeMs };
      const { earlier } = task;
      const isLikely = earlier !== null && earlier.identity === stat.identity && earlier.offset <= stat.sizeBytes;
      const known = new ReadSample(file, isLikely ? earlier.offset : 0);
      const isSame = isLikely && known.fingerprint === earlier.fingerprint;
      const reading = new RecordGathering(task, isSame ? earlier.facts : emptyFacts());
      const isAnew = earlier !== null && !isSame;
      const from = isSame ? earlier.offset : 0;
      const sample = isSame ? known : new ReadSample(file, 0);
      const part = (offset: number, isDone: boolean): void =>
        onPart({ ...stat, offset, fingerprint: sample.fingerprint, ...reading.take(), isAnew, isDone });
      let isEnded = true;
      const goesOn = (): boolean => (isEnded = !isStopped());
      const offset = this.#read({ file, from, sample }, reading, { part, goesOn });
      part(offset, isEnded);
      return isEnded;
    } finally {
      closeSync(file);
    }
  }

  #read(
    { file, from, sample }: { readonly file: number; readonly from: number; readonly sample: ReadSample },
    reading: RecordGathering,
    { part, goesOn }: PartWise,
  ): number {
    let partFrom = from;
    return this.#lines.read((into, at, length, position) => readSync(file, into, at, length, position), from, {
      onLine: (bytes, start, end, offset) => reading.line(bytes, start, end, offset),
      onRest: (bytes, start, end, offset) => reading.rest(bytes, start, end, offset),
      onTooLong: () => reading.tooLong(),
      isUnwanted: (bytes, start, end) => reading.isUnwanted(bytes, start, end),
      onLetGo: (bytes, end, isTold) => sample.add(bytes, end, isTold),
      onProgress: (nextOffset) => {
        if (!goesOn()) return false;
        if (nextOffset - partFrom < PART_BYTES && reading.messageCount < PART_MESSAGES) return true;
        partFrom = nextOffset;
        part(nextOffset, false);
        return true;
      },
    });
  }
}
