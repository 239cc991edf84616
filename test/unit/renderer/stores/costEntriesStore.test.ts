import { describe, expect, test } from "vitest";
import { createCostEntriesStore, MAX_ENTRIES } from "../../../../renderer/stores/costEntriesStore.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import { sampleEntry } from "../costs/samples.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";

type Page = RequestResult<"costs.entries">;

function createBench() {
  const host = createFakeHost();
  const store = createCostEntriesStore({ request: host.request });
  const ids = (): readonly string[] | undefined => store.getState().items?.map(({ entryId }) => entryId);
  return { host, store, ids };
}

describe("a list of entries", () => {
  test("is loaded page by page with the same question", async () => {
    const { host, store, ids } = createBench();
    host.answers["costs.entries"] = ({ cursor }) =>
      cursor === undefined
        ? { items: [sampleEntry("a")], nextCursor: "c1" }
        : { items: [sampleEntry("b")], nextCursor: null };
    await store.getState().open({ sessionId: "one", turnId: "t" });
    await store.getState().loadMore();
    await store.getState().loadMore();
    expect([ids(), host.asked]).toEqual([
      ["a", "b"],
      [
        ["costs.entries", { sessionId: "one", turnId: "t", limit: 100 }],
        ["costs.entries", { sessionId: "one", turnId: "t", limit: 100, cursor: "c1" }],
      ],
    ]);
  });

  test("is never that of an older question", async () => {
    const { host, store, ids } = createBench();
    const slow = openAnswer<Page>();
    host.answers["costs.entries"] = ({ turnId }) =>
      turnId === "old" ? slow.promise : { items: [sampleEntry("new")], nextCursor: null };
    const first = store.getState().open({ turnId: "old" });
    await store.getState().open({ turnId: "new" });
    slow.resolve({ items: [sampleEntry("old")], nextCursor: null });
    await first;
    expect(ids()).toEqual(["new"]);
  });

  test("keeps what it has when a page does not come, which can be asked for again", async () => {
    const { host, store, ids } = createBench();
    host.answers["costs.entries"] = () => ({ items: [sampleEntry("a")], nextCursor: "c1" });
    await store.getState().open({});
    host.answers["costs.entries"] = refuse("internal", "Away.");
    await store.getState().loadMore();
    const { failure, nextCursor, isLoading } = store.getState();
    expect([ids(), failure?.message, nextCursor, isLoading]).toEqual([["a"], "Away.", "c1", false]);
  });

  test("holds so many entries at most", async () => {
    const { host, store } = createBench();
    const items = Array.from({ length: MAX_ENTRIES + 1 }, (_, index) => sampleEntry(String(index)));
    host.answers["costs.entries"] = () => ({ items, nextCursor: "more" });
    await store.getState().open({});
    expect([store.getState().items?.length, store.getState().nextCursor]).toEqual([MAX_ENTRIES, null]);
  });
});
