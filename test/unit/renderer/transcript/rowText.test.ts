import { describe, expect, test } from "vitest";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { selectedRows } from "../../../../renderer/views/transcript/rowSelection.ts";
import { rowMarkdown, rowsMarkdown } from "../../../../renderer/views/transcript/rowText.ts";
import { emptyTranscript, extendTranscript } from "../../../../renderer/views/transcript/transcriptRows.ts";
import { sampleEvents } from "../terminal/sampleEvents.ts";

const none = { parentToolUseId: null } as const;

function rowsOf(...events: readonly SessionEvent[]) {
  return extendTranscript(emptyTranscript, events).rows;
}

function markdownOf(...events: readonly SessionEvent[]): string {
  return rowsOf(...events)
    .map(rowMarkdown)
    .join("\n====\n");
}

const make = sampleEvents();
const called = (name: string, input: Record<string, string>): SessionEvent =>
  make("tool.called", { toolUseId: "t1", messageId: "m", name, input, ...none });
const finished = (output: string): SessionEvent =>
  make("tool.finished", { toolUseId: "t1", isError: false, output, omittedChars: 0, ...none });

describe("a row as Markdown", () => {
  test.each<readonly [string, readonly SessionEvent[], string]>([
    [
      "a command and what it printed",
      [called("Bash", { command: "ls" }), finished("a\nb\n")],
      "**Bash** (succeeded)\n\n```sh\nls\n```\n\n```\na\nb\n```",
    ],
    [
      "an edit",
      [called("Edit", { file_path: "/p/a.ts", old_string: "one", new_string: "two" })],
      "**Edit** (running)\n\n`/p/a.ts`\n\n```diff\n-one\n+two\n```",
    ],
    ["another tool", [called("Odd", { a: "b" })], '**Odd** (running)\n\n```json\n{\n  "a": "b"\n}\n```'],
    [
      "output that holds fences itself",
      [called("Odd", {}), finished("```js\n1\n```")],
      "**Odd** (succeeded)\n\n````\n```js\n1\n```\n````",
    ],
    ["thinking", [make("assistant.thinkingAdded", { messageId: "m", text: "one\ntwo", ...none })], "> one\n> two"],
    [
      "text as it was written",
      [make("assistant.textAdded", { messageId: "m", text: "# **Done**", model: null, ...none })],
      "# **Done**",
    ],
    [
      "a mark with its details",
      [make("notice.reported", { text: "Mind the gap", level: null })],
      "*Claude Code says*\n\n```\nMind the gap\n```",
    ],
  ])("%s", (_name, events, markdown) => {
    expect(markdownOf(...events)).toBe(markdown);
  });
});

describe("several rows", () => {
  const rows = rowsOf(
    ...["a", "b", "c", "d"].map((text) => make("assistant.textAdded", { messageId: text, text, model: null, ...none })),
  );
  const key = (index: number): string => rows[index]?.key ?? "";

  test.each([
    ["downwards", key(1), key(2), "b\n\n---\n\nc"],
    ["upwards", key(3), key(2), "c\n\n---\n\nd"],
    ["one", key(0), key(0), "a"],
    ["with an end that is gone", key(0), "event:999", ""],
  ])("are chosen %s", (_name, anchorKey, headKey, markdown) => {
    expect(rowsMarkdown(selectedRows(rows, { anchorKey, headKey }))).toBe(markdown);
  });
});
