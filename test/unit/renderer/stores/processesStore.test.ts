import { describe, expect, test } from "vitest";
import { createProcessesStore, POLL_MS, processKey } from "../../../../renderer/stores/processesStore.ts";
import { sampleProcess } from "../processes/sampleProcess.ts";
import { createFakeClock, settled } from "./fakeClock.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { sampleSession } from "./samples.ts";

function createBench() {
  const host = createFakeHost({ "processes.list": () => ({ items: [sampleProcess()], nextCursor: null }) });
  const clock = createFakeClock();
  const store = createProcessesStore({ request: host.request, after: clock.after });
  const lists = (): number => host.asked.filter(([name]) => name === "processes.list").length;
  return { host, clock, store, lists };
}

describe("the list of processes", () => {
  test("is asked for at once and again, until nobody watches", async () => {
    const { clock, store, lists } = createBench();
    const leave = store.getState().watch();
    await settled();
    const first = lists();
    await clock.pass(POLL_MS);
    const second = lists();
    leave();
    await clock.pass(POLL_MS);
    expect([first, second, lists(), clock.waiting()]).toEqual([1, 2, 2, 0]);
  });

  test("goes over all pages", async () => {
    const { host, store } = createBench();
    host.answers["processes.list"] = ({ cursor }) => ({
      items: [sampleProcess({ pid: cursor === undefined ? 1 : 2 })],
      nextCursor: cursor === undefined ? "next" : null,
    });
    await store.getState().refresh();
    expect(store.getState().items?.map(({ pid }) => pid)).toEqual([1, 2]);
  });

  test("a list that does not come leaves the one before, and says why until the next comes", async () => {
    const { host, clock, store } = createBench();
    const list = host.answers["processes.list"];
    store.getState().watch();
    await settled();
    host.answers["processes.list"] = refuse("internal", "No process list.");
    await clock.pass(POLL_MS);
    const { items, failure } = store.getState();
    if (list !== undefined) host.answers["processes.list"] = list;
    await clock.pass(POLL_MS);
    expect([items, failure, store.getState().failure]).toEqual([
      [sampleProcess()],
      { code: "internal", message: "No process list." },
      null,
    ]);
  });
});

describe("stopping a process", () => {
  test.each([
    ["observed", sampleProcess(), "processes.stop", { pid: 100, startIdentity: "100 at noon" }],
    ["left over", sampleProcess({ owner: "orphan" }), "processes.stop", { pid: 100, startIdentity: "100 at noon" }],
    ["owned", sampleProcess({ owner: "owned" }), "sessions.close", { sessionId: "one" }],
  ] as const)("that is %s", async (_name, row, name, params) => {
    const { host, store } = createBench();
    host.answers["processes.stop"] = () => ({ outcome: "ended" });
    host.answers["sessions.close"] = () => sampleSession();
    const result = await store.getState().stop(row);
    expect([result, host.asked[0]]).toEqual([{ ok: true, outcome: "ended" }, [name, params]]);
  });

  test("shows that it is on its way, and then the list without it", async () => {
    const { host, store } = createBench();
    const answer = openAnswer<{ outcome: "already_gone" }>();
    host.answers["processes.stop"] = () => answer.promise;
    const stopped = store.getState().stop(sampleProcess());
    const during = store.getState().stopping;
    host.answers["processes.list"] = () => ({ items: [], nextCursor: null });
    answer.resolve({ outcome: "already_gone" });
    expect([await stopped, during, store.getState().stopping, store.getState().items]).toEqual([
      { ok: true, outcome: "already_gone" },
      { [processKey(sampleProcess())]: true },
      {},
      [],
    ]);
  });

  test("a list that was on its way before the stop does not hide what it did", async () => {
    const { host, store } = createBench();
    const old = openAnswer<{ items: ReturnType<typeof sampleProcess>[]; nextCursor: null }>();
    host.answers["processes.list"] = () => old.promise;
    host.answers["processes.stop"] = () => ({ outcome: "ended" });
    const listing = store.getState().refresh();
    const stopped = store.getState().stop(sampleProcess());
    await settled();
    host.answers["processes.list"] = () => ({ items: [], nextCursor: null });
    old.resolve({ items: [sampleProcess()], nextCursor: null });
    await Promise.all([listing, stopped]);
    expect(store.getState().items).toEqual([]);
  });

  test("a failure comes back with the host's words", async () => {
    const { host, store } = createBench();
    host.answers["processes.stop"] = refuse("process_changed", "It is another one.");
    expect(await store.getState().stop(sampleProcess())).toEqual({
      ok: false,
      failure: { code: "process_changed", message: "It is another one." },
    });
  });
});
