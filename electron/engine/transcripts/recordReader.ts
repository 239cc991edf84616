/**
 * Reads the wanted fields of one record from its bytes, without decoding or parsing the rest. Owns where they are in the
 * current line; the line's bytes must not change while they are read.
 * Invariants: only keys at their own place count (a tool's input may hold the same words); reading stops as soon as the
 * type says that nothing is wanted; a line that is not one JSON object is `broken`, never an exception.
 */
import type { Buffer } from "node:buffer";
import { KeyTable, type WantedKey } from "./keyTable.ts";
import { type RecordInterest, recordInterest } from "./recordType.ts";
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  skipSpace,
  skipString,
  skipValue,
} from "./skipJson.ts";

const names = [
  ...["type", "uuid", "sessionId", "cwd", "gitBranch", "version", "entrypoint", "timestamp", "isSidechain", "isMeta"],
  ...["isCompactSummary", "isApiErrorMessage", "requestId", "requestSessionId", "forkedFrom", "attachment", "message"],
  ...["toolUseResult", "messageId", "model", "content", "usage", "input", "output", "cacheRead", "cacheWrite"],
  ...["cacheSplit", "cacheWrite5m", "cacheWrite1h", "serverTools", "webSearches", "speed", "serviceTier"],
  ...["inferenceGeo", "forkedFromSession", "patch", "resultType", "resultContent", "blockType", "blockText"],
] as const;

/** A wanted field, by the name that the index gives it. */
export type RecordField = (typeof names)[number];

const slots: Readonly<Record<string, number>> = Object.fromEntries(names.map((name, index) => [name, index]));

function slot(name: RecordField): number {
  return slots[name] ?? -1;
}

function wanted(name: RecordField, inside: KeyTable | null = null): WantedKey {
  return { slot: slot(name), inside, isContent: false };
}

const usageKeys = new KeyTable({
  input_tokens: wanted("input"),
  output_tokens: wanted("output"),
  cache_read_input_tokens: wanted("cacheRead"),
  cache_creation_input_tokens: wanted("cacheWrite"),
  cache_creation: wanted(
    "cacheSplit",
    new KeyTable({
      ephemeral_5m_input_tokens: wanted("cacheWrite5m"),
      ephemeral_1h_input_tokens: wanted("cacheWrite1h"),
    }),
  ),
  server_tool_use: wanted("serverTools", new KeyTable({ web_search_requests: wanted("webSearches") })),
  speed: wanted("speed"),
  service_tier: wanted("serviceTier"),
  inference_geo: wanted("inferenceGeo"),
});

const messageKeys = new KeyTable({
  id: wanted("messageId"),
  model: wanted("model"),
  content: { slot: slot("content"), inside: null, isContent: true },
  usage: wanted("usage", usageKeys),
});

const recordKeys = new KeyTable({
  type: wanted("type"),
  uuid: wanted("uuid"),
  sessionId: wanted("sessionId"),
  cwd: wanted("cwd"),
  gitBranch: wanted("gitBranch"),
  version: wanted("version"),
  entrypoint: wanted("entrypoint"),
  timestamp: wanted("timestamp"),
  isSidechain: wanted("isSidechain"),
  isMeta: wanted("isMeta"),
  isCompactSummary: wanted("isCompactSummary"),
  isApiErrorMessage: wanted("isApiErrorMessage"),
  requestId: wanted("requestId"),
  requestSessionId: wanted("requestSessionId"),
  attachment: wanted("attachment"),
  forkedFrom: wanted("forkedFrom", new KeyTable({ sessionId: wanted("forkedFromSession") })),
  message: wanted("message", messageKeys),
  toolUseResult: wanted(
    "toolUseResult",
    new KeyTable({ structuredPatch: wanted("patch"), type: wanted("resultType"), content: wanted("resultContent") }),
  ),
});

const blockKeys = new KeyTable({ type: wanted("blockType"), text: wanted("blockText") });

const TYPE = slot("type");
const ATTACHMENT = slot("attachment");
const BLOCK_TYPE = slot("blockType");
const BLOCK_TEXT = slot("blockText");
const TRUE = 0x74;
const NOTHING = 0x6e;

/** Answered where an index is expected: walking has ended early. */
const STOPPED = -2;

