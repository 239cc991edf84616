/**
 * Reads the wanted fields of one record from its bytes, without decoding or parsing the rest. Owns where they are in the
 * current line; the line's bytes must not change while they are read.
 * Invariants: only keys at their own place count (a tool's input may hold the same words); reading stops as soon as the
 * type says that nothing is wanted; a line that is not one JSON object is `broken`, never an exception.
 */
import type { Buffer } from "node:buffer";
import { joinedTools, toolNamed } from "./calledTools.ts";
import { KeyTable, type WantedKey } from "./keyTable.ts";
import { decode, numberAt, parseOrNull, timeAt } from "./jsonValues.ts";
import { KnownBytes, KnownText } from "./knownBytes.ts";
import {
  blockKeys,
  ENDING_SLOTS,
  fieldNames,
  isOfEnding,
  type RecordField,
  recordKeys,
  slot,
  USAGE_SLOTS,
} from "./recordFields.ts";
import { type RecordInterest, recordInterest, typesByBytes } from "./recordType.ts";
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
import { saysNothing } from "./titleChoice.ts";

const TYPE = slot("type");
const USAGE = slot("usage");
const ATTACHMENT = slot("attachment");
const TIMESTAMP = slot("timestamp");
const BLOCK_TYPE = slot("blockType");
const BLOCK_TEXT = slot("blockText");
const BLOCK_NAME = slot("blockName");
const OPEN_TAG = 0x3c;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TRUE = 0x74;
const NOTHING = 0x6e;

/** Answered where an index is expected: walking has ended early. */
const STOPPED = -2;

