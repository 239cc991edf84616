import type { ProcessRow } from "../../../../shared/model/process.ts";

/** An observed process in a terminal, with the given differences. */
export function sampleProcess(change: Partial<ProcessRow> = {}): ProcessRow {
  return {
    pid: 100,
    parentPid: 1,
    startIdentity: "100 at noon",
    startedAt: "2026-01-31T12:00:00.000Z",
    tty: "pts/3",
    cwd: "/home/ada/atlas",
    command: "claude --resume one",
    cpuPercent: 3,
    memoryBytes: 200_000_000,
    owner: "observed",
    sessionId: "one",
    projectPath: "/home/ada/atlas",
    cliVersion: "2.1.329",
    routes: [],
    ...change,
  };
}
