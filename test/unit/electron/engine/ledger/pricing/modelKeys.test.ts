import { expect, test } from "vitest";
import { listedName, modelKeys } from "../../../../../../electron/engine/ledger/pricing/modelKeys.ts";

test.each([
  ["claude-opus-5-5", "claude-opus-5-5"],
  ["Claude-Opus-5-5 ", "claude-opus-5-5"],
  ["claude-sonnet-4-20250514", "claude-sonnet-4"],
  ["claude-sonnet-4-0", "claude-sonnet-4"],
  ["claude-sonnet-4-5[1m]", "claude-sonnet-4-5"],
  ["claude-sonnet-4-5-20250929[1m]", "claude-sonnet-4-5"],
  ["claude-haiku-4-5-20251001", "claude-haiku-4-5"],
  ["claude-opus-4-5@20251101", "claude-opus-4-5"],
  ["claude-opus-4-6@default", "claude-opus-4-6"],
  ["anthropic.claude-opus-4-1-20250805-v1:0", "claude-opus-4-1"],
  ["us.anthropic.claude-opus-4-5-20251101-v1:0", "claude-opus-4-5"],
  ["us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"],
  ["global.anthropic.claude-opus-4-6-v1", "claude-opus-4-6"],
  ["anthropic.claude-3-haiku-20240307-v1:0:200k", "claude-3-haiku"],
  ["arn:aws:bedrock:eu-west-1:1234:inference-profile/eu.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4"],
  ["vertex_ai/claude-fable-5@20260601", "claude-fable-5"],
  ["anthropic/claude-opus-4.5", "claude-opus-4-5"],
  ["claude-4-5-opus", "claude-opus-4-5"],
  ["claude-4-opus", "claude-opus-4"],
  ["claude-sonnet-3.7", "claude-3-7-sonnet"],
  ["claude-3-7-sonnet-latest", "claude-3-7-sonnet"],
  ["claude-3-5-haiku-20241022", "claude-3-5-haiku"],
  ["claude-sonnet-5-7", "claude-sonnet-5-7"],
  ["claude-opus-5-5-turbo", "claude-opus-5-5-turbo"],
  ["glm-5-20260101", "glm-5-20260101"],
  ["my.claude", "my.claude"],
  ["", ""],
])("%s is the model %s", (model, plain) => {
  expect(modelKeys(model).at(-1)).toBe(plain);
});

test("the id as it stands comes before the plain name", () => {
  expect(modelKeys("claude-opus-4-5-20251101")).toEqual(["claude-opus-4-5-20251101", "claude-opus-4-5"]);
});

test.each([
  ["claude-opus-4-0", "claude-opus-4"],
  ["claude-opus-4.5", "claude-opus-4-5"],
  ["claude-opus-4-5-20251101", "claude-opus-4-5-20251101"],
  ["US.anthropic.claude-opus-4-6-v1", "us.anthropic.claude-opus-4-6-v1"],
])("a list that names %s means %s", (written, found) => {
  expect(listedName(written)).toBe(found);
});
