import { expect, test } from "vitest";
import { createProjectsStore } from "../../../../renderer/stores/projectsStore.ts";
import { createFakeClock, settled } from "./fakeClock.ts";
import { createFakeHost, refuse } from "./fakeHost.ts";

function createBench() {
  const host = createFakeHost();
  const clock = createFakeClock();
  const totals: number[] = [];
  const onTotal = (total: number): void => void totals.push(total);
  const store = createProjectsStore({ request: host.request, after: clock.after, onTotal });
  return { host, clock, store, totals };
}

const project = { name: "p", isGone: false, liveCount: 0, lastActivityAt: "2026-01-31T12:00:00.000Z" };

test("counts over all pages", async () => {
  const { host, store, totals } = createBench();
  host.answers["projects.list"] = ({ cursor }) =>
    cursor === undefined
      ? { items: [{ ...project, projectPath: "/a", sessionCount: 7 }], nextCursor: "next" }
      : { items: [{ ...project, projectPath: "/b", sessionCount: 3 }], nextCursor: null };
  store.getState().recount();
  await settled();
  expect([[...(store.getState().sessionCounts ?? [])], totals]).toEqual([
    [
      ["/a", 7],
      ["/b", 3],
    ],
    [10],
  ]);
});

test("many changes are one count now and one afterwards", async () => {
  const { host, clock, store } = createBench();
  host.answers["projects.list"] = () => ({ items: [], nextCursor: null });
  for (let change = 0; change < 1000; change += 1) store.getState().recount();
  await settled();
  const atOnce = host.asked.length;
  await clock.pass(2_000);
  await clock.pass(2_000);
  expect([atOnce, host.asked.length]).toEqual([1, 2]);
});

test("a host that does not count leaves what was known", async () => {
  const { host, clock, store, totals } = createBench();
  host.answers["projects.list"] = () => ({
    items: [{ ...project, projectPath: "/a", sessionCount: 7 }],
    nextCursor: null,
  });
  store.getState().recount();
  await settled();
  host.answers["projects.list"] = refuse("internal", "No.");
  store.getState().recount();
  await clock.pass(2_000);
  expect([host.asked.length, [...(store.getState().sessionCounts ?? [])], totals]).toEqual([2, [["/a", 7]], [7]]);
});
