import { describe, expect, test } from "vitest";
import { indexSentence, searchSentence } from "../../../../renderer/views/index/indexSentences.ts";
import { indexWords } from "../../../../renderer/views/index/indexWords.ts";
import type { IndexState, SearchState } from "../../../../shared/model/host.ts";
import { aHost } from "../../../support/builders.ts";

const host = aHost();
const ready: IndexState = { ...host.index, state: "ready" };
const search: SearchState = { ...host.search, state: "ready" };
const some = { filesDone: 812, filesTotal: 2000, bytesDone: 410_000_000, bytesTotal: 1_200_000_000 };

describe("the strip", () => {
  test.each<[string, Partial<IndexState>, Partial<SearchState>, unknown]>([
    ["all is read", {}, {}, null],
    [
      "reading",
      { state: "scanning", ...some, secondsLeft: 4 },
      { state: "building" },
      {
        kind: "reading",
        title: "Reading transcripts",
        detail: "812 of 2,000 files, 410 MB of 1.2 GB, about 4 s left",
        share: 410 / 1200,
        action: "cancel",
      },
    ],
    [
      "reading, nothing known yet",
      { state: "scanning" },
      {},
      { kind: "reading", title: "Reading transcripts", detail: "looking for files", share: null, action: "cancel" },
    ],
    [
      "stopped",
      { state: "off", ...some },
      {},
      {
        kind: "stopped",
        title: "Reading was stopped",
        detail: "1,188 transcripts were not read yet; their sessions are missing or old.",
        action: "goOn",
      },
    ],
    ["not begun", { state: "off" }, {}, null],
    [
      "one file that cannot be read",
      { unread: { count: 1, first: [{ path: "/p/a\u202eb.jsonl", reason: "no permission to read it (EACCES)" }] } },
      {},
      {
        kind: "unread",
        title: "One file could not be read",
        detail: "/p/a‹U+202E›b.jsonl: no permission to read it (EACCES).",
        action: "lookAgain",
      },
    ],
    [
      "many files that cannot be read",
      { unread: { count: 1200, first: [{ path: "/p/a.jsonl", reason: "EIO" }] } },
      {},
      {
        kind: "unread",
        title: "1,200 files could not be read",
        detail: "/p/a.jsonl: EIO. The settings name more.",
        action: "lookAgain",
      },
    ],
    [
      "failed",
      { state: "off", ...some, problem: "The disk is full: free some space." },
      {},
      {
        kind: "problem",
        title: "Not all transcripts could be read",
        detail: "The disk is full: free some space.",
        action: "goOn",
      },
    ],
    [
      "read but for a folder",
      { problem: "/mnt/old is away: mount it." },
      {},
      {
        kind: "problem",
        title: "Not all transcripts could be read",
        detail: "/mnt/old is away: mount it.",
        action: "lookAgain",
      },
    ],
    [
      "building the search",
      {},
      { state: "building", filesDone: 1, filesTotal: 4 },
      { kind: "reading", title: "Building the search", detail: "1 of 4 files", share: 0.25, action: null },
    ],
  ])("%s", (_name, index, built, expected) => {
    expect(indexWords({ index: { ...ready, ...index }, search: { ...search, ...built } })).toEqual(expected);
  });
});

test.each<[Partial<IndexState>, string]>([
  [{ ...some, filesDone: 2000 }, "2,000 files, 1.2 GB, all read."],
  [{ ...some, filesDone: 2000, unread: { count: 1, first: [] } }, "2,000 files, 1.2 GB, not all read."],
  [{ problem: "One folder is away." }, "One folder is away."],
  [{ state: "scanning" }, "Looking for transcripts…"],
  [{ state: "scanning", ...some }, "Reading: 812 of 2,000 files."],
  [{ state: "off" }, "Not read yet."],
  [{ state: "off", ...some }, "Stopped after 812 of 2,000 files."],
])("reading in a sentence: %j", (change, expected) => {
  expect(indexSentence({ ...ready, ...change })).toBe(expected);
});

test.each<[Partial<SearchState>, string]>([
  [{ sizeBytes: 310_000_000 }, "Ready. It takes 310 MB on disk."],
  [{ state: "building", ...some, sizeBytes: 0 }, "Being built: 812 of 2,000 files."],
  [{ state: "off" }, "Switched off."],
])("the search in a sentence: %j", (change, expected) => {
  expect(searchSentence({ ...search, ...change })).toBe(expected);
});
