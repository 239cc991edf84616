import fc from "fast-check";
import { expect, it } from "vitest";
import { packCopies, unpackCopies } from "../../../../../electron/engine/transcripts/packCopies.ts";

it("copies of messages arrive as they were sent", () => {
  const count = fc.option(fc.nat());
  const text = fc.option(fc.string());
  const copy = fc.record({
    messageId: fc.string(),
    requestId: text,
    isSidechain: fc.boolean(),
    sessionId: fc.string(),
    isForkCopy: fc.boolean(),
    model: text,
    atMs: count,
    input: count,
    output: count,
    cacheRead: count,
    cacheWrite5m: count,
    cacheWrite1h: count,
    webSearches: count,
    speed: text,
    serviceTier: text,
    inferenceGeo: text,
    path: fc.constant("/one/file"),
    offset: fc.nat(),
    origin: fc.constant("transcript" as const),
    turnId: text,
    isTurnTold: fc.constant(false),
    gitBranch: text,
    tools: text,
    isProvisional: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(copy), (copies) => {
      expect([...unpackCopies(structuredClone(packCopies(copies)), "/one/file")]).toEqual(copies);
    }),
  );
});
