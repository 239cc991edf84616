import { expect, test } from "vitest";
import { createSessionPages, pagingOf, SESSION_PAGE_SIZE } from "../../../../renderer/stores/sessionPages.ts";
import type { SessionSummary } from "../../../../shared/model/session.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { sampleSession } from "./samples.ts";

const limit = SESSION_PAGE_SIZE;

function createBench() {
  const host = createFakeHost();
  const listed: string[] = [];
  const store = createSessionPages({
    request: host.request,
    onListed: (sessions) => listed.push(...sessions.map(({ sessionId }) => sessionId)),
  });
  return { host, store, listed };
}

test("pages go on from each other until the last, each scope for itself", async () => {
  const { host, store, listed } = createBench();
  host.answers["sessions.list"] = ({ cursor, project }) => ({
    items: [sampleSession({ sessionId: `${project ?? "all"} ${cursor ?? "first"}` })],
    nextCursor: cursor === undefined ? "second" : null,
  });
  const all = { kind: "all" } as const;
  for (let asks = 0; asks < 3; asks += 1) await store.getState().loadMore(all);
  await store.getState().loadMore({ kind: "project", projectPath: "/a" });
  await store.getState().loadMore({ kind: "query", text: "retry" });
  expect([listed, host.asked.map(([, params]) => params), pagingOf(store.getState().scopes, all).phase]).toEqual([
    ["all first", "all second", "/a first", "all first"],
    [{ limit }, { limit, cursor: "second" }, { project: "/a", limit }, { q: "retry", limit }],
    "done",
  ]);
});

test("a page is asked for once at a time", async () => {
  const { host, store } = createBench();
  const answer = openAnswer<{ items: SessionSummary[]; nextCursor: null }>();
  host.answers["sessions.list"] = () => answer.promise;
  const first = store.getState().loadMore({ kind: "all" });
  await store.getState().loadMore({ kind: "all" });
  answer.resolve({ items: [], nextCursor: null });
  await first;
  expect(host.asked.length).toBe(1);
});

test("a page that did not come says why, and is asked for again", async () => {
  const { host, store, listed } = createBench();
  const scope = { kind: "all" } as const;
  host.answers["sessions.list"] = refuse("internal", "The disk is away.");
  await store.getState().loadMore(scope);
  const failed = pagingOf(store.getState().scopes, scope);
  host.answers["sessions.list"] = () => ({ items: [sampleSession()], nextCursor: null });
  await store.getState().loadMore(scope);
  expect([failed, listed]).toEqual([{ phase: "failed", cursor: null, problem: "The disk is away." }, ["one"]]);
});

test("an answer from before a reset is dropped", async () => {
  const { host, store, listed } = createBench();
  const answer = openAnswer<{ items: SessionSummary[]; nextCursor: null }>();
  host.answers["sessions.list"] = () => answer.promise;
  const asked = store.getState().loadMore({ kind: "all" });
  store.getState().reset();
  answer.resolve({ items: [sampleSession()], nextCursor: null });
  await asked;
  expect([listed, store.getState().scopes]).toEqual([[], {}]);
});
