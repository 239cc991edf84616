/** What a person or the model said in one record: the text that search is about. */
import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { SearchRole } from "../../../../shared/model/search.ts";
import { isJsonObject } from "../../../../shared/model/json.ts";
import type { RecordReader } from "../recordReader.ts";
import { requestingSession } from "../requestingSession.ts";
import { isWrapper, withoutRemarks } from "../titleChoice.ts";

export interface SpokenMessage {
  readonly role: SearchRole;
  /** As it was said; empty when the record only calls tools. */
  readonly text: string;
  /** Milliseconds since 1970; null when the record does not say. */
  readonly atMs: number | null;
  /** The same for every copy of the message, in whatever file. */
  readonly key: bigint;
  /** True when the record was written for another session first: forks and resumed sessions may begin with such copies. */
  readonly isForkCopy: boolean;
  /** Tools that the record calls. */
  readonly tools: readonly string[];
  /** False for what a person said while a turn ran, and the model read within it. */
  readonly beginsTurn: boolean;
}

/** Whose file a record stands in. */
export interface SpokenOrigin {
  readonly sessionId: string;
  readonly isSubagent: boolean;
}

/** Where a record's line is. */
export interface LineRange {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Text beyond this is not searched: a prompt with a whole log in it would cost more than it is worth. */
export const MAX_TEXT_CHARACTERS = 256 * 1024;

/** Content larger than this holds images or files; only its first text is read then, without parsing the rest. */
const MAX_CONTENT_BYTES = 2 * 1024 * 1024;

/** A single text larger than this is left out: decoding it takes several times its size. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024;

/** What the CLI calls the model of messages that it made itself. */
const SYNTHETIC_MODEL = "<synthetic>";

/**
 * The message of a line; null when it is none of the file's own conversation: that of a sub-agent in a session's file, a
 * tool's result, the CLI's own words, a wrapper, no record at all.
 */
export function spokenMessage(record: RecordReader, line: LineRange, origin: SpokenOrigin): SpokenMessage | null {
  const { bytes, start, end } = line;
  const message =
    record.read(bytes, start, end) === "turn" ? ownMessage(record, origin) : queuedMessage(line, origin.isSubagent);
  return message !== null && origin.isSubagent ? { ...message, role: "subagent" } : message;
}

function ownMessage(record: RecordReader, origin: SpokenOrigin): SpokenMessage | null {
  if (record.flag("isMeta") || (record.flag("isSidechain") && !origin.isSubagent)) return null;
  if (record.type === "user") return userMessage(record, origin);
  return record.type === "assistant" ? assistantMessage(record, origin) : null;
}

/** Without what the CLI and editors tell the model beside a person's words. */
function saidIn(texts: readonly string[]): string {
  return spokenText(texts.map(withoutRemarks).filter((part) => part !== "" && !isWrapper(part)));
}

function userMessage(record: RecordReader, origin: SpokenOrigin): SpokenMessage | null {
  if (record.hasToolResult || record.flag("isCompactSummary")) return null;
  const text = saidIn(content(record).texts);
  if (text === "") return null;
  const atMs = record.time();
  // A copy keeps its time, and in some versions not its id.
  const key = keyOf("user", atMs === null ? (record.text("uuid") ?? "") : String(atMs), text);
  return { role: "user", text, atMs, key, isForkCopy: isForkCopy(record, origin), tools: [], beginsTurn: true };
}

function assistantMessage(record: RecordReader, origin: SpokenOrigin): SpokenMessage | null {
  if (record.flag("isApiErrorMessage") || record.text("model") === SYNTHETIC_MODEL) return null;
  const { texts, tools } = content(record);
  const text = spokenText(texts);
  // Of one message each content block is a record: the id alone does not tell them apart.
  const key = keyOf("assistant", record.text("messageId") ?? record.text("uuid") ?? "", text);
  const from = { atMs: record.time(), isForkCopy: isForkCopy(record, origin) };
  return { role: "assistant", text, key, ...from, tools, beginsTurn: false };
}

/** How 2.1.329 keeps what was said during a turn: an attachment, with its type at its beginning. */
const QUEUED = '"attachment":{"type":"queued_command"';
const QUEUED_BEFORE_BYTES = 512;

function queuedMessage({ bytes, start, end }: LineRange, isSubagent: boolean): SpokenMessage | null {
  if (end - start > MAX_CONTENT_BYTES) return null;
  if (!bytes.subarray(start, Math.min(end, start + QUEUED_BEFORE_BYTES)).includes(QUEUED)) return null;
  const record = parsedObject(bytes.toString("utf8", start, end));
  const attachment = record?.["attachment"];
  if (record === null || (record["isSidechain"] === true && !isSubagent) || !isJsonObject(attachment)) return null;
  if (attachment["commandMode"] !== "prompt") return null;
  const { prompt } = attachment;
  const { texts } = typeof prompt === "string" ? { texts: [prompt] } : blocksContent(prompt);
  const text = saidIn(texts);
  if (text === "") return null;
  const at = typeof record["timestamp"] === "string" ? Date.parse(record["timestamp"]) : Number.NaN;
  const atMs = Number.isNaN(at) ? null : at;
  const key = keyOf("user", String(atMs ?? record["uuid"]), text);
  return { role: "user", text, atMs, key, isForkCopy: false, tools: [], beginsTurn: false };
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

interface Content {
  readonly texts: readonly string[];
  readonly tools: readonly string[];
}

function content(record: RecordReader): Content {
  const whole = limitedText(record, "content");
  if (whole !== null) return { texts: [whole], tools: [] };
  if (record.size("content") > MAX_CONTENT_BYTES) {
    const first = limitedText(record, "blockText");
    return { texts: first === null ? [] : [first], tools: [] };
  }
  return blocksContent(record.value("content"));
}

function limitedText(record: RecordReader, field: "content" | "blockText"): string | null {
  return record.size(field) > MAX_TEXT_BYTES ? null : record.text(field);
}

function blocksContent(blocks: unknown): Content {
  const texts: string[] = [];
  const tools: string[] = [];
  for (const block of Array.isArray(blocks) ? blocks : []) {
    if (!isJsonObject(block)) continue;
    if (block["type"] === "text" && typeof block["text"] === "string") texts.push(block["text"]);
    else if (isToolUse(block["type"]) && typeof block["name"] === "string") tools.push(block["name"]);
  }
  return { texts, tools };
}

function isToolUse(type: unknown): boolean {
  return typeof type === "string" && type.endsWith("tool_use");
}

function spokenText(texts: readonly string[]): string {
  const text = texts.join("\n").trim();
  return text.length <= MAX_TEXT_CHARACTERS ? text : text.slice(0, MAX_TEXT_CHARACTERS).toWellFormed();
}

function isForkCopy(record: RecordReader, { sessionId }: SpokenOrigin): boolean {
  const writtenFor = requestingSession(record);
  return writtenFor !== null && writtenFor !== sessionId;
}

function keyOf(...parts: readonly string[]): bigint {
  return createHash("sha1").update(parts.join("\0")).digest().readBigInt64LE();
}
