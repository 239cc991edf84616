/** A line that was cut off, as by a crash, and goes on with the next record: two records that look like one. */
import { Buffer } from "node:buffer";
import { expect, it } from "vitest";
import { RecordReader } from "../../../../../electron/engine/transcripts/recordReader.ts";

function record(name: string, content: unknown, rest: object = {}): string {
  const message = {
    id: `msg_${name}`,
    model: "claude-opus-5-5",
    content,
    usage: { input_tokens: 1, output_tokens: 2 },
  };
  const fields = { parentUuid: name, message, requestId: `req_${name}`, type: "assistant", uuid: name, ...rest };
  return JSON.stringify(fields);
}

const code = 'const a = "x \\ y"; // {"[\n'.repeat(3);
const contents = [
  [{ type: "text", text: code }],
  [{ type: "tool_use", id: "t1", name: "Bash", input: { command: code, nested: [{ a: code, b: [1, "z"] }] } }],
];
const pairs = contents.flatMap((first) => contents.map((second) => ({ first, second })));

it.each(pairs)("is never taken for a message with the ids of both", ({ first, second }) => {
  const torn = record("torn", first, { toolUseResult: { stdout: code } });
  const next = record("next", second, { toolUseResult: { stdout: code } });
  const mixed: number[] = [];
  for (let cut = 1; cut < torn.length; cut += 1) {
    const bytes = Buffer.from(torn.slice(0, cut) + next);
    const reader = new RecordReader(bytes);
    if (reader.read(bytes, 0, bytes.length) === "broken") continue;
    if (reader.text("messageId") === "msg_torn" && reader.text("requestId") === "req_next") mixed.push(cut);
  }
  expect(mixed).toEqual([]);
  const whole = Buffer.from(next);
  expect(new RecordReader(whole).read(whole, 0, whole.length)).toBe("turn");
});
