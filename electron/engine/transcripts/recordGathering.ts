/**
 * One file's facts and messages, gathered from its lines while it is read. Knows nothing of files.
 * Invariant: records count alike, whether their lines have ends or not yet.
 */
import type { Buffer } from "node:buffer";
import { joinedTools } from "./calledTools.ts";
import type { FileFacts } from "./fileFacts.ts";
import { gatherFactRecord, gatherTurnRecord } from "./gatherFacts.ts";
import { keepCopy, type KeptCopies, type MessageCopy, NO_COPIES } from "./messageCopy.ts";
import { readMessageCopy } from "./readMessageCopy.ts";
import { RecordReader } from "./recordReader.ts";
import type { RecordInterest } from "./recordType.ts";
import type { ReadTotal, ScanPart, ScanTask } from "./scanTranscript.ts";
import { OPEN_OBJECT, skipSpace, skipValue } from "./skipJson.ts";

export class RecordGathering {
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
    const from = offset === 0 ? afterBom(bytes, start) : start;
    if (this.#read(bytes, from, end, offset) === "broken") this.#glued(bytes, from, end, offset);
  }

  /**
   * The file ends in this, without a line end. A record that is whole is no part of a longer one, since nothing but space
   * may follow an object: it counts, and the line end that may still come ends an empty line. Answers where the rest begins.
   */
  rest(bytes: Buffer, start: number, end: number, offset: number): number {
    let at = start;
    for (;;) {
      const from = offset === 0 && at === start ? afterBom(bytes, start) : at;
      const next = wholeRecordEnd(bytes, from, end);
      const isAlone = next === end || bytes[next] === OPEN_OBJECT;
      if (next === -1 || !isAlone || !this.#isWanted(bytes, from, next)) return at;
      this.#read(bytes, from, next, offset + at - start);
      at = next;
    }
  }

  /** Records without a line end between them, as when a process died before it wrote one: each counts by itself. */
  #glued(bytes: Buffer, start: number, end: number, offset: number): void {
    let at = skipSpace(bytes, start, end);
    do {
      const next = wholeRecordEnd(bytes, at, end);
      const read = next === -1 ? "broken" : this.#read(bytes, at, next, offset + at - start);
      if (read === "broken") this.#facts.brokenLines += 1;
      // What follows a record that is not wanted is not looked at: as in a line that begins with one.
      if (read === "broken" || read === "skipped") return;
      at = skipSpace(bytes, next, end);
    } while (at < end);
  }

  #isWanted(bytes: Buffer, start: number, end: number): boolean {
    const interest = new RecordReader(bytes).read(bytes, start, end);
    return interest === "turn" || interest === "fact";
  }

  #read(bytes: Buffer, start: number, end: number, offset: number): RecordInterest | "broken" {
    this.#record ??= new RecordReader(bytes);
    const interest = this.#record.read(bytes, start, end);
    if (interest === "turn") {
      gatherTurnRecord(this.#facts, this.#record, this.#task);
      this.#message(this.#record, offset);
    }
    if (interest === "fact") this.#fact(bytes.toString("utf8", start, end));
    return interest;
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

const BOM = 0xef;
const BOM_BYTES = 3;

function afterBom(bytes: Buffer, start: number): number {
  return bytes[start] === BOM ? start + BOM_BYTES : start;
}

/** Where the record ends that begins here; -1 when it is not whole, or no JSON. */
function wholeRecordEnd(bytes: Buffer, start: number, end: number): number {
  if (bytes[start] !== OPEN_OBJECT) return -1;
  const after = skipValue(bytes, start, end);
  if (after === -1) return -1;
  try {
    JSON.parse(bytes.toString("utf8", start, after));
    return after;
  } catch {
    return -1;
  }
}
