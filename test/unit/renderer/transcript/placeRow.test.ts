import { expect, test } from "vitest";
import { innerRowKey, placeRowKey } from "../../../../renderer/views/transcript/placeRow.ts";
import { emptyTranscript, extendTranscript } from "../../../../renderer/views/transcript/transcriptRows.ts";
import { sampleEvents } from "../terminal/sampleEvents.ts";

const none = { parentToolUseId: null } as const;
const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
const make = sampleEvents();
const events = [
  make("assistant.textAdded", { messageId: "m", text: "one", model: null, ...none }),
  make("usage.recorded", { messageId: "m", requestId: null, model: null, usage, ...none }),
  make("tool.called", { toolUseId: "t", messageId: "m", name: "Bash", input: {}, ...none }),
  make("tool.finished", { toolUseId: "t", isError: true, output: "no", omittedChars: 0, ...none }),
  make("assistant.textAdded", { messageId: "n", text: "two", model: null, ...none }),
].map((event) => ({ ...event, seq: event.seq * 10 - 1000 }));
const { rows } = extendTranscript(emptyTranscript, events);

test.each([
  ["an event with a row", -990, "event:-990"],
  ["an event without one: the next row", -980, "tool:t"],
  ["a result: the row of its call", -960, "tool:t"],
  ["between events", -955, "event:-950"],
  ["before all", -5000, "event:-990"],
  ["after all: the last row", 5, "event:-950"],
])("the row of %s", (_name, seq, key) => {
  expect(placeRowKey(seq, events, rows)).toBe(key);
});

test("there is no row where there are none", () => {
  expect(placeRowKey(1, [], [])).toBeNull();
});

test.each([
  ["an event with a row", -990, "agent:a:event:-990"],
  ["an event without one: the next row", -980, "tool:t"],
  ["a call, whose key is the same everywhere", -970, "tool:t"],
  ["between events", -955, "agent:a:event:-950"],
  ["after all: none", 5, null],
])("the row inside a sub-agent of %s", (_name, seq, key) => {
  const inner = rows.map((row) => (row.kind === "tool" ? row : { ...row, key: `agent:a:${row.key}` }));
  expect(innerRowKey({ toolUseId: "a", seq }, events, [...rows, ...inner])).toBe(key);
});
