import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { endThread } from "../../../../electron/engine/endThread.ts";

const WILLING = `const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ kind }) => { if (kind === "end") { parentPort.postMessage("ended"); parentPort.close(); } });`;
/** Beyond any test: nothing is ended by force meanwhile. */
const FOREVER_MS = 1_000_000;

const STUCK = `const { parentPort } = require("node:worker_threads");
  parentPort.postMessage("stuck");
  for (;;) {}`;

test("a thread ends by itself, also one that was not up yet when it was asked to", async () => {
  const worker = new Worker(WILLING, { eval: true });
  const said: unknown[] = [];
  worker.on("message", (message) => said.push(message));
  const [[code]] = await Promise.all([once(worker, "exit"), endThread(worker, FOREVER_MS)]);
  expect([said, code]).toEqual([["ended"], 0]);
});

test("one that does not is ended by force", async () => {
  const worker = new Worker(STUCK, { eval: true });
  await once(worker, "message");
  const [[code]] = await Promise.all([once(worker, "exit"), endThread(worker, 1)]);
  expect(code).toBe(1);
});

test("one that is gone already is none to wait for", async () => {
  const worker = new Worker("", { eval: true });
  await once(worker, "exit");
  await endThread(worker);
  expect(worker.threadId).toBe(-1);
});