export class RecordReader {
  /** The record's type; empty when it has none. Only set by `read`. */
  type = "";
  /** Calls of tools in the message's content. */
  toolCalls = 0;
  /** True when the content answers tool calls, and so is nobody's message. */
  hasToolResult = false;
  #interest: RecordInterest = "skipped";
  #bytes: Buffer;
  #end = 0;
  readonly #starts = new Int32Array(names.length);
  readonly #ends = new Int32Array(names.length);

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Looks at the line from `start` to `end` (without its line end). */
  read(bytes: Buffer, start: number, end: number): RecordInterest | "broken" {
    this.#bytes = bytes;
    this.#end = end;
    this.#starts.fill(-1);
    this.type = "";
    this.#interest = "skipped";
    this.toolCalls = 0;
    this.hasToolResult = false;
    const first = skipSpace(bytes, start, end);
    if (bytes[first] !== OPEN_OBJECT) return "broken";
    const after = this.#object(recordKeys, first);
    if (after === STOPPED) return this.#interest;
    if (after === -1 || skipSpace(bytes, after, end) !== end) return "broken";
    return this.#interest;
  }

  has(field: RecordField): boolean {
    const start = this.#start(field);
    return start !== -1 && this.#bytes[start] !== NOTHING;
  }

  /** The field's text, or null when it is missing or no string. */
  text(field: RecordField): string | null {
    return this.#textAt(slot(field));
  }

