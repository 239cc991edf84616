import { describe, expect, test } from "vitest";
import { abbreviate, cutLine, oneLine } from "../../../../renderer/terminal/abbreviate.ts";
import { counted, dollars, duration } from "../../../../renderer/terminal/figures.ts";
import { parsePayloadFrame } from "../../../../renderer/terminal/payloadFrame.ts";
import { toolSummary } from "../../../../renderer/terminal/toolSummary.ts";
import { renderPayload } from "../../../../shared/payloads/renderPayload.ts";
import { samplePayload } from "./sampleEvents.ts";

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1000, "1.0 s"],
  [59_940, "59.9 s"],
  [59_990, "1 min 00 s"],
  [245_000, "4 min 05 s"],
  [7_380_000, "2 h 03 min"],
])("%d ms reads %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [0, "$0.0000"],
  [0.00001, "$0.000010"],
  [0.0123, "$0.0123"],
  [12.345, "$12.35"],
])("%d dollars read %s", (usd, words) => {
  expect(dollars(usd)).toBe(words);
});

test("counts have a plural and groups", () => {
  expect([counted(1, "line"), counted(1234567, "line")]).toEqual(["1 line", "1,234,567 lines"]);
});

test("one line too many is shown rather than counted", () => {
  const limits = { maxLines: 2, maxLineChars: 3 };
  expect(abbreviate("a\nb\nc", limits)).toEqual({ lines: ["a", "b", "c"], moreLines: 0 });
  expect(abbreviate("a\nb\nc\ndddd", limits)).toEqual({ lines: ["a", "b"], moreLines: 2 });
});

test("a cut never splits a character", () => {
  expect(cutLine("ab😀cd", 3)).toBe("ab…");
  expect(oneLine("  first  \nsecond", 10)).toBe("first …");
});

test.each([
  ["Bash", { command: "npm test", description: "Run" }, "npm test"],
  ["Grep", { pattern: "todo", path: "src" }, "todo in src"],
  ["AskUserQuestion", { questions: [{ question: "Which one?" }] }, "Which one?"],
  ["TodoWrite", { todos: [{ status: "completed" }, { status: "pending" }] }, "1 of 2 done"],
  ["mcp__db__query", { sql: "select 1" }, '{"sql":"select 1"}'],
  ["Bash", { command: 7 }, '{"command":7}'],
  ["Novelty", {}, ""],
])("%s of %j reads %j", (name, input, words) => {
  expect(toolSummary(name, input)).toBe(words);
});

describe("payload frame", () => {
  test.each(["context", "warning", "block", "progress", "completion"] as const)("%s is taken apart again", (kind) => {
    const payload = samplePayload({ kind, sender: 'Ada "A" <ada@x>', text: "One\n\nTwo", metadata: { step: 2 } });
    expect(parsePayloadFrame(renderPayload(payload))).toEqual({
      kind,
      sender: payload.sender,
      at: payload.composedAt,
      body: "step: 2\n\nOne\n\nTwo",
    });
  });

  test.each([
    "plain",
    "<switchboard-payload>",
    '<switchboard-payload kind="novel" from="a" at="b">\nx\n\ny\n</switchboard-payload>',
  ])("%j is no frame", (text) => {
    expect(parsePayloadFrame(text)).toBeNull();
  });
});
