import { describe, expect, test } from "vitest";
import {
  advanceOpenBlocks,
  MAX_OPEN_BLOCK_CHARS,
  MAX_OPEN_BLOCKS,
  type OpenBlock,
} from "../../../../renderer/stores/openBlocks.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { delta, sampleEvent, textAdded } from "./samples.ts";

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
    const [block] = follow([delta(1, "x".repeat(MAX_OPEN_BLOCK_CHARS)), delta(2, "end")]);
    expect({ length: block?.text.length, end: block?.text.slice(-3) }).toEqual({
      length: MAX_OPEN_BLOCK_CHARS,
      end: "end",
    });
  });

  test("keeps the newest blocks of too many", () => {
    const events = Array.from({ length: MAX_OPEN_BLOCKS + 1 }, (_, index) => delta(index, `${index}`, index));
    expect({ count: follow(events).length, first: follow(events)[0]?.text }).toEqual({
      count: MAX_OPEN_BLOCKS,
      first: "1",
    });
  });
});
