/**
 * Reads a transcript, or what was appended to it, into the rows of search, a stretch at a time.
 * Invariants: what is written are whole lines, and the file's row says in the same transaction how far; a broken line or
 * one that is too long is passed over; a file that is not the one an earlier reading knew is read from its beginning.
 */
import type { Buffer } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { ReadSample } from "../fingerprint.ts";
import { LineReader } from "../lineReader.ts";
import { RecordReader } from "../recordReader.ts";
import type { FileRows, SearchFileRow } from "./fileRows.ts";
import type { MessageRows } from "./messageRows.ts";
import type { SearchFile } from "./searchFile.ts";
import { spokenMessage, type SpokenOrigin } from "./spokenMessage.ts";

/** Small, so that a stretch can end soon after its time is up. */
const CHUNK_BYTES = 256 * 1024;

/** A longer line is a file or images that somebody sent; reading it would cost more memory than search may take. */
const MAX_SPOKEN_LINE_BYTES = 16 * 1024 * 1024;

const BOM = 0xef;
const BOM_BYTES = 3;

interface ReadStretch {
  readonly isDone: boolean;
  readonly bytesRead: number;
  readonly messages: number;
}

interface Continued {
  readonly row: SearchFileRow | null;
  readonly sample: ReadSample;
}

export class TranscriptFileReader {
  readonly #files: FileRows;
  readonly #messages: MessageRows;
  readonly #lines = new LineReader({ chunkBytes: CHUNK_BYTES, maxLineBytes: MAX_SPOKEN_LINE_BYTES });

  constructor(files: FileRows, messages: MessageRows) {
    this.#files = files;
    this.#messages = messages;
  }

  /**
   * Reads until the file ends or `isTimeUp`. To be called inside a transaction.
   * @throws the system's error (`ENOENT`, `EACCES`, `EISDIR`, …) when the file cannot be read.
   */
  readStretch({ path, sessionId, isSubagent }: SearchFile, isTimeUp: () => boolean): ReadStretch {
    const handle = openSync(path, "r");
    try {
      const stat = fstatSync(handle);
      const identity = `${stat.dev}:${stat.ino}`;
      const { row: earlier, sample } = this.#continued(path, identity, stat.size, handle);
      const begun = earlier ?? newRow({ path, sessionId, identity, bornMs: stat.birthtimeMs });
      const fileId = earlier?.fileId ?? this.#files.save(begun);
      const reading = new Reading(this.#messages, { fileId, turn: begun.turn, sessionId, isSubagent });
      let isEnded = true;
      const offset = this.#lines.read(
        (into, at, length, from) => readSync(handle, into, at, length, from),
        begun.offset,
        {
          onLine: (bytes, start, end, lineOffset) => reading.line(bytes, start, end, lineOffset),
          onTooLong: () => undefined,
          onLetGo: (bytes, end, isTold) => sample.add(bytes, end, isTold),
          isUnwanted: (bytes, start, end) => new RecordReader(bytes).read(bytes, start, end) === "skipped",
          onProgress: () => {
            if (!isTimeUp()) return true;
            isEnded = false;
            return false;
          },
        },
      );
      const whole = isEnded
        ? { sizeBytes: stat.size, modifiedMs: stat.mtimeMs }
        : { sizeBytes: null, modifiedMs: null };
      const { turn, messages } = reading;
      const { fingerprint } = sample;
      this.#files.save({ ...begun, sessionId, turn, offset, fingerprint, ...whole });
      return { isDone: isEnded, bytesRead: offset - begun.offset, messages };
    } finally {
      closeSync(handle);
    }
  }

  /** Takes out all that was read of a file. To be called inside a transaction. */
  forget(fileId: number): void {
    this.#messages.removeFile(fileId);
    this.#files.remove(fileId);
  }

  /** What an earlier reading left, and what is known of the file where this one begins. */
  #continued(path: string, identity: string, sizeBytes: number, handle: number): Continued {
    const row = this.#files.file(path);
    if (row !== null && row.identity === identity && row.offset <= sizeBytes) {
      const sample = new ReadSample(handle, row.offset);
      if (sample.fingerprint === row.fingerprint) return { row, sample };
    }
    if (row !== null) this.forget(row.fileId);
    return { row: null, sample: new ReadSample(handle, 0) };
  }
}

type NewFile = Pick<SearchFileRow, "path" | "sessionId" | "identity" | "bornMs">;

function newRow(file: NewFile): Omit<SearchFileRow, "fileId"> {
  return { ...file, fingerprint: "", offset: 0, sizeBytes: null, modifiedMs: null, turn: 0 };
}

/** One stretch of one file. */
class Reading {
  turn: number;
  messages = 0;
  readonly #rows: MessageRows;
  readonly #fileId: number;
  readonly #origin: SpokenOrigin;
  #record: RecordReader | null = null;
  /** The turn whose prompt is known to be a copy. */
  #copiedTurn = -1;

  constructor(rows: MessageRows, begun: Pick<SearchFileRow, "fileId" | "turn"> & SpokenOrigin) {
    this.#rows = rows;
    this.#fileId = begun.fileId;
    this.#origin = begun;
    this.turn = begun.turn;
  }

  line(bytes: Buffer, start: number, end: number, offset: number): void {
    this.#record ??= new RecordReader(bytes);
    const record = this.#record;
    const from = offset === 0 && bytes[start] === BOM ? start + BOM_BYTES : start;
    const message = spokenMessage(record, { bytes, start: from, end }, this.#origin);
    if (message === null) return;
    const { role, text, atMs, key, isForkCopy, tools, beginsTurn } = message;
    if (beginsTurn) this.turn += 1;
    if (!beginsTurn && isForkCopy && this.#copiedTurn !== this.turn) {
      this.#rows.markCopiedPrompt(this.#fileId, this.turn);
      this.#copiedTurn = this.turn;
    }
    for (const tool of tools) this.#rows.addTool(this.#fileId, this.turn, tool);
    if (text === "") return;
    const place = { key, fileId: this.#fileId, turn: this.turn, offset, bytes: end - start, role, atMs, isForkCopy };
    this.#rows.add(place, text);
    this.messages += 1;
  }
}
