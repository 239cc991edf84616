import { expect, test } from "vitest";
import { nextMark } from "../../../../renderer/charts/nextMark.ts";

const calendar = { horizontal: 7, vertical: 1 };

test.each([
  ["ArrowRight", 3, 10],
  ["ArrowLeft", 10, 3],
  ["ArrowLeft", 3, null],
  ["ArrowDown", 3, 4],
  ["ArrowUp", 0, null],
  ["ArrowDown", 19, null],
  ["Home", 8, 0],
  ["End", 8, 19],
  ["End", 19, null],
  ["x", 8, null],
] as const)("%s from mark %d leads to %s", (key, at, expected) => {
  expect(nextMark(key, at, 20, calendar)).toBe(expected);
});
