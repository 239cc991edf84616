import { describe, expect, test } from "vitest";
import {
  countWords,
  filterProcesses,
  nextSort,
  type ProcessColumn,
  type ProcessEntry,
  sortProcesses,
} from "../../../../renderer/views/processes/processTable.ts";
import { sampleProcess } from "./sampleProcess.ts";

const entries: readonly ProcessEntry[] = [
  {
    row: sampleProcess({ pid: 1, owner: "owned", cpuPercent: 50, startedAt: "2026-01-31T12:00:00.000Z" }),
    title: "beta",
  },
  { row: sampleProcess({ pid: 2, cpuPercent: null, tty: null, startedAt: null, sessionId: null }), title: null },
  {
    row: sampleProcess({ pid: 3, owner: "orphan", cpuPercent: 7, startedAt: "2026-01-31T13:00:00.000Z", tty: "pts/1" }),
    title: "Alpha",
  },
];

describe("sorting", () => {
  test.each<[ProcessColumn, "ascending" | "descending", readonly number[]]>([
    ["pid", "descending", [3, 2, 1]],
    ["session", "ascending", [3, 1, 2]],
    ["session", "descending", [1, 3, 2]],
    ["cpu", "ascending", [3, 1, 2]],
    ["cpu", "descending", [1, 3, 2]],
    ["startedAt", "descending", [3, 1, 2]],
    ["tty", "ascending", [3, 1, 2]],
    ["owner", "ascending", [3, 1, 2]],
    ["memory", "descending", [1, 2, 3]],
  ])("by %s, %s", (column, direction, expected) => {
    expect(sortProcesses(entries, { column, direction }).map(({ row }) => row.pid)).toEqual(expected);
  });

  test("a click turns the column over, or begins another as it is of use", () => {
    const byPid = { column: "pid", direction: "ascending" } as const;
    expect([nextSort(byPid, "pid"), nextSort(byPid, "cpu"), nextSort(byPid, "tty")]).toEqual([
      { column: "pid", direction: "descending" },
      { column: "cpu", direction: "descending" },
      { column: "tty", direction: "ascending" },
    ]);
  });
});

test.each([
  ["", [1, 2, 3]],
  ["alpha", [3]],
  ["ORPHAN pts/1", [3]],
  ["atlas", [1, 2, 3]],
  ["nowhere", []],
])("the filter %j", (text, expected) => {
  expect(filterProcesses(entries, text).map(({ row }) => row.pid)).toEqual(expected);
});

test.each([
  [entries.map(({ row }) => row), "3 processes: 1 owned, 1 observed, 1 left over"],
  [[sampleProcess()], "1 process: 1 observed"],
  [[], "0 processes"],
])("counts in words", (rows, expected) => {
  expect(countWords(rows)).toBe(expected);
});
