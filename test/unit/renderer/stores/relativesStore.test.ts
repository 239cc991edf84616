import { describe, expect, test } from "vitest";
import { createRelativesStore, MAX_CHILDREN } from "../../../../renderer/stores/relativesStore.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { sampleSession } from "./samples.ts";

const parent = sampleSession({ sessionId: "parent" });
const child = sampleSession({ sessionId: "child", parentSessionId: "one" });
const one = sampleSession({ sessionId: "one", parentSessionId: "parent" });

describe("the relatives of a session", () => {
  test("are asked of the host, whose list may hold them or not", async () => {
    const host = createFakeHost({
      "sessions.get": () => parent,
      "sessions.list": () => ({ items: [child], nextCursor: null }),
    });
    const store = createRelativesStore(host);
    await store.getState().look(one);
    expect({ asked: host.asked, state: store.getState() }).toMatchObject({
      asked: [
        ["sessions.get", { sessionId: "parent" }],
        ["sessions.list", { parent: "one", limit: MAX_CHILDREN }],
      ],
      state: { sessionId: "one", parent, children: [child] },
    });
  });

  test("that the host does not know are none", async () => {
    const host = createFakeHost({
      "sessions.get": refuse("not_found", "There is none."),
      "sessions.list": refuse("internal", "It broke."),
    });
    const store = createRelativesStore(host);
    await store.getState().look(one);
    expect(store.getState()).toMatchObject({ sessionId: "one", parent: null, children: [] });
  });

  test("of a session that is not shown any more are dropped", async () => {
    const late = openAnswer<RequestResult<"sessions.list">>();
    const host = createFakeHost({ "sessions.get": () => parent, "sessions.list": () => late.promise });
    const store = createRelativesStore(host);
    const first = store.getState().look(one);
    host.answers["sessions.list"] = () => ({ items: [], nextCursor: null });
    await store.getState().look({ sessionId: "two", parentSessionId: null });
    late.resolve({ items: [child], nextCursor: null });
    await first;
    expect(store.getState()).toMatchObject({ sessionId: "two", parent: null, children: [] });
  });
});
