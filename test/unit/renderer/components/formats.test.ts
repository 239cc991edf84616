import { expect, test } from "vitest";
import {
  formatAge,
  formatBytes,
  formatSeconds,
  formatTokens,
  formatUsd,
} from "../../../../renderer/components/formats.ts";

test.each([
  [null, "–"],
  [0, "$0.00"],
  [0.0042, "$0.0042"],
  [0.00001, "$0.00"],
  [0.1234, "$0.12"],
  [1234.5, "$1,234.50"],
])("%s dollars are %s", (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});

const MINUTE = 60_000;

test.each([
  [-5_000, "now"],
  [59_999, "now"],
  [MINUTE, "1m"],
  [59 * MINUTE, "59m"],
  [60 * MINUTE, "1h"],
  [24 * 60 * MINUTE, "1d"],
  [40 * 24 * 60 * MINUTE, "40d"],
])("%s ms ago is %s", (age, text) => {
  expect(formatAge(1_000_000, 1_000_000 + age)).toBe(text);
});

test.each([
  [999, "999"],
  [48_300, "48.3K"],
  [1_000_000, "1M"],
])("%s tokens are %s", (tokens, text) => {
  expect(formatTokens(tokens)).toBe(text);
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [410_000_000, "410 MB"],
  [999_600_000, "1.0 GB"],
  [1_240_000_000, "1.2 GB"],
])("%i bytes are %s", (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test.each([
  [0, "1 s"],
  [4, "4 s"],
  [90, "2 min"],
  [7200, "2 h"],
])("%i seconds are %s", (seconds, expected) => {
  expect(formatSeconds(seconds)).toBe(expected);
});
