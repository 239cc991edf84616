import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { RecordReader } from "../../../../../../electron/engine/transcripts/recordReader.ts";
import {
  MAX_TEXT_CHARACTERS,
  type SpokenMessage,
  spokenMessage,
} from "../../../../../../electron/engine/transcripts/search/spokenMessage.ts";

const at = "2026-11-20T10:00:00.000Z";
const atMs = Date.parse(at);

function read(line: string | object, isSubagent = false): SpokenMessage | null {
  const bytes = Buffer.from(typeof line === "string" ? line : JSON.stringify(line));
  const origin = { sessionId: "s1", isSubagent };
  return spokenMessage(new RecordReader(bytes), { bytes, start: 0, end: bytes.length }, origin);
}

function user(content: unknown, extra: object = {}): object {
  return { type: "user", message: { role: "user", content }, uuid: "u1", timestamp: at, sessionId: "s1", ...extra };
}

function assistant(content: unknown, extra: object = {}, message: object = {}): object {
  const api = { id: "msg_1", role: "assistant", model: "claude-opus-5-5", content, ...message };
  return { type: "assistant", message: api, uuid: "a1", timestamp: at, sessionId: "s1", ...extra };
}

function queued(attachment: object, extra: object = {}): object {
  const type = "queued_command";
  return {
    parentUuid: "p",
    isSidechain: false,
    attachment: { type, ...attachment },
    type: "attachment",
    uuid: "q",
    timestamp: at,
    ...extra,
  };
}

const text = (words: string): object => ({ type: "text", text: words });

test.each<{ name: string; line: string | object; said: Partial<SpokenMessage> | null }>([
  {
    name: "a prompt",
    line: user("Mind the gap"),
    said: { role: "user", text: "Mind the gap", atMs, beginsTurn: true },
  },
  { name: "a prompt in blocks", line: user([text("one"), text("two")]), said: { text: "one\ntwo", tools: [] } },
  { name: "an image beside it", line: user([{ type: "image", source: {} }, text("look")]), said: { text: "look" } },
  { name: "escapes", line: user('a "quoted"\n\\ line 文字'), said: { text: 'a "quoted"\n\\ line 文字' } },
  { name: "a prompt without a time", line: user("hm", { timestamp: undefined }), said: { text: "hm", atMs: null } },
  { name: "nothing but space", line: user(" \n "), said: null },
  { name: "a tool's result", line: user([{ type: "tool_result", tool_use_id: "t", content: "out" }]), said: null },
  { name: "the CLI's own words", line: user("Continue.", { isMeta: true }), said: null },
  { name: "a summary after compaction", line: user("This session is", { isCompactSummary: true }), said: null },
  { name: "a wrapper", line: user("<command-name>/compact</command-name>"), said: null },
  { name: "an interrupt", line: user([text("[Request interrupted by user for tool use]")]), said: null },
  {
    name: "a wrapper beside words",
    line: user([text("<system-reminder>x</system-reminder>"), text("hi")]),
    said: { text: "hi" },
  },
  { name: "a sub-agent's prompt", line: user("Look", { isSidechain: true }), said: null },
  {
    name: "an answer",
    line: assistant([text("Done.")]),
    said: { role: "assistant", text: "Done.", beginsTurn: false },
  },
  { name: "thinking", line: assistant([{ type: "thinking", thinking: "hm" }]), said: { text: "", tools: [] } },
  {
    name: "a tool call",
    line: assistant([text("I look."), { type: "tool_use", id: "t", name: "Bash", input: { text: "ls" } }]),
    said: { text: "I look.", tools: ["Bash"] },
  },
  {
    name: "a server's tool",
    line: assistant([{ type: "server_tool_use", name: "web_search" }]),
    said: { tools: ["web_search"] },
  },
  { name: "an API error", line: assistant([text("API Error")], { isApiErrorMessage: true }), said: null },
  {
    name: "a made-up message",
    line: assistant([text("No response requested.")], {}, { model: "<synthetic>" }),
    said: null,
  },
  { name: "an own request", line: assistant([text("x")], { requestSessionId: "s1" }), said: { isForkCopy: false } },
  {
    name: "another session's request",
    line: assistant([text("x")], { requestSessionId: "s0" }),
    said: { isForkCopy: true },
  },
  {
    name: "a resumed session's copy",
    line: user("x", { sessionId: "s0" }),
    said: { isForkCopy: true },
  },
  {
    name: "words behind a reminder",
    line: user("<system-reminder>x</system-reminder>\n<ide_selection>y</ide_selection> hi"),
    said: { text: "hi" },
  },
  { name: "what an editor tells", line: user("<ide_opened_file>x</ide_opened_file>"), said: null },
  { name: "an older fork's copy", line: user("x", { forkedFrom: { sessionId: "s0" } }), said: { isForkCopy: true } },
  {
    name: "said during a turn",
    line: queued({ prompt: "Mind it", commandMode: "prompt" }),
    said: { role: "user", text: "Mind it", atMs, beginsTurn: false },
  },
  {
    name: "said during a turn, in blocks",
    line: queued({ prompt: [text("a"), text("b")], commandMode: "prompt" }),
    said: { text: "a\nb" },
  },
  { name: "a task's notification", line: queued({ prompt: "done", commandMode: "task-notification" }), said: null },
  { name: "another attachment", line: { attachment: { type: "skill_listing" }, type: "attachment" }, said: null },
  { name: "a skipped record", line: { type: "last-prompt", lastPrompt: "x" }, said: null },
  { name: "a system record", line: { type: "system", content: "Conversation compacted" }, said: null },
  { name: "half a line", line: '{"type":"user","message":{"content":"a', said: null },
  { name: "no object", line: "[1]", said: null },
])("$name", ({ line, said }) => {
  const found = read(line);
  if (said === null) expect(found).toBeNull();
  else expect(found).toMatchObject(said);
});

