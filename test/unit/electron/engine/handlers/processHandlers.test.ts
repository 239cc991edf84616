import { expect, test } from "vitest";
import type { StopOutcome } from "../../../../../electron/engine/discovery/stopObserved.ts";
import { processHandlers } from "../../../../../electron/engine/handlers/processHandlers.ts";
import type { ProcessRow } from "../../../../../shared/model/process.ts";

const context = { client: "test" };

function aRow(differences: Partial<ProcessRow> = {}): ProcessRow {
  return {
    pid: 7,
    parentPid: 1,
    startIdentity: "start-7",
    startedAt: null,
    tty: null,
    cwd: null,
    command: "claude",
    cpuPercent: null,
    memoryBytes: null,
    owner: "observed",
    sessionId: "session-7",
    projectPath: null,
    cliVersion: null,
    routes: [],
    ...differences,
  };
}

function handlersOver(rows: readonly ProcessRow[], outcome: StopOutcome = "ended") {
  const done: string[] = [];
  const handlers = processHandlers({
    listProcesses: async () => rows,
    endOrphan: async ({ pid, startIdentity }) => void done.push(`orphan ${String(pid)} ${startIdentity}`),
    stopObserved: async ({ pid, startIdentity }) => {
      done.push(`observed ${String(pid)} ${startIdentity}`);
      return outcome;
    },
    closeOwned: async (pid) => void done.push(`close ${pid}`),
  });
  return { handlers, done, stop: () => handlers["processes.stop"]({ pid: 7, startIdentity: "start-7" }, context) };
}

test("processes are listed in pages", async () => {
  const rows = [aRow(), aRow({ pid: 8 }), aRow({ pid: 9 })];
  const { handlers } = handlersOver(rows);
  const first = await handlers["processes.list"]({ limit: 2 }, context);
  expect(first).toEqual({ items: rows.slice(0, 2), nextCursor: "2" });
  expect(await handlers["processes.list"]({ limit: 2, cursor: "2" }, context)).toEqual({
    items: rows.slice(2),
    nextCursor: null,
  });
});

test.each([
  { what: "one of others is signalled", row: aRow(), done: ["observed 7 start-7"] },
  { what: "an orphan ends with all it started", row: aRow({ owner: "orphan" }), done: ["orphan 7 start-7"] },
  { what: "an owned one ends as its session does", row: aRow({ owner: "owned" }), done: ["close 7"] },
  {
    what: "an owned one whose session is not known ends so, too",
    row: aRow({ owner: "owned", sessionId: null }),
    done: ["close 7"],
  },
])("$what", async ({ row, done }) => {
  const parts = handlersOver([aRow({ pid: 6 }), row]);
  expect(await parts.stop()).toEqual({ outcome: "ended" });
  expect(parts.done).toEqual(done);
});

test("a process that is not listed is never touched, whatever its pid", async () => {
  const parts = handlersOver([aRow({ pid: 8 })]);
  expect([await parts.stop(), parts.done]).toEqual([{ outcome: "already_gone" }, []]);
});

test.each([{ startIdentity: "later" }, { startIdentity: null }])(
  "another process than the one that was listed ($startIdentity) is never touched",
  async (differences) => {
    const parts = handlersOver([aRow(differences)]);
    await expect(parts.stop()).rejects.toMatchObject({ code: "process_changed" });
    expect(parts.done).toEqual([]);
  },
);

test.each([
  { outcome: "not_the_same", code: "process_changed" },
  { outcome: "not_permitted", code: "forbidden" },
  { outcome: "still_running", code: "process_still_running" },
] as const)("$outcome is told as $code, in words", async ({ outcome, code }) => {
  const refusal = { code, message: expect.stringContaining("Process 7 ") };
  await expect(handlersOver([aRow()], outcome).stop()).rejects.toMatchObject(refusal);
});

test("one that ended by itself before it was signalled", async () => {
  expect(await handlersOver([aRow()], "already_gone").stop()).toEqual({ outcome: "already_gone" });
});
