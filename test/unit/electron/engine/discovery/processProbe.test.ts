import { expect, test } from "vitest";
import {
  parseBootTime,
  parseCommandLine,
  parseResidentBytes,
  parseStat,
} from "../../../../../electron/engine/discovery/processProbe/linux.ts";
import { parseLsof, parsePs } from "../../../../../electron/engine/discovery/processProbe/macos.ts";
import { parseCim } from "../../../../../electron/engine/discovery/processProbe/windows.ts";

/** Recorded of 2.1.329 inside tmux. */
const stat =
  "14873 (claude) S 14872 14873 14873 34816 14873 4194304 96039 18073 40 42 551 69 32 10 20 0 10 0 529600 5851258880 73001 18446744073709551615 34281728 152782944";

test.each([
  ["recorded", stat, { isDead: false, parentPid: 14872, tty: "pts/0", cpuTicks: 620, startTicks: 529600 }],
  [
    "a name with parentheses",
    stat.replace("claude", "a) R (b c"),
    { isDead: false, parentPid: 14872, tty: "pts/0", cpuTicks: 620, startTicks: 529600 },
  ],
  [
    "a zombie without a terminal",
    stat.replace(" S ", " Z ").replace("34816", "0"),
    { isDead: true, parentPid: 14872, tty: null, cpuTicks: 620, startTicks: 529600 },
  ],
  ["nothing", "", null],
  ["cut short", "14873 (claude) S 14872", null],
])("/proc/<pid>/stat: %s", (_name, text, expected) => {
  expect(parseStat(text)).toEqual(expected);
});

test.each([
  ["34816", "pts/0"],
  ["34819", "pts/3"],
  ["35073", "pts/257"],
  ["1025", "tty1"],
  ["1088", "ttyS0"],
  ["1280", "5:0"],
])("terminal %s is %s", (device, name) => {
  expect(parseStat(stat.replace("34816", device))?.tty).toBe(name);
});

test("the other files of /proc", () => {
  expect(parseCommandLine("claude\0--name\0a b\0\0")).toEqual(["claude", "--name", "a b", ""]);
  expect(parseCommandLine("claude: working")).toEqual(["claude: working"]);
  expect(parseCommandLine("")).toBeNull();
  expect(parseResidentBytes("Name:\tclaude\nVmPeak:\t  9 kB\nVmRSS:\t  292004 kB\n")).toBe(299_012_096);
  expect(parseResidentBytes("Name:\tkthreadd\n")).toBeNull();
  expect(parseBootTime("cpu 1 2\nbtime 1795208083\nprocesses 9\n")).toBe(1_795_208_083_000);
  expect(parseBootTime("")).toBeNull();
});

test("macOS: ps", () => {
  const output = [
    "  501   412 ttys003  Fri Nov 20 21:13:00 2026 299008   3.4 claude --resume 2ae54b84 --model opus",
    "77002     1 ??       Mon Nov  2 09:03:07 2026  10240   0.0 /Users/dev/.local/bin/claude --print --append-system-prompt be brief",
    "77003     1 ??       Mon Nov  2 09:03:07 2026      0   0.0 ",
    "ps: illegal process id: x",
    "",
  ].join("\n");
  expect(parsePs(output)).toEqual([
    {
      pid: 501,
      parentPid: 412,
      argv: ["claude", "--resume", "2ae54b84", "--model", "opus"],
      cwd: null,
      tty: "ttys003",
      startedAt: Date.parse("2026-11-20T21:13:00"),
      memoryBytes: 306_184_192,
      cpuTimeMs: null,
      cpuPercent: 3.4,
    },
    {
      pid: 77002,
      parentPid: 1,
      argv: ["/Users/dev/.local/bin/claude", "--print", "--append-system-prompt", "be", "brief"],
      cwd: null,
      tty: null,
      startedAt: Date.parse("2026-11-02T09:03:07"),
      memoryBytes: 10_485_760,
      cpuTimeMs: null,
      cpuPercent: 0,
    },
    {
      pid: 77003,
      parentPid: 1,
      argv: null,
      cwd: null,
      tty: null,
      startedAt: Date.parse("2026-11-02T09:03:07"),
      memoryBytes: 0,
      cpuTimeMs: null,
      cpuPercent: 0,
    },
  ]);
});

test("macOS: lsof", () => {
  const output = [
    "p501",
    "fcwd",
    "n/Users/dev/My Projects/shop",
    "p77002",
    "fcwd",
    "n/private/tmp",
    "p88000",
    "fcwd",
    "nunknown (Permission denied)",
    "lsof: WARNING: can't stat() something",
    "",
  ].join("\n");
  expect([...parseLsof(output)]).toEqual([
    [501, "/Users/dev/My Projects/shop"],
    [77002, "/private/tmp"],
  ]);
});

const cimRow = {
  ProcessId: 4120,
  ParentProcessId: 880,
  CommandLine: '"C:\\Users\\dev\\.local\\bin\\claude.exe"  --name="a b"',
  ExecutablePath: "C:\\Users\\dev\\.local\\bin\\claude.exe",
  WorkingSetSize: 314572800,
  KernelModeTime: 12500000,
  UserModeTime: 37500000,
  Started: "2026-11-20T20:13:00.1234567Z",
};
const cimDetails = {
  pid: 4120,
  parentPid: 880,
  argv: ["C:\\Users\\dev\\.local\\bin\\claude.exe", "--name=a b"],
  cwd: null,
  tty: null,
  startedAt: Date.parse("2026-11-20T20:13:00.123Z"),
  memoryBytes: 314_572_800,
  cpuTimeMs: 5_000,
  cpuPercent: null,
};
const nothingKnown = {
  parentPid: null,
  cwd: null,
  tty: null,
  startedAt: null,
  memoryBytes: null,
  cpuTimeMs: null,
  cpuPercent: null,
};

test.each<readonly [string, string, readonly unknown[]]>([
  ["one process", JSON.stringify(cimRow), [cimDetails]],
  [
    "a list, with a mark of its encoding",
    `\uFEFF${JSON.stringify([cimRow, { ...cimRow, ProcessId: 5 }])}\r\n`,
    [cimDetails, { ...cimDetails, pid: 5 }],
  ],
  [
    "another user's process",
    JSON.stringify([{ ProcessId: 7, CommandLine: null, ExecutablePath: null, Started: null, KernelModeTime: null }]),
    [{ pid: 7, argv: null, ...nothingKnown }],
  ],
  [
    "a process whose program alone is known",
    '{"ProcessId":7,"ExecutablePath":"C:\\\\claude.exe"}',
    [{ pid: 7, argv: ["C:\\claude.exe"], ...nothingKnown }],
  ],
  ["a row of another shape", '[{"ProcessId":"x"},null]', []],
  ["no process", "", []],
  ["an error", "Get-CimInstance : Access denied", []],
])("Windows: %s", (_name, output, expected) => {
  expect(parseCim(output)).toEqual(expected);
});
