import { describe, expect, test } from "vitest";
import { buildingWords } from "../../../../renderer/views/search/searchWords.ts";
import type { SearchState } from "../../../../shared/model/host.ts";

const ready: SearchState = {
  state: "ready",
  filesDone: 0,
  filesTotal: 0,
  bytesDone: 0,
  bytesTotal: 0,
  elapsedMs: 0,
  secondsLeft: null,
  problem: null,
  sizeBytes: 0,
};

describe("the search index", () => {
  test.each<readonly [string, Partial<SearchState>, string | null]>([
    ["is whole", {}, null],
    ["is off", { state: "off" }, null],
    [
      "has only begun",
      { state: "building" },
      "The search index is being built. Until then older sessions may be missing.",
    ],
    [
      "is nearly there",
      { state: "building", bytesDone: 999, bytesTotal: 1000, secondsLeft: 3.2 },
      "The search index is being built, 99 % done, about 4 s left. Until then older sessions may be missing.",
    ],
    [
      "takes minutes",
      { state: "building", bytesDone: 1, bytesTotal: 4, secondsLeft: 200 },
      "The search index is being built, 25 % done, about 4 min left. Until then older sessions may be missing.",
    ],
  ])("that %s", (_name, change, words) => {
    expect(buildingWords({ ...ready, ...change })).toBe(words);
  });
});
