import { describe, expect, test } from "vitest";
import {
  advanceOpenBlocks,
  MAX_OPEN_BLOCK_CHARS,
  MAX_OPEN_BLOCKS,
  type OpenBlock,
  openBlockDeltas,
} from "../../../shared/state/openBlocks.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";
import { delta, sampleEvent, textAdded } from "../renderer/stores/samples.ts";

function follow(events: readonly SessionEvent[]): readonly OpenBlock[] {
  return events.reduce(advanceOpenBlocks, [] as readonly OpenBlock[]);
}

function texts(events: readonly SessionEvent[]): readonly string[] {
  return follow(events).map((block) => block.text);
}

const turnCompleted = sampleEvent(9, {
  type: "turn.completed",
  data: {
    turnId: null,
    payloadIds: [],
    outcome: "success",
    subtype: "success",
    terminalReason: null,
    durationMs: null,
    modelTurns: 1,
    totalCostUsd: null,
    costUsd: null,
    usage: null,
    errorText: null,
  },
});

describe("advanceOpenBlocks", () => {
  test.each([
    ["a delta opens a block", [delta(1, "a")], ["a"]],
    ["deltas of a block are joined", [delta(1, "a"), delta(2, "b")], ["ab"]],
    ["two blocks are apart", [delta(1, "a", 0), delta(2, "b", 1), delta(3, "c", 0)], ["ac", "b"]],
    ["two messages are apart", [delta(1, "a", 0, "m"), delta(2, "b", 0, "n")], ["a", "b"]],
    ["the finished text closes its block", [delta(1, "a"), textAdded(2, "a")], []],
    ["it closes the first of two", [delta(1, "a", 0), delta(2, "b", 1), textAdded(3, "a")], ["b"]],
    ["it leaves another message open", [delta(1, "a", 0, "n"), textAdded(2, "x", "m")], ["a"]],
    ["the end of the turn closes all", [delta(1, "a", 0), delta(2, "b", 1), turnCompleted], []],
  ] as const)("%s", (_name, events, expected) => {
    expect(texts(events)).toEqual(expected);
  });

  test("keeps the newest characters of an endless block", () => {
    const piece = "x".repeat(MAX_OPEN_BLOCK_CHARS / 2);
    const [block] = follow([1, 2, 3, 4, 5, 6, 7].map((seq) => delta(seq, seq === 7 ? "end" : piece)));
    expect(block?.text.length).toBeGreaterThanOrEqual(MAX_OPEN_BLOCK_CHARS);
    expect(block?.text.length).toBeLessThanOrEqual(2 * MAX_OPEN_BLOCK_CHARS);
    expect(block?.text.endsWith("end")).toBe(true);
  });

  test("closes the block that has text where one before it stayed empty", () => {
    const open = follow([delta(1, "", 0), delta(2, "Hello", 1), textAdded(3, "Hello")]);
    expect(open.map(({ text }) => text)).toEqual([""]);
  });

  test("tells late comers the text so far, in one delta a block", () => {
    const deltas = openBlockDeltas(follow([delta(1, "Hel"), delta(2, "lo")]), { sessionId: "s", seq: 9, at: "now" });
    expect(deltas).toMatchObject([{ type: "assistant.delta", data: { text: "Hello" }, sessionId: "s", seq: 9 }]);
  });

  test("keeps the newest blocks of too many", () => {
    const events = Array.from({ length: MAX_OPEN_BLOCKS + 1 }, (_, index) => delta(index, `${index}`, index));
    expect({ count: follow(events).length, first: follow(events)[0]?.text }).toEqual({
      count: MAX_OPEN_BLOCKS,
      first: "1",
    });
  });
});
