import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RecordReader } from "../../../../../electron/engine/transcripts/recordReader.ts";

function read(text: string | Buffer): { readonly interest: string; readonly record: RecordReader } {
  const bytes = Buffer.from(text);
  const record = new RecordReader(bytes);
  return { interest: record.read(bytes, 0, bytes.length), record };
}

describe("which records are read", () => {
  const long = "x".repeat(1000);
  const cases: readonly (readonly [string, string, string])[] = [
    ["a user record", '{"parentUuid":null,"type":"user","message":{"role":"user","content":"hi"}}', "turn"],
    ["its type at the end", '{"message":{"id":"m","content":[]},"type":"assistant","uuid":"u"}', "turn"],
    ["a title", '{"type":"custom-title","customTitle":"A","sessionId":"s"}', "fact"],
    ["a request", `{"type":"api-request","params":{"x":"${long}"}}`, "skipped"],
    ["a request that is cut off: nothing of it is looked at", '{"type":"api-request","para', "skipped"],
    [
      "an attachment",
      `{"parentUuid":"p","attachment":{"type":"file","content":"${long}"},"type":"attachment"}`,
      "skipped",
    ],
    [
      "an attachment without its type, then another type",
      '{"attachment":{"type":"file"},"type":"user","message":{}}',
      "turn",
    ],
    ["a type of another version", '{"type":"from-the-future","x":1}', "skipped"],
    ["no type", '{"x":{"type":"user"}}', "skipped"],
    ["white space between everything", ' { "type" : "user" , "message" : { "content" : [ ] } } ', "turn"],
    ["an empty object", "{}", "skipped"],
    ["cut off in a string", '{"type":"user","message":{"content":"hi', "broken"],
    ["cut off in an object", '{"type":"user","message":{"content":"hi"}', "broken"],
    ["two on one line", '{"type":"user"}{"type":"user"}', "broken"],
    ["no JSON", "hello", "broken"],
    ["a list", '[{"type":"user"}]', "broken"],
    ["NUL bytes only", "\0\0\0\0", "broken"],
    ["NUL bytes before a record", '\0\0\0{"type":"user"}', "turn"],
  ];
  it.each(cases)("%s", (_, text, interest) => {
    expect(read(text).interest).toBe(interest);
  });
});

describe("fields", () => {
  it("are those at their own place, whatever a tool's input or a text says", () => {
    const text = '{"type":"assistant","usage":{"input_tokens":9}} \\"type\\":\\"attachment\\"';
    const usage = {
      input_tokens: 7,
      output_tokens: 3,
      cache_creation: { ephemeral_5m_input_tokens: 2 },
      speed: "fast",
    };
    const nested = { usage: { input_tokens: 99 }, id: "wrong", model: "wrong", timestamp: "wrong", type: "user" };
    const content = [
      { type: "text", text },
      { type: "tool_use", input: nested },
      { type: "tool_use", input: [nested] },
    ];
    const { record, interest } = read(
      JSON.stringify({
        extra: nested,
        message: { id: "m1", model: "claude-opus-5-5", content, usage },
        requestId: "r1",
        type: "assistant",
        timestamp: "2026-11-20T22:22:46.784Z",
        cwd: 'C:\\Users\\ä "x"',
        isSidechain: true,
        isMeta: false,
      }),
    );
    expect({
      interest,
      type: record.type,
      id: record.text("messageId"),
      model: record.text("model"),
      request: record.text("requestId"),
      input: record.number("input"),
      output: record.number("output"),
      write: record.number("cacheWrite5m"),
      hour: record.number("cacheWrite1h"),
      speed: record.text("speed"),
      cwd: record.text("cwd"),
      at: record.time(),
      side: record.flag("isSidechain"),
      meta: record.flag("isMeta"),
      calls: record.toolCalls,
      text: record.text("blockText"),
      result: record.hasToolResult,
    }).toEqual({
      interest: "turn",
      type: "assistant",
      id: "m1",
      model: "claude-opus-5-5",
      request: "r1",
      input: 7,
      output: 3,
      write: 2,
      hour: null,
      speed: "fast",
      cwd: 'C:\\Users\\ä "x"',
      at: Date.UTC(2026, 10, 20, 22, 22, 46, 784),
      side: true,
      meta: false,
      calls: 2,
      text,
      result: false,
    });
  });

  it("hold nothing of the line before", () => {
    const bytes = Buffer.from(
      '{"type":"user","cwd":"/a","message":{"content":[{"type":"tool_result"}]}}{"type":"user"}',
    );
    const record = new RecordReader(bytes);
    record.read(bytes, 0, bytes.length - 15);
    expect([record.text("cwd"), record.hasToolResult]).toEqual(["/a", true]);
    record.read(bytes, bytes.length - 15, bytes.length);
    expect([record.text("cwd"), record.hasToolResult]).toEqual([null, false]);
  });

  it("survive bytes that are no UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from('{"type":"user","cwd":"/'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(read(bytes).record.text("cwd")).toBe("/\ufffd\ufffd");
  });

  it("are found in any JSON that has them", () => {
    const record = fc.record({ cwd: fc.string(), other: fc.jsonValue(), message: fc.jsonValue(), zz: fc.jsonValue() });
    fc.assert(
      fc.property(record, fc.constantFrom(undefined, 2), (fields, indent) => {
        const { interest, record: found } = read(JSON.stringify({ ...fields, type: "user" }, null, indent));
        expect([interest, found.text("cwd")]).toEqual(["turn", fields.cwd]);
      }),
      { numRuns: 1000 },
    );
  });
});
