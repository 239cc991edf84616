import { expect, test } from "vitest";
import {
  isSameProcess,
  parseCimStartTimes,
  parsePsStartTimes,
  readStartIdentity,
} from "../../../../../electron/engine/claude/processIdentity.ts";
import { parseProcStat } from "../../../../../electron/engine/claude/procStat.ts";
import { pidsUnder } from "../../../../../electron/engine/claude/processTree.ts";
import { parseReaperLine, watchLine } from "../../../../../electron/engine/claude/reaperLines.ts";

const tail = "4194560 1 0 0 0 1 2 0 0 20 0 12 0 268152 1000 200";

test.each([
  [
    "an ordinary one",
    `42 (claude) S 7 42 42 0 -1 ${tail}`,
    { pid: 42, ppid: 7, processGroup: 42, startTicks: "268152", isDead: false },
  ],
  [
    "a name with spaces and parentheses",
    `42 (a) R (b c) Z 7 41 42 0 -1 ${tail}\n`,
    { pid: 42, ppid: 7, processGroup: 41, startTicks: "268152", isDead: true },
  ],
  ["nothing", "", null],
  ["something else", "cpu 1 2 3", null],
  ["cut short", "42 (claude) S 7 42", null],
])("/proc/<pid>/stat: %s", (_name, text, expected) => {
  expect(parseProcStat(text)).toEqual(expected);
});

test("ps: start times by pid, zombies left out", () => {
  const output = "  123 Ss   Fri Nov  2 21:13:00 2026\n77777 Z+   Fri Nov 20 21:13:01 2026\nnonsense\n";
  expect([...parsePsStartTimes(output)]).toEqual([[123, "Fri Nov 2 21:13:00 2026"]]);
});

test("CIM: ticks by pid", () => {
  expect([...parseCimStartTimes("4120 638993456001234567\r\n\r\nERROR\r\n")]).toEqual([[4120, "638993456001234567"]]);
});

test("this process is itself, and is not one that started at another time", async () => {
  const startIdentity = (await readStartIdentity(process.pid)) ?? "";
  expect(startIdentity).not.toBe("");
  expect(await isSameProcess({ pid: process.pid, startIdentity })).toBe(true);
  expect(await isSameProcess({ pid: process.pid, startIdentity: "1" })).toBe(false);
});

test("what runs under a process: its children's children and its group, whatever became of their parents", () => {
  const processes = [
    { pid: 10, ppid: 1, processGroup: 10 },
    { pid: 11, ppid: 10, processGroup: 11 },
    { pid: 12, ppid: 11, processGroup: 11 },
    { pid: 13, ppid: 1, processGroup: 10 },
    { pid: 14, ppid: 13, processGroup: 14 },
    { pid: 20, ppid: 1, processGroup: 20 },
    // A listing taken while pids changed hands may show a circle.
    { pid: 30, ppid: 31, processGroup: null },
    { pid: 31, ppid: 30, processGroup: null },
  ];
  expect(pidsUnder(processes, 10).toSorted((a, b) => a - b)).toEqual([11, 12, 13, 14]);
  expect(pidsUnder(processes, 30)).toEqual([31]);
  expect(pidsUnder(processes, 99)).toEqual([]);
});

test.each([
  [watchLine({ pid: 5, startIdentity: "Fri Nov 2 21:13:00 2026" }).trimEnd(), "watch", "Fri Nov 2 21:13:00 2026"],
  ["forget 5 123", "forget", "123"],
])("reaper line %j", (line, verb, startIdentity) => {
  expect(parseReaperLine(line)).toEqual({ verb, pid: 5, startIdentity });
});

test.each(["watch 5", "watch x 1", "kill 5 1", "", "watch -1 1"])("no reaper line: %j", (line) => {
  expect(parseReaperLine(line)).toBeNull();
});
