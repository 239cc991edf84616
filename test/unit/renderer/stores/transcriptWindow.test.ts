import { describe, expect, test } from "vitest";
import {
  holdsPlace,
  MAX_WINDOW_EVENTS,
  WINDOW_PAGE_SIZE,
  type WindowContent,
  windowAround,
  windowOverOldest,
  withNewerPage,
  withOlderPage,
} from "../../../../renderer/stores/transcriptWindow.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { textAdded } from "./samples.ts";

function range(from: number, to: number): readonly SessionEvent[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => textAdded(from + index, "x"));
}

function page(from: number, to: number, more: { hasOlder?: boolean; hasNewer?: boolean } = {}) {
  return { items: range(from, to), hasOlder: false, hasNewer: false, ...more };
}

function outline({ events, hasOlder, hasNewer }: WindowContent): string {
  const span = events.length === 0 ? "nothing" : `${events[0]?.seq}…${events.at(-1)?.seq} (${events.length})`;
  return `${hasOlder ? "older " : ""}${span}${hasNewer ? " newer" : ""}`;
}

const full = MAX_WINDOW_EVENTS;

describe("a window of a transcript", () => {
  test.each([
    [
      "in the middle",
      windowAround(page(-9, -5, { hasOlder: true }), page(-4, 3, { hasNewer: true })),
      "older -9…3 (13) newer",
    ],
    ["at the start", windowAround(page(0, -1, { hasOlder: true }), page(-4, 3)), "-4…3 (8)"],
    ["whose pages overlap", windowAround(page(-9, -4), page(-4, 3)), "-9…3 (13)"],
    ["of nothing", windowAround(page(0, -1, { hasOlder: true }), page(0, -1, { hasNewer: true })), "nothing"],
    ["over a short list", windowOverOldest(range(1, 10)), "older 1…10 (10)"],
    [
      "over a long list",
      windowOverOldest(range(1, full)),
      `older 1…${full - WINDOW_PAGE_SIZE} (${full - WINDOW_PAGE_SIZE}) newer`,
    ],
  ])("opens %s", (_name, window, words) => {
    expect(outline(window)).toBe(words);
  });

  const small: WindowContent = { events: range(10, 19), hasOlder: true, hasNewer: true };
  const large: WindowContent = { events: range(1, full), hasOlder: true, hasNewer: false };

  test.each([
    ["an older page", withOlderPage(small, page(5, 9, { hasOlder: true })), "older 5…19 (15) newer"],
    ["the oldest page", withOlderPage(small, page(5, 9)), "5…19 (15) newer"],
    [
      "an older page that is empty, whatever it says",
      withOlderPage(small, page(0, -1, { hasOlder: true })),
      "10…19 (10) newer",
    ],
    ["an older page that repeats an event", withOlderPage(small, page(5, 10)), "5…19 (15) newer"],
    [
      "an older page in place of newer events",
      withOlderPage(large, page(-9, 0, { hasOlder: true })),
      `older -9…${full - 10} (${full}) newer`,
    ],
    ["a newer page", withNewerPage(small, page(20, 24, { hasNewer: true })), "older 10…24 (15) newer"],
    ["the newest page", withNewerPage(small, page(20, 24)), "older 10…24 (15)"],
    [
      "a newer page that is empty, whatever it says",
      withNewerPage(small, page(0, -1, { hasNewer: true })),
      "older 10…19 (10)",
    ],
    [
      "a newer page in place of older events",
      withNewerPage({ ...large, hasOlder: false }, page(full + 1, full + 5)),
      `older 6…${full + 5} (${full})`,
    ],
  ])("takes in %s", (_name, window, words) => {
    expect(outline(window)).toBe(words);
  });

  test.each([
    ["the first", 10, true],
    ["the last", 19, true],
    ["one between events", 12, true],
    ["one before", 9, false],
    ["one after", 20, false],
  ])("knows whether it holds %s place", (_name, seq, holds) => {
    expect(holdsPlace(small.events, seq)).toBe(holds);
  });

  test("without events holds no place", () => {
    expect(holdsPlace([], 0)).toBe(false);
  });
});
