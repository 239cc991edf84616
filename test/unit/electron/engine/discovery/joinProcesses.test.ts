import { expect, test } from "vitest";
import type { LiveEntry } from "../../../../../electron/engine/discovery/believedEntries.ts";
import { joinProcesses, type ProcessSources } from "../../../../../electron/engine/discovery/joinProcesses.ts";
import type { ListedProcess } from "../../../../../electron/engine/discovery/listProcesses.ts";
import { createCpuLoad } from "../../../../../electron/engine/discovery/listProcesses.ts";
import { processRowSchema } from "../../../../../shared/model/process.ts";

const NAMED = "2ae54b84-1f0c-4c1e-9a55-0d6a3f3b1c22";

const listed = (pid: number, more: Partial<ListedProcess> = {}): ListedProcess => ({
  pid,
  parentPid: 1,
  argv: ["claude", "--api-key", "abc"],
  cwd: "/home/dev/shop/packages",
  tty: "pts/3",
  startedAt: Date.parse("2026-11-20T20:13:00Z"),
  memoryBytes: 1_024,
  cpuPercent: 3.5,
  startIdentity: `start-${String(pid)}`,
  ...more,
});
const entry = (pid: number, more: Partial<LiveEntry> = {}): LiveEntry => ({
  pid,
  sessionId: `session-${String(pid)}`,
  cwd: "/home/dev/shop",
  startedAt: Date.parse("2026-11-20T20:13:01Z"),
  procStart: null,
  version: "2.1.329",
  kind: "interactive",
  entrypoint: "cli",
  name: null,
  status: "idle",
  waitingFor: null,
  statusUpdatedAt: null,
  messagingSocketPath: null,
  tmux: null,
  startIdentity: `start-${String(pid)}`,
  ...more,
});
const sources = (more: Partial<ProcessSources>): ProcessSources => ({
  listed: [],
  registry: [],
  live: [],
  recorded: [],
  found: [],
  usableRoutes: new Set(["stdin", "inbox", "tmux"]),
  ...more,
});

test("a process in a terminal, all known", () => {
  const rows = joinProcesses(
    sources({ listed: [listed(7)], registry: [entry(7, { messagingSocketPath: "/tmp/7.sock", tmux: "0:@0.%0" })] }),
  );
  expect(rows).toEqual([
    {
      pid: 7,
      parentPid: 1,
      startIdentity: "start-7",
      startedAt: "2026-11-20T20:13:00.000Z",
      tty: "pts/3",
      cwd: "/home/dev/shop/packages",
      command: "claude --api-key ***",
      cpuPercent: 3.5,
      memoryBytes: 1_024,
      owner: "observed",
      sessionId: "session-7",
      projectPath: "/home/dev/shop",
      cliVersion: "2.1.329",
      routes: ["inbox", "tmux"],
    },
  ]);
  expect(processRowSchema.array().parse(rows)).toEqual(rows);
});

test.each([
  ["its arguments", "--resume", { found: [] }, NAMED],
  ["what it was found to write", "-p", { found: [{ pid: 7, startIdentity: "start-7", sessionId: "found" }] }, "found"],
  ["nothing, being a later process", "-p", { found: [{ pid: 7, startIdentity: "x", sessionId: "found" }] }, null],
  ["the registry, whatever it was told once", "--resume", { registry: [entry(7)] }, "session-7"],
])("a process that has its session from %s", (_what, flag, more, expected) => {
  const argv = ["claude", flag, NAMED];
  expect(joinProcesses(sources({ listed: [listed(7, { argv })], ...more }))).toMatchObject([{ sessionId: expected }]);
});

