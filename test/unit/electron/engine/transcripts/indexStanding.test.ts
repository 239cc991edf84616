import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
  type IndexStanding,
  NOTHING_MISSING,
  Standing,
} from "../../../../../electron/engine/transcripts/indexStanding.ts";
import { standingNotices, unreadOf } from "../../../../../electron/engine/transcripts/standingWords.ts";

let told: IndexStanding[];
let standing: Standing;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  standing = new Standing((one) => told.push(one));
});
afterEach(() => {
  standing.dispose();
  vi.useRealTimers();
});

it("counts what cannot be read, and tells when that is another", () => {
  const dead = { path: "/p/dead.jsonl", code: "ENOENT" };
  expect(standing.found([dead])).toEqual([dead]);
  standing.read("/p/secret.jsonl", "EACCES");
  standing.read("/p/fine.jsonl", null);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([
    { unreadCount: 2, unread: [dead, { path: "/p/secret.jsonl", code: "EACCES" }], away: [], unwatched: null },
  ]);
  expect(unreadOf(told[0] ?? NOTHING_MISSING)).toEqual({
    count: 2,
    first: [
      { path: "/p/dead.jsonl", reason: "a link that leads nowhere, or deleted meanwhile (ENOENT)" },
      { path: "/p/secret.jsonl", reason: "no permission to read it (EACCES)" },
    ],
  });
  expect(standing.found([dead])).toEqual([]);
  standing.read("/p/dead.jsonl", null);
  standing.tell();
  standing.tell();
  expect(told.slice(1)).toEqual([{ unreadCount: 0, unread: [], away: [], unwatched: null }]);
});

it("says that the system allows no more watches, once, and which folders are away", () => {
  const error = Object.assign(new Error("System limit for number of file watchers reached"), { code: "ENOSPC" });
  expect([standing.watchFailed(error), standing.watchFailed(error)]).toEqual([true, false]);
  standing.folders(["/disk/projects"]);
  standing.tell();
  expect(told).toHaveLength(1);
  expect(standingNotices(told[0] ?? NOTHING_MISSING)).toEqual([
    expect.stringMatching(/^\/disk\/projects is away/u),
    expect.stringMatching(/no more watches.*max_user_watches/u),
  ]);
});
