import { expect, test } from "vitest";
import { createClaudePids } from "../../../../../electron/engine/discovery/claudePids.ts";

function underTest(first: Readonly<Record<number, readonly string[] | null>>) {
  const running = new Map(Object.entries(first).map(([pid, argv]) => [Number(pid), argv]));
  const read: number[] = [];
  const look = createClaudePids({
    listPids: async () => [...running.keys()],
    readArguments: async (pid) => {
      read.push(pid);
      return running.get(pid) ?? null;
    },
  });
  return { running, look, read: () => read.splice(0).length };
}

test("claude processes are found among all, and those that ended are forgotten", async () => {
  const { running, look } = underTest({ 1: ["init"], 2: ["claude", "-c"], 3: null });
  expect(await look()).toEqual([2]);
  running.set(4, ["/usr/bin/claude"]);
  expect(await look()).toEqual([2, 4]);
  running.delete(2);
  expect(await look()).toEqual([4]);
});

test("a program that a shell began in its own place is found, soon after its start and late", async () => {
  const { running, look } = underTest({ 1: ["sh", "claude"] });
  expect(await look()).toEqual([]);
  running.set(1, ["claude"]);
  expect(await look()).toEqual([1]);
  running.set(1, ["sh"]);
  for (let number = 0; number < 10; number += 1) await look();
  running.set(1, ["claude"]);
  const found: number[] = [];
  for (let number = 0; number < 30; number += 1) found.push((await look()).length);
  expect(found).toContain(1);
});

test("what has run for a while is not read at each look", async () => {
  const { look, read } = underTest(Object.fromEntries(Array.from({ length: 300 }, (_, pid) => [pid + 1, ["init"]])));
  for (let number = 0; number < 5; number += 1) await look();
  read();
  for (let number = 0; number < 20; number += 1) await look();
  expect(read()).toBe(0);
});
