import { expect, it } from "vitest";
import { backoff, MAX_WAIT_MS } from "../../../../renderer/client/backoff.ts";

it.each([
  [1, 0, 250],
  [1, 0.5, 187.5],
  [2, 0, 500],
  [3, 0, 1000],
  [100, 0, MAX_WAIT_MS],
  [5000, 0, MAX_WAIT_MS],
])("waits before try %i with chance %d: %d ms", (attempt, random, wait) => {
  expect(backoff(attempt, random)).toBe(wait);
});
