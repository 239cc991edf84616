import { describe, expect, test } from "vitest";
import {
  createSubagentStore,
  MAX_SUBAGENT_EVENTS,
  MAX_SUBAGENTS,
  SUBAGENT_PAGE_SIZE,
} from "../../../../renderer/stores/subagentStore.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { textAdded } from "./samples.ts";

type Page = RequestResult<"sessions.events">;

function page(from: number, count: number, hasNewer: boolean): Page {
  const items = Array.from({ length: count }, (_, index) => textAdded(from + index, "x"));
  return { items, hasOlder: false, hasNewer, nextCursor: null };
}

describe("the events of a sub-agent", () => {
  test("are read from their start, page by page", async () => {
    const host = createFakeHost();
    const store = createSubagentStore(host);
    host.answers["sessions.events"] = () => page(-90, 3, true);
    await store.getState().loadMore("one", "t1");
    host.answers["sessions.events"] = () => page(-87, 2, false);
    await store.getState().loadMore("one", "t1");
    const limit = SUBAGENT_PAGE_SIZE;
    expect({ asked: host.asked.map(([, params]) => params), content: store.getState().byToolUseId["t1"] }).toEqual({
      asked: [
        { sessionId: "one", subagent: "t1", after: Number.MIN_SAFE_INTEGER, limit },
        { sessionId: "one", subagent: "t1", after: -88, limit },
      ],
      content: { events: page(-90, 5, false).items, rest: "none", isLoading: false, problem: null },
    });
  });

  test("can be looked for again once there seemed to be no more", async () => {
    const host = createFakeHost({ "sessions.events": () => page(0, 0, false) });
    const store = createSubagentStore(host);
    await store.getState().loadMore("one", "t1");
    host.answers["sessions.events"] = () => page(-90, 1, false);
    await store.getState().loadMore("one", "t1");
    expect(store.getState().byToolUseId["t1"]?.events.length).toBe(1);
  });

  test("are asked for once at a time", async () => {
    const host = createFakeHost();
    const store = createSubagentStore(host);
    const answer = openAnswer<Page>();
    host.answers["sessions.events"] = () => answer.promise;
    const first = store.getState().loadMore("one", "t1");
    await store.getState().loadMore("one", "t1");
    answer.resolve(page(-90, 1, false));
    await first;
    expect(host.asked.length).toBe(1);
  });

  test("of another session are dropped, on arrival as well", async () => {
    const host = createFakeHost();
    const store = createSubagentStore(host);
    const answer = openAnswer<Page>();
    host.answers["sessions.events"] = ({ sessionId }) => (sessionId === "one" ? answer.promise : page(-5, 1, false));
    const first = store.getState().loadMore("one", "t1");
    await store.getState().loadMore("two", "t2");
    answer.resolve(page(-90, 1, false));
    await first;
    const { sessionId, byToolUseId } = store.getState();
    expect({ sessionId, ids: Object.keys(byToolUseId) }).toEqual({ sessionId: "two", ids: ["t2"] });
  });

  test("that do not load say why and stay as they were", async () => {
    const host = createFakeHost({ "sessions.events": () => page(-90, 1, true) });
    const store = createSubagentStore(host);
    await store.getState().loadMore("one", "t1");
    host.answers["sessions.events"] = refuse("timed_out", "Too slow.");
    await store.getState().loadMore("one", "t1");
    const { events, ...rest } = store.getState().byToolUseId["t1"] ?? { events: [] };
    expect({ count: events.length, rest }).toEqual({
      count: 1,
      rest: { rest: "more", isLoading: false, problem: "Too slow." },
    });
  });

  test("are bounded", async () => {
    const host = createFakeHost({ "sessions.events": () => page(-90_000, MAX_SUBAGENT_EVENTS + 5, true) });
    const store = createSubagentStore(host);
    await store.getState().loadMore("one", "t1");
    const { events, rest } = store.getState().byToolUseId["t1"] ?? { events: [], rest: "none" };
    await store.getState().loadMore("one", "t1");
    expect({ count: events.length, rest, asked: host.asked.length }).toEqual({
      count: MAX_SUBAGENT_EVENTS,
      rest: "full",
      asked: 1,
    });
  });

  test("are held of so many sub-agents at most", async () => {
    const host = createFakeHost({ "sessions.events": () => page(-90, 1, false) });
    const store = createSubagentStore(host);
    for (let index = 0; index <= MAX_SUBAGENTS; index += 1) await store.getState().loadMore("one", `t${index}`);
    const ids = Object.keys(store.getState().byToolUseId);
    expect({ count: ids.length, first: ids[0] }).toEqual({ count: MAX_SUBAGENTS, first: "t1" });
  });
});
