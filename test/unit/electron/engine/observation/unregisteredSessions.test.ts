import { expect, test } from "vitest";
import {
  type UnregisteredProcess,
  UnregisteredSessions,
} from "../../../../../electron/engine/observation/unregisteredSessions.ts";

const NOW = Date.UTC(2026, 10, 20, 20);
const MINUTE = 60_000;

const aProcess = (pid: number, more: Partial<UnregisteredProcess> = {}): UnregisteredProcess => ({
  pid,
  startIdentity: `start-${pid}`,
  startedAt: NOW - 30 * MINUTE,
  cwd: "/shop",
  sessionId: null,
  ...more,
});

/** Sessions of `/shop`, by when each was last written. */
function underTest(processes: readonly UnregisteredProcess[], written: Readonly<Record<string, number>>) {
  const state = { now: NOW, processes, written: new Map(Object.entries(written)), open: new Set<string>() };
  const sessions = new UnregisteredSessions({
    processes: async () => state.processes,
    sessionsIn: (directory) => (directory === "/shop" ? [...state.written.keys()] : []),
    writtenMs: async (sessionId) => state.written.get(sessionId) ?? null,
    isOpen: (sessionId) => state.open.has(sessionId),
    now: () => state.now,
  });
  const look = async (minAgeMs = 0): Promise<readonly string[]> =>
    (await sessions.look(minAgeMs)).found.map(({ pid, sessionId }) => `${pid} ${sessionId}`);
  return { state, sessions, look };
}

test("a session that a process was told to open is open in it, however long ago it was written", async () => {
  const { look, state } = underTest([aProcess(1, { sessionId: "one", cwd: null })], { one: 0 });
  expect(await look()).toEqual(["1 one"]);
  state.open.add("one");
  expect(await look()).toEqual([]);
});

test("a session that has no transcript here is none of ours", async () => {
  const { look } = underTest([aProcess(1, { sessionId: "strange" })], { one: NOW });
  expect(await look()).toEqual([]);
});

test.each([
  ["was written since it started", NOW - MINUTE, ["1 one"]],
  ["was written before it started, long ago", 0, []],
  ["was written before it started", NOW - 31 * MINUTE, []],
  ["was not written for long", NOW - 20 * MINUTE, []],
])("of a process without a name, a session of its directory that %s", async (_what, writtenMs, expected) => {
  const { look } = underTest([aProcess(1)], { one: writtenMs });
  expect(await look()).toEqual(expected);
});

test("a process in another directory writes none of these", async () => {
  const { look } = underTest([aProcess(1, { cwd: "/other" }), aProcess(2, { cwd: null })], { one: NOW });
  expect(await look()).toEqual([]);
});

test("what a process was seen to write stays its own while it is idle, until it goes on with another", async () => {
  const { look, state } = underTest([aProcess(1)], { one: NOW - MINUTE, two: NOW - 40 * MINUTE });
  expect(await look()).toEqual(["1 one"]);
  state.now += 60 * MINUTE;
  expect(await look()).toEqual(["1 one"]);
  state.written.set("two", state.now);
  expect(await look()).toEqual(["1 two"]);
  state.processes = [];
  expect(await look()).toEqual([]);
});

test("two processes in one directory have the two that were written last, each its own", async () => {
  const { look, state } = underTest([aProcess(1)], { one: NOW - 2 * MINUTE });
  expect(await look()).toEqual(["1 one"]);
  state.processes = [aProcess(2), aProcess(1)];
  state.written.set("two", NOW).set("three", NOW - 3 * MINUTE);
  expect((await look()).toSorted()).toEqual(["1 one", "2 two"]);
});

test("what others are known to have written until they ended is not taken for the process's", async () => {
  const { look, state, sessions } = underTest([aProcess(1)], { one: NOW - 1 });
  state.open.add("one");
  expect(await look()).toEqual([]);
  state.open.delete("one");
  sessions.noteClosed("one");
  expect(await look()).toEqual([]);
  state.written.set("one", NOW + 1);
  expect(await look()).toEqual(["1 one"]);
});

test("a process that may still register is waited for", async () => {
  const young = aProcess(1, { sessionId: "one", startedAt: NOW - 500 });
  const { sessions, look } = underTest([young], { one: NOW });
  expect(await sessions.look(3_000)).toEqual({ found: [], isWaiting: true });
  expect(await look(0)).toEqual(["1 one"]);
});
