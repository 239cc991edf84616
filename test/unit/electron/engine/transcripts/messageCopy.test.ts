import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepCopy, type MessageCopy, NO_COPIES } from "../../../../../electron/engine/transcripts/messageCopy.ts";

const plain: MessageCopy = {
  messageId: "msg_1",
  requestId: "req_1",
  isSidechain: false,
  sessionId: "s1",
  isForkCopy: false,
  model: "claude-opus-5-5",
  atMs: 1000,
  input: 10,
  output: 5,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  webSearches: 0,
  speed: "standard",
  serviceTier: "standard",
  inferenceGeo: "",
  path: "/a.jsonl",
  offset: 0,
  origin: "transcript",
  turnId: null,
  isTurnTold: false,
  gitBranch: null,
  isProvisional: false,
};

function keepAll(copies: readonly MessageCopy[]): readonly MessageCopy[] {
  const kept = copies.reduce(keepCopy, NO_COPIES);
  return kept.copies.toSorted((a, b) => String(a.requestId).localeCompare(String(b.requestId)));
}

describe("copies of one API message", () => {
  const partial = { ...plain, output: 1 };
  const sidechain = { ...plain, isSidechain: true, requestId: "req_2", output: 900 };
  const cases: readonly (readonly [string, readonly MessageCopy[], readonly MessageCopy[]])[] = [
    ["one copy", [plain], [plain]],
    ["repeated for each block: once", [plain, { ...plain, offset: 900 }], [plain]],
    ["a partial count, then the final one", [partial, plain], [plain]],
    [
      "the tools that any block calls",
      [plain, { ...plain, offset: 900, tools: "Read" }, { ...plain, offset: 1800, tools: "Bash Read" }],
      [{ ...plain, tools: "Bash Read" }],
    ],
    [
      "another request of the same id is another charge",
      [plain, { ...plain, requestId: "req_2" }],
      [plain, { ...plain, requestId: "req_2" }],
    ],
    ["a sub-agent's replay has a new request id: once, the main one, even if smaller", [sidechain, plain], [plain]],
    [
      "two sub-agents' copies: once, the larger",
      [sidechain, { ...sidechain, requestId: "req_3", output: 901 }],
      [{ ...sidechain, requestId: "req_3", output: 901 }],
    ],
    [
      "a copy without request id: the id alone counts",
      [plain, { ...plain, requestId: null, output: 6 }],
      [{ ...plain, requestId: null, output: 6 }],
    ],
    ["a fork's copy: the original stays", [{ ...plain, isForkCopy: true, path: "/0.jsonl" }, plain], [plain]],
    ["missing tokens count as none", [{ ...plain, output: null }, plain], [plain]],
  ];

  it.each(cases)("%s", (_, copies, kept) => {
    expect(keepAll(copies)).toEqual(kept);
    expect(keepAll(copies.toReversed())).toEqual(kept);
  });

  it("are chosen the same in any order", () => {
    const copy = fc.record({
      requestId: fc.constantFrom(null, "req_1", "req_2"),
      isSidechain: fc.boolean(),
      isForkCopy: fc.boolean(),
      output: fc.constantFrom(null, 1, 5),
      atMs: fc.constantFrom(null, 1, 2),
      speed: fc.constantFrom(null, "fast"),
      path: fc.constantFrom("/a", "/b"),
      offset: fc.integer({ min: 0, max: 3 }),
      tools: fc.constantFrom(null, "Bash", "Read", "Bash Read"),
    });
    // Two records of one file never begin at one place.
    const copies = fc
      .uniqueArray(copy, { maxLength: 6, selector: ({ path, offset }) => `${path}:${offset}` })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(copies, ([list, shuffled]) => {
        const full = (some: typeof list): readonly MessageCopy[] => keepAll(some.map((one) => ({ ...plain, ...one })));
        expect(full(shuffled)).toEqual(full(list));
      }),
      { numRuns: 2000 },
    );
  });
});
