import { describe, expect, test } from "vitest";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import type { SubagentContent } from "../../../../renderer/stores/subagentStore.ts";
import { isSubagentCall, withSubagents } from "../../../../renderer/views/transcript/subagentRows.ts";
import { emptyTranscript, extendTranscript } from "../../../../renderer/views/transcript/transcriptRows.ts";
import { sampleEvents } from "../terminal/sampleEvents.ts";

function call(toolUseId: string, name = "Task", parentToolUseId: string | null = null): SessionEvent {
  const make = sampleEvents();
  return make("tool.called", { toolUseId, messageId: "m", name, input: {}, parentToolUseId });
}

function done(toolUseId: string): SessionEvent {
  const make = sampleEvents();
  const data = { toolUseId, isError: false, output: "ok", omittedChars: 0, parentToolUseId: null };
  return make("tool.finished", data);
}

function said(text: string, parentToolUseId: string | null): SessionEvent {
  const make = sampleEvents();
  return make("assistant.textAdded", { messageId: text, text, model: null, parentToolUseId });
}

function content(events: readonly SessionEvent[], change: Partial<SubagentContent> = {}): SubagentContent {
  return { events, rest: "none", isLoading: false, problem: null, ...change };
}

function outline(
  events: readonly SessionEvent[],
  open: readonly string[],
  byToolUseId: Readonly<Record<string, SubagentContent>>,
): readonly string[] {
  const transcript = extendTranscript(emptyTranscript, events);
  const openKeys = new Set(open.map((id) => `tool:${id}`));
  return withSubagents(transcript, { openKeys, byToolUseId }).map(
    (row) => `${row.depth} ${row.kind === "subagent" ? `rest ${row.state}` : row.key}`,
  );
}

describe("sub-agents below their calls", () => {
  const events = [call("a"), done("a"), said("after", null)];

  test("stand nowhere while they are folded", () => {
    expect(outline(events, [], { a: content([said("in", "a")]) })).toEqual(["0 tool:a", "0 event:1"]);
  });

  test("nest as deep as they were started", () => {
    const inner = [said("in", "a"), call("b", "Agent", "a"), done("b")];
    const byToolUseId = { a: content(inner), b: content([said("deep", "b")]) };
    expect(outline(events, ["a", "b"], byToolUseId)).toEqual([
      "0 tool:a",
      "1 agent:a:event:1",
      "1 tool:b",
      "2 agent:b:event:1",
      "0 event:1",
    ]);
  });

  test("belong to the place of their call", () => {
    const transcript = extendTranscript(emptyTranscript, [{ ...call("a"), seq: -700 }]);
    const rows = withSubagents(transcript, {
      openKeys: new Set(["tool:a"]),
      byToolUseId: { a: content([said("in", "a")]) },
    });
    expect(rows.map(({ seq }) => seq)).toEqual([-700, -700, -700]);
  });

  test.each<readonly [string, boolean, SubagentContent | undefined, readonly string[]]>([
    ["is not loaded yet", true, undefined, ["1 rest more"]],
    ["goes on", true, content([], { rest: "more" }), ["1 rest more"]],
    ["is too long", true, content([], { rest: "full" }), ["1 rest full"]],
    ["did not load", true, content([], { problem: "Too slow." }), ["1 rest failed"]],
    ["said nothing", true, content([]), ["1 rest empty"]],
    ["is still at work", false, content([]), ["1 rest running"]],
  ])("one that %s says so", (_name, isDone, loaded, rest) => {
    const own = isDone ? [call("a"), done("a")] : [call("a")];
    expect(outline(own, ["a"], loaded === undefined ? {} : { a: loaded })).toEqual(["0 tool:a", ...rest]);
  });
});

test.each([
  ["a call whose events are elsewhere", [call("a")], true],
  ["a call whose events are in the feed", [call("a"), said("in", "a")], false],
  ["another tool", [call("a", "Bash")], false],
])("%s is to be asked for: see %s", (_name, events, isAsked) => {
  const { rows, inlineParents } = extendTranscript(emptyTranscript, events);
  const [row] = rows;
  expect(row?.kind === "tool" && isSubagentCall(row, inlineParents)).toBe(isAsked);
});
