import { expect, it } from "vitest";
import { emptyFacts, type FileFacts } from "../../../../../electron/engine/transcripts/fileFacts.ts";
import { parseFacts } from "../../../../../electron/engine/transcripts/parseFacts.ts";

const full: FileFacts = {
  ...emptyFacts(),
  sessionId: "s1",
  models: ["claude-opus-5-5"],
  firstAtMs: 1,
  lastAtMs: 2,
  costUsd: 0.5,
  turnCount: 3,
  isSidechain: true,
};

it.each([emptyFacts(), full])("facts come back as they were kept", (facts) => {
  expect(parseFacts(JSON.stringify(facts))).toEqual(facts);
});

it.each([
  ["no JSON", "{"],
  ["no object", "null"],
  ["a fact that is missing", JSON.stringify({ ...full, aiTitle: undefined })],
  ["a number that is a text", JSON.stringify({ ...full, turnCount: "3" })],
  ["a text that is a number", JSON.stringify({ ...full, sessionId: 3 })],
  ["models that are no texts", JSON.stringify({ ...full, models: [1] })],
  ["a flag that is none", JSON.stringify({ ...full, isSidechain: null })],
])("%s: the file is to be read anew", (_, text) => {
  expect(parseFacts(text)).toBeNull();
});
