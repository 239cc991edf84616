import { expect, test } from "vitest";
import { formatExact } from "../../../../renderer/components/formats.ts";
import { formatMoment } from "../../../../renderer/views/costs/costFormats.ts";
import { timesOfAlike } from "../../../../renderer/views/search/hitTimes.ts";
import type { RankedHit } from "../../../../renderer/stores/hitGroups.ts";

const [nine, ten, tenAndASecond] = ["2026-11-20T09:00:00.000Z", "2026-11-20T10:00:00.000Z", "2026-11-20T10:00:01.000Z"];

function ranked(index: number, at: string | null, ...pieces: readonly string[]): RankedHit {
  const snippet = pieces.map((text, place) => ({ text, isMatch: place === 0 }));
  return {
    index,
    hit: { sessionId: "s", projectPath: "/p", title: "t", role: "user", at, snippet, seq: -index, subagent: null },
  };
}

test.each<readonly [string, readonly RankedHit[], Readonly<Record<number, string>>]>([
  ["hits that read differently say how long ago they were", [ranked(0, nine, "a"), ranked(1, ten, "b")], {}],
  [
    "hits that read alike say when they were, however they matched",
    [ranked(0, nine, "order", " it"), ranked(4, ten, "order it"), ranked(5, ten, "b")],
    { 0: formatMoment(nine), 4: formatMoment(ten) },
  ],
  [
    "to the second where the minute is the same",
    [ranked(0, ten, "a"), ranked(1, tenAndASecond, "a"), ranked(2, nine, "a")],
    { 0: formatExact(ten), 1: formatExact(tenAndASecond), 2: formatExact(nine) },
  ],
  ["one without a time says nothing", [ranked(0, nine, "a"), ranked(1, null, "a")], { 0: formatMoment(nine) }],
])("%s", (_what, hits, expected) => {
  expect(Object.fromEntries(timesOfAlike(hits))).toEqual(expected);
});