  /** The text's beginning, of at most `bytes` bytes; escapes stay as they are. For looking at what a long text is. */
  textHead(field: RecordField, bytes: number): string {
    const start = this.#start(field);
    if (start === -1 || this.#bytes[start] !== QUOTE) return "";
    const end = this.#ends[slot(field)] ?? start;
    return this.#bytes.toString("latin1", start + 1, Math.min(end - 1, start + 1 + bytes));
  }

  /** The field's number, or null when it is missing or no number. */
  number(field: RecordField): number | null {
    const start = this.#start(field);
    if (start === -1) return null;
    const end = this.#ends[slot(field)] ?? start;
    return numberAt(this.#bytes, start, end);
  }

  flag(field: RecordField): boolean {
    const start = this.#start(field);
    return start !== -1 && this.#bytes[start] === TRUE;
  }

  /** The field parsed whole, or null when it is missing or broken. */
  value(field: RecordField): unknown {
    const start = this.#start(field);
    if (start === -1) return null;
    return parseOrNull(this.#bytes.toString("utf8", start, this.#ends[slot(field)] ?? start));
  }

  /** Bytes that the field takes. */
  size(field: RecordField): number {
    const start = this.#start(field);
    return start === -1 ? 0 : (this.#ends[slot(field)] ?? start) - start;
  }

  /** When the record was written, in milliseconds since 1970; null when it does not say. */
  time(): number | null {
    const start = this.#start("timestamp");
    return start === -1 ? null : timeAt(this.#bytes, start, this.#ends[slot("timestamp")] ?? start);
  }

  #start(field: RecordField): number {
    return this.#starts[slot(field)] ?? -1;
  }

  #textAt(index: number): string | null {
    const start = this.#starts[index] ?? -1;
    if (start === -1 || this.#bytes[start] !== QUOTE) return null;
    return decode(this.#bytes, start, this.#ends[index] ?? start);
  }

  /** Walks an object from its brace; answers the index after it, -1 when broken, STOPPED when no more is wanted. */
  #object(keys: KeyTable, start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let index = skipSpace(bytes, start + 1, end);
    if (bytes[index] === CLOSE_OBJECT) return index + 1;
    while (bytes[index] === QUOTE) {
      const keyEnd = skipString(bytes, index, end);
      if (keyEnd === -1) return -1;
      const key = keys.find(bytes, index + 1, keyEnd - 1);
      const colon = bytes[keyEnd] === COLON ? keyEnd : skipSpace(bytes, keyEnd, end);
      if (bytes[colon] !== COLON) return -1;
      const valueStart = skipSpace(bytes, colon + 1, end);
      index = key === null ? skipValue(bytes, valueStart, end) : this.#value(key, valueStart);
      if (index < 0) return index;
      index = skipSpace(bytes, index, end);
      if (bytes[index] === CLOSE_OBJECT) return index + 1;
      if (bytes[index] !== COMMA) return -1;
      index = skipSpace(bytes, index + 1, end);
    }
    return -1;
  }

  #value(key: WantedKey, start: number): number {
    const first = this.#bytes[start];
    let after = -1;
    if (key.inside !== null && first === OPEN_OBJECT) after = this.#object(key.inside, start);
    else if (key.isContent && first === OPEN_LIST) after = this.#blocks(start);
    else if (key.slot === ATTACHMENT) return this.#attachment(start);
    else after = skipValue(this.#bytes, start, this.#end);
    if (after < 0) return after;
    this.#starts[key.slot] = start;
    this.#ends[key.slot] = after;
    if (key.slot === TYPE) {
      this.type = decode(this.#bytes, start, after) ?? "";
      this.#interest = recordInterest(this.type);
      if (this.#interest === "skipped") return STOPPED;
    }
    return after;
  }

  /** An attachment can be 60 KB, and its type comes after it: found by its bytes, which no string can hold unescaped. */
  #attachment(start: number): number {
    if (this.#bytes.subarray(start, this.#end).includes(ATTACHMENT_TYPE)) return STOPPED;
    return skipValue(this.#bytes, start, this.#end);
  }

  #blocks(start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let index = skipSpace(bytes, start + 1, end);
    if (bytes[index] === CLOSE_LIST) return index + 1;
    let textStart = -1;
    let textEnd = -1;
    while (index < end) {
      this.#starts[BLOCK_TYPE] = -1;
      this.#starts[BLOCK_TEXT] = -1;
      index = bytes[index] === OPEN_OBJECT ? this.#object(blockKeys, index) : skipValue(bytes, index, end);
      if (index < 0) return index;
      this.#countBlock();
      if (textStart === -1 && (this.#starts[BLOCK_TEXT] ?? -1) !== -1) {
        textStart = this.#starts[BLOCK_TEXT] ?? -1;
        textEnd = this.#ends[BLOCK_TEXT] ?? -1;
      }
      index = skipSpace(bytes, index, end);
      if (bytes[index] === CLOSE_LIST) {
        this.#starts[BLOCK_TEXT] = textStart;
        this.#ends[BLOCK_TEXT] = textEnd;
        return index + 1;
      }
      if (bytes[index] !== COMMA) return -1;
      index = skipSpace(bytes, index + 1, end);
    }
    return -1;
  }

  #countBlock(): void {
    const type = this.#textAt(BLOCK_TYPE);
    if (type === null) return;
    if (type === "tool_result") this.hasToolResult = true;
    else if (type.endsWith("tool_use")) this.toolCalls += 1;
  }
}

const ATTACHMENT_TYPE = '"type":"attachment"';

/** A JSON string with its quotes, decoded; null when its escapes are broken. */
function decode(bytes: Buffer, start: number, end: number): string | null {
  const text = bytes.toString("utf8", start + 1, end - 1);
  if (!text.includes("\\")) return text;
  const parsed = parseOrNull(`"${text}"`);
  return typeof parsed === "string" ? parsed : null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const ZERO = 0x30;

/** Plain digits are read here; signs, points and exponents are left to JSON. */
function numberAt(bytes: Buffer, start: number, end: number): number | null {
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const digit = (bytes[index] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) {
      const parsed = parseOrNull(bytes.toString("latin1", start, end));
      return typeof parsed === "number" ? parsed : null;
    }
    value = value * 10 + digit;
  }
  return value;
}

/** The CLI writes `"2026-11-20T22:22:46.784Z"`: 26 bytes with quotes. Any other form is left to `Date`. */
function timeAt(bytes: Buffer, start: number, end: number): number | null {
  if (end - start === 26 && bytes[start + 24] === LETTER_Z && bytes[start + 11] === LETTER_T) {
    const part = (at: number, digits: number): number => digitsAt(bytes, start + at, digits);
    const time = Date.UTC(part(1, 4), part(6, 2) - 1, part(9, 2), part(12, 2), part(15, 2), part(18, 2), part(21, 3));
    if (!Number.isNaN(time)) return time;
  }
  const text = decode(bytes, start, end);
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

function digitsAt(bytes: Buffer, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index += 1) {
    const digit = (bytes[index] ?? 0) - ZERO;
    value = digit < 0 || digit > 9 ? Number.NaN : value * 10 + digit;
  }
  return value;
}
