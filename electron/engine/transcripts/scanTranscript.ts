/**
 * Reads one transcript file, or what was appended to it, into facts and API messages. Synchronous: it runs in a worker.
 * Invariants: what is handed out is whole lines up to `offset`, and nothing after; a broken line is counted and never
 * ends the reading; a file that is not the one an earlier reading knew is read from its beginning.
 */
import type { Buffer } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { joinedTools } from "./calledTools.ts";
import { emptyFacts, type FileFacts } from "./fileFacts.ts";
import { ReadSample } from "./fingerprint.ts";
import type { FileStat } from "./findTranscripts.ts";
import { gatherFactRecord, gatherTurnRecord } from "./gatherFacts.ts";
import { LineReader, type LineReaderOptions } from "./lineReader.ts";
import { keepCopy, type KeptCopies, type MessageCopy, NO_COPIES } from "./messageCopy.ts";
import { readMessageCopy } from "./readMessageCopy.ts";
import { RecordReader } from "./recordReader.ts";

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

/** A part is handed out after this many bytes or messages, so that neither a kill nor the writing of it costs much. */
const PART_BYTES = 32 * 1024 * 1024;
const PART_MESSAGES = 512;

const BOM = 0xef;
const BOM_BYTES = 3;

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
      const reading = new Reading(task, isSame ? earlier.facts : emptyFacts());
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
    reading: Reading,
    { part, goesOn }: PartWise,
  ): number {
    let partFrom = from;
    return this.#lines.read((into, at, length, position) => readSync(file, into, at, length, position), from, {
      onLine: (bytes, start, end, offset) => reading.line(bytes, start, end, offset),
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

/** One file's facts and messages while it is read. */
class Reading {
  readonly #task: ScanTask;
  readonly #facts: FileFacts;
  #record: RecordReader | null = null;
  #kept = new Map<string, KeptCopies>();
  #totals: ReadTotal[] = [];
  #last: { readonly copy: MessageCopy; readonly requestSessionId: string | null } | null = null;

  constructor(task: ScanTask, facts: FileFacts) {
    this.#task = task;
    this.#facts = { ...facts, models: [...facts.models] };
  }

  get messageCount(): number {
    return this.#kept.size;
  }

  line(bytes: Buffer, start: number, end: number, offset: number): void {
    if (end === start) return;
    this.#record ??= new RecordReader(bytes);
    const record = this.#record;
    const from = offset === 0 && bytes[start] === BOM ? start + BOM_BYTES : start;
    switch (record.read(bytes, from, end)) {
      case "turn":
        gatherTurnRecord(this.#facts, record, this.#task);
        this.#message(record, offset);
        break;
      case "fact":
        this.#fact(bytes.toString("utf8", from, end));
        break;
      case "broken":
        this.#facts.brokenLines += 1;
        break;
      case "skipped":
    }
  }

  #message(record: RecordReader, offset: number): void {
    const { path, sessionId, isSubagentFile } = this.#task;
    const session = sessionId ?? this.#facts.sessionId;
    if (session === null) return;
    if (this.#isRepeat(record)) return this.#addTools(record.tools);
    const { turnId, gitBranch } = this.#facts;
    const place = { path, offset, sessionId: session, isSubagentFile, turnId, gitBranch };
    const copy = readMessageCopy(record, place);
    if (copy === null) return;
    this.#kept.set(copy.messageId, keepCopy(this.#kept.get(copy.messageId) ?? NO_COPIES, copy));
    this.#last = { copy, requestSessionId: record.text("requestSessionId") };
  }

  /** What a block of the last message calls beside the ones before. */
  #addTools(called: string | null): void {
    if (called === null || this.#last === null) return;
    const { copy } = this.#last;
    const tools = joinedTools(copy.tools ?? null, called);
    if (tools === copy.tools) return;
    const more = { ...copy, tools };
    this.#kept.set(copy.messageId, keepCopy(this.#kept.get(copy.messageId) ?? NO_COPIES, more));
    this.#last = { ...this.#last, copy: more };
  }

  /** All blocks of a message but the first repeat what that one said: it is the copy that is kept. */
  #isRepeat(record: RecordReader): boolean {
    if (this.#last === null || !record.hasSameUsage || record.type !== "assistant") return false;
    const { copy, requestSessionId } = this.#last;
    return (
      record.text("messageId") === copy.messageId &&
      record.text("requestId") === copy.requestId &&
      record.text("requestSessionId") === requestSessionId &&
      record.flag("isAbortedMidStream") === copy.isProvisional &&
      this.#facts.turnId === copy.turnId &&
      this.#facts.gitBranch === copy.gitBranch &&
      copy.atMs !== null &&
      (record.time() ?? 0) >= copy.atMs
    );
  }

  #fact(text: string): void {
    try {
      const record: unknown = JSON.parse(text);
      gatherFactRecord(this.#facts, record);
      this.#total(record);
    } catch {
      this.#facts.brokenLines += 1;
    }
  }

  /** All of them, and not the last alone: the total of a session that was resumed or cleared begins anew. */
  #total(record: unknown): void {
    const { costUsd, costAtMs } = this.#facts;
    const isTotal = typeof record === "object" && record !== null && "type" in record && record.type === "cost-state";
    if (!isTotal || costUsd === null || costAtMs === null) return;
    const began = "startTime" in record && typeof record.startTime === "number" ? { beganMs: record.startTime } : {};
    this.#totals.push({ atMs: costAtMs, costUsd, ...began });
  }

  tooLong(): void {
    this.#facts.tooLongLines += 1;
  }

  isUnwanted(bytes: Buffer, start: number, end: number): boolean {
    return new RecordReader(bytes).read(bytes, start, end) === "skipped";
  }

  /** What came since the last time. */
  take(): Pick<ScanPart, "facts" | "copies" | "totals"> {
    const copies = [...this.#kept.values()].flatMap((kept) => kept.copies);
    const totals = this.#totals;
    this.#kept = new Map();
    this.#totals = [];
    return { facts: { ...this.#facts, models: [...this.#facts.models] }, copies, totals };
  }
}
