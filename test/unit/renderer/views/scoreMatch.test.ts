import { expect, test } from "vitest";
import { scoreMatch } from "../../../../renderer/views/palette/scoreMatch.ts";

test.each([
  ["New session…", "new ses", [], 1],
  ["New session…", "session new", [], 0.5],
  ["New session…", "start", ["start"], 0.5],
  ["New session…", "nwss", [], 0],
  ["Fix the test /home/ada/atlas", "ATLAS fix", [], 0.5],
  ["Anything", "  ", [], 1],
])("%s by %j", (text, typed, keywords, score) => {
  expect(scoreMatch(text, typed, keywords)).toBe(score);
});