export class RecordReader {
  /** The record's type; empty when it has none. Only set by `read`. */
  type = "";
  /** Calls of tools in the message's content. */
  toolCalls = 0;
  /** The tools that they call, each once; null without any. See `calledTools.ts`. */
  tools: string | null = null;
  /** True when the content answers tool calls, and so is nobody's message. */
  hasToolResult = false;
  /** True when user, place, session and version are those of the record before, byte for byte. */
  hasSameEnding = false;
  /** True when the usage is that of the last record that had one, byte for byte. */
  hasSameUsage = false;
  readonly #ending = new KnownBytes();
  readonly #usage = new KnownBytes();
  readonly #texts: (KnownText | undefined)[] = [];
  #endingStart = -1;
  /** Read when it is first asked for. */
  #time: number | null | undefined;
  #interest: RecordInterest = "skipped";
  #bytes: Buffer;
  #end = 0;
  readonly #starts = new Int32Array(fieldNames.length);
  readonly #ends = new Int32Array(fieldNames.length);

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
    this.tools = null;
    this.hasToolResult = false;
    this.hasSameEnding = false;
    this.hasSameUsage = false;
    this.#endingStart = -1;
    this.#time = undefined;
    const first = skipSpace(bytes, start, end);
    if (bytes[first] !== OPEN_OBJECT) return "broken";
    const after = this.#object(recordKeys, first);
    if (after === STOPPED) return this.#interest;
    if (after === -1 || skipSpace(bytes, after, end) !== end) return "broken";
    if (!this.hasSameEnding && recordInterest(this.type) === "turn") this.#learnEnding();
    return this.#interest;
  }

  /** The next record is compared with this one's ending, unless some of it stands elsewhere. */
  #learnEnding(): void {
    const start = this.#endingStart;
    const isWhole = start !== -1 && ENDING_SLOTS.every((index) => (this.#starts[index] ?? -1) >= start);
    if (isWhole) this.#ending.learn(this.#bytes, start, this.#end, ENDING_SLOTS, this.#starts, this.#ends);
    else this.#ending.forget();
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
    if (this.#time === undefined) {
      const start = this.#starts[TIMESTAMP] ?? -1;
      this.#time = start === -1 ? null : timeAt(this.#bytes, start, this.#ends[TIMESTAMP] ?? start);
    }
    return this.#time;
  }

  #start(field: RecordField): number {
    return this.#starts[slot(field)] ?? -1;
  }

  /** Most fields say what they said in the record before: then the text of that time is answered. */
  #textAt(index: number): string | null {
    const start = this.#starts[index] ?? -1;
    if (start === -1 || this.#bytes[start] !== QUOTE) return null;
    const end = this.#ends[index] ?? start;
    const known = (this.#texts[index] ??= new KnownText());
    if (known.isAt(this.#bytes, start, end)) return known.text;
    const text = decode(this.#bytes, start, end);
    known.learn(this.#bytes, start, end, text);
    return text;
  }

  /** Walks an object from its brace; answers the index after it, -1 when broken, STOPPED when no more is wanted. */
  #object(keys: KeyTable<WantedKey>, start: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let index = skipSpace(bytes, start + 1, end);
    if (bytes[index] === CLOSE_OBJECT) return index + 1;
    while (bytes[index] === QUOTE) {
      if (keys === recordKeys && end - index === this.#ending.length && this.#takeEnding(index)) return end;
      const keyEnd = skipString(bytes, index, end);
      if (keyEnd === -1) return -1;
      const key = keys.find(bytes, index + 1, keyEnd - 1);
      if (keys === recordKeys) this.#noteEnding(key, index);
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

  #takeEnding(start: number): boolean {
    this.hasSameEnding = this.#ending.isAt(this.#bytes, start);
    if (this.hasSameEnding) this.#ending.place(start, this.#starts, this.#ends);
    return this.hasSameEnding;
  }

  #noteEnding(key: WantedKey | null, start: number): void {
    if (key === null || isOfEnding[key.slot] !== true) this.#endingStart = -1;
    else if (this.#endingStart === -1) this.#endingStart = start;
  }

  /** All records of one message repeat its usage. */
  #usageObject(keys: KeyTable<WantedKey>, start: number): number {
    if (start + this.#usage.length <= this.#end && this.#usage.isAt(this.#bytes, start)) {
      this.#usage.place(start, this.#starts, this.#ends);
      this.hasSameUsage = true;
      return start + this.#usage.length;
    }
    const after = this.#object(keys, start);
    if (after > 0) this.#usage.learn(this.#bytes, start, after, USAGE_SLOTS, this.#starts, this.#ends);
    return after;
  }

  #value(key: WantedKey, start: number): number {
    const first = this.#bytes[start];
    let after = -1;
    if (key.slot === USAGE && key.inside !== null && first === OPEN_OBJECT)
      after = this.#usageObject(key.inside, start);
    else if (key.inside !== null && first === OPEN_OBJECT) after = this.#object(key.inside, start);
    else if (key.isContent && first === OPEN_LIST) after = this.#blocks(start);
    else if (key.slot === ATTACHMENT) return this.#attachment(start);
    else after = skipValue(this.#bytes, start, this.#end);
    if (after < 0) return after;
    this.#starts[key.slot] = start;
    this.#ends[key.slot] = after;
    if (key.slot === TYPE) {
      this.type = typesByBytes.find(this.#bytes, start + 1, after - 1) ?? decode(this.#bytes, start, after) ?? "";
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
      this.#starts[BLOCK_NAME] = -1;
      index = bytes[index] === OPEN_OBJECT ? this.#object(blockKeys, index) : skipValue(bytes, index, end);
      if (index < 0) return index;
      this.#countBlock();
      const found = this.#starts[BLOCK_TEXT] ?? -1;
      if (found !== -1 && (textStart === -1 || this.#isWrapperAlone(textStart, textEnd))) {
        textStart = found;
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

  /** Few texts begin as wrappers do, which is all that is looked at of the others. */
  #isWrapperAlone(start: number, end: number): boolean {
    const first = this.#bytes[start + 1];
    if (first !== OPEN_TAG && first !== OPEN_LIST && first !== BACKSLASH && first !== SPACE) return false;
    const text = decode(this.#bytes, start, end);
    return text !== null && saysNothing(text);
  }

  #countBlock(): void {
    const start = this.#starts[BLOCK_TYPE] ?? -1;
    if (start === -1) return;
    const end = this.#ends[BLOCK_TYPE] ?? start;
    const type = usualBlocks.find(this.#bytes, start + 1, end - 1) ?? this.#textAt(BLOCK_TYPE);
    if (type === null) return;
    if (type === "tool_result") this.hasToolResult = true;
    else if (type.endsWith("tool_use")) {
      this.toolCalls += 1;
      this.tools = joinedTools(this.tools, toolNamed(this.#textAt(BLOCK_NAME)));
    }
  }
}

/** By their bytes; those that are not here are decoded. */
const usualBlocks = new KeyTable(
  Object.fromEntries(["text", "thinking", "tool_use", "tool_result"].map((type) => [type, type])),
);

const ATTACHMENT_TYPE = '"type":"attachment"';