test("a process of which hardly anything is known", () => {
  const nothing = {
    parentPid: null,
    argv: null,
    cwd: null,
    tty: null,
    startedAt: null,
    memoryBytes: null,
    cpuPercent: null,
    startIdentity: null,
  };
  const rows = joinProcesses(sources({ listed: [listed(7, nothing)] }));
  expect(rows).toEqual([
    {
      pid: 7,
      parentPid: null,
      startIdentity: null,
      startedAt: null,
      tty: null,
      cwd: null,
      command: null,
      cpuPercent: null,
      memoryBytes: null,
      owner: "observed",
      sessionId: null,
      projectPath: null,
      cliVersion: null,
      routes: [],
    },
  ]);
  expect(processRowSchema.array().parse(rows)).toEqual(rows);
});

const owned = (pid: number, startIdentity: string | null = `start-${String(pid)}`) => ({
  pid,
  startIdentity,
  sessionId: `first-${String(pid)}`,
});

test.each<
  readonly [
    string,
    Partial<ProcessSources>,
    { readonly owner: string; readonly sessionId: string | null; readonly routes: readonly string[] },
  ]
>([
  [
    "our child",
    { live: [owned(7)], recorded: [owned(7)] },
    { owner: "owned", sessionId: "first-7", routes: ["stdin"] },
  ],
  [
    "our child whose start is not known",
    { live: [owned(7, null)] },
    { owner: "owned", sessionId: "first-7", routes: ["stdin"] },
  ],
  [
    "our child that changed its session",
    { live: [owned(7)], registry: [entry(7)] },
    { owner: "owned", sessionId: "session-7", routes: ["stdin"] },
  ],
  ["a child of an earlier run", { recorded: [owned(7)] }, { owner: "orphan", sessionId: "first-7", routes: [] }],
  [
    "a child of an earlier run, by its inbox",
    { recorded: [owned(7)], registry: [entry(7, { messagingSocketPath: "/s" })] },
    { owner: "orphan", sessionId: "session-7", routes: ["inbox"] },
  ],
  [
    "somebody else's with the pid of a child of an earlier run",
    { recorded: [owned(7, "start-before")] },
    { owner: "observed", sessionId: null, routes: [] },
  ],
  [
    "a recorded child without a start",
    { recorded: [owned(7, null)] },
    { owner: "observed", sessionId: null, routes: [] },
  ],
  [
    "an entry of another process with the pid",
    { registry: [entry(7, { startIdentity: "start-before" })] },
    { owner: "observed", sessionId: null, routes: [] },
  ],
  [
    "with hooks in use",
    { registry: [entry(7)], usableRoutes: new Set(["hook"] as const) },
    { owner: "observed", sessionId: "session-7", routes: ["hook"] },
  ],
])("%s", (_name, more, expected) => {
  const [row] = joinProcesses(sources({ listed: [listed(7)], ...more }));
  expect({ owner: row?.owner, sessionId: row?.sessionId, routes: row?.routes }).toEqual(expected);
});

test("where the system tells no directory, the registry does", () => {
  const [row] = joinProcesses(sources({ listed: [listed(7, { cwd: null, startedAt: null })], registry: [entry(7)] }));
  expect(row).toMatchObject({ cwd: "/home/dev/shop", startedAt: "2026-11-20T20:13:01.000Z" });
});

test("rows come by pid", () => {
  expect(joinProcesses(sources({ listed: [listed(9), listed(7), listed(8)] })).map(({ pid }) => pid)).toEqual([
    7, 8, 9,
  ]);
});

test("processor load: since the start at first, then since the last look, and only of the same process", () => {
  const load = createCpuLoad();
  const look = (cpuTimeMs: number | null, startedAt: number | null = 1_000, cpuPercent: number | null = null) => ({
    pid: 7,
    startedAt,
    cpuTimeMs,
    cpuPercent,
  });
  expect(load([look(500)], 2_000)).toEqual([50]);
  expect(load([look(1_500)], 3_000)).toEqual([100]);
  expect(load([look(1_500)], 4_000)).toEqual([0]);
  expect(load([look(100, 4_000)], 5_000)).toEqual([10]);
  expect(load([look(null, 4_000, 12.5)], 6_000)).toEqual([12.5]);
  expect(load([look(100, null)], 7_000)).toEqual([null]);
});
