import { expect, it } from "vitest";
import { joinedTools, toolNamed } from "../../../../../electron/engine/transcripts/calledTools.ts";

it.each([
  ["nothing and nothing", null, null, null],
  ["one and nothing", "Bash", null, "Bash"],
  ["nothing and one", null, "Bash", "Bash"],
  ["the same twice", "Bash", "Bash", "Bash"],
  ["two, in order", "Read", "Bash", "Bash Read"],
  ["what both have, once", "Bash Read", "Grep Read", "Bash Grep Read"],
])("%s", (_name, one, other, joined) => {
  expect(joinedTools(one, other)).toBe(joined);
});

it.each([
  ["a name", "mcp__server__tool", "mcp__server__tool"],
  ["none", null, null],
  ["an empty one", "", null],
  ["two words", "two words", null],
  ["an endless one", "x".repeat(201), null],
])("takes %s as it is, or as none", (_name, given, taken) => {
  expect(toolNamed(given)).toBe(taken);
});