test("a message has one key in whatever file it stands, and another has another", () => {
  const prompt = read(user("Hello"))?.key;
  expect(read(user("Hello", { sessionId: "s2", uuid: "u2" }))?.key).toBe(prompt);
  expect(read(user("Hello", { timestamp: "2026-11-20T10:00:00.001Z" }))?.key).not.toBe(prompt);
  const answer = read(assistant([text("Hello")]))?.key;
  expect(answer).not.toBe(prompt);
  expect(read(assistant([text("Hello")], { requestSessionId: "s0", uuid: "a2" }))?.key).toBe(answer);
  expect(read(assistant([text("Another block")]))?.key).not.toBe(answer);
});

test("of content full of images the text is read; a text of megabytes is not", () => {
  const image = { type: "image", source: { type: "base64", data: "A".repeat(3_000_000) } };
  expect(read(user([text("look"), image]))?.text).toBe("look");
  expect(read(user("x".repeat(5_000_000)))).toBeNull();
  expect(read(user([text("x".repeat(5_000_000))]))).toBeNull();
});

test("a very long text is cut, between characters", () => {
  const found = read(user(`${"x".repeat(MAX_TEXT_CHARACTERS - 1)}😀 more`));
  expect(found?.text.length).toBe(MAX_TEXT_CHARACTERS);
  expect(found?.text.isWellFormed()).toBe(true);
});

test.each<{ name: string; line: object; said: Partial<SpokenMessage> | null }>([
  {
    name: "what it was told",
    line: user("Look", { isSidechain: true }),
    said: { role: "subagent", text: "Look", beginsTurn: true },
  },
  {
    name: "what it said",
    line: assistant([text("Found")], { isSidechain: true }),
    said: { role: "subagent", text: "Found" },
  },
  { name: "a tool's result", line: user([{ type: "tool_result", tool_use_id: "t", content: "out" }]), said: null },
])("of a sub-agent's file: $name", ({ line, said }) => {
  if (said === null) expect(read(line, true)).toBeNull();
  else expect(read(line, true)).toMatchObject(said);
});
