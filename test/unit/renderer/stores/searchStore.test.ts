import { describe, expect, test } from "vitest";
import { createSearchStore, MAX_HITS } from "../../../../renderer/stores/searchStore.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import type { SearchHit } from "../../../../shared/model/search.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { time } from "./samples.ts";

type Answer = RequestResult<"search.query">;

function hit(seq: number): SearchHit {
  return {
    sessionId: "one",
    projectPath: "/p",
    title: "First",
    role: "user",
    at: time(0),
    snippet: [],
    seq,
    subagent: null,
  };
}

function answer(seqs: readonly number[], change: Partial<Answer> = {}): Answer {
  return { items: seqs.map(hit), nextCursor: null, partial: false, ...change };
}

function createBench() {
  const host = createFakeHost();
  const store = createSearchStore({ request: host.request, now: () => Date.parse(time(0)) });
  const seqs = (): readonly number[] =>
    store.getState().groups.flatMap(({ hits }) => hits.map(({ hit: { seq } }) => seq));
  return { host, store, seqs };
}

describe("the search", () => {
  test("asks for what is written and keeps what it found", async () => {
    const { host, store } = createBench();
    host.answers["search.query"] = () => answer([-5, -3], { partial: true });
    store.getState().setQuery(" ledger ");
    store.getState().setFilters({ role: "user" });
    await store.getState().run();
    const { phase, groups, hitCount, foundFor, partial } = store.getState();
    const hits = groups.flatMap((group) => group.hits.map((ranked) => ranked.hit));
    expect({ asked: host.asked, phase, hits, hitCount, foundFor, partial }).toEqual({
      asked: [["search.query", { q: "ledger", role: "user", limit: 30 }]],
      phase: "found",
      hits: [hit(-5), hit(-3)],
      hitCount: 2,
      foundFor: "ledger",
      partial: true,
    });
  });

  test("does not ask the same twice, unless told to", async () => {
    const { host, store } = createBench();
    host.answers["search.query"] = () => answer([-5]);
    store.getState().setQuery("ledger");
    await store.getState().run();
    await store.getState().run();
    const once = host.asked.length;
    await store.getState().run(true);
    expect([once, host.asked.length]).toEqual([1, 2]);
  });

  test("an older answer never replaces a newer one", async () => {
    const { host, store, seqs } = createBench();
    const slow = openAnswer<Answer>();
    host.answers["search.query"] = ({ q }) => (q === "led" ? slow.promise : answer([-3]));
    store.getState().setQuery("led");
    const first = store.getState().run();
    store.getState().setQuery("ledger");
    await store.getState().run();
    slow.resolve(answer([-9]));
    await first;
    expect(seqs()).toEqual([-3]);
  });

  test("shows what was found before until the next answer, and nothing without words", async () => {
    const { host, store, seqs } = createBench();
    host.answers["search.query"] = () => answer([-5]);
    store.getState().setQuery("ledger");
    await store.getState().run();
    const slow = openAnswer<Answer>();
    host.answers["search.query"] = () => slow.promise;
    store.getState().setQuery("ledgers");
    const second = store.getState().run();
    const during = [store.getState().phase, seqs()];
    store.getState().setQuery("");
    await store.getState().run();
    slow.resolve(answer([-7]));
    await second;
    expect({ during, after: [store.getState().phase, seqs()] }).toEqual({
      during: ["searching", [-5]],
      after: ["idle", []],
    });
  });

  test("pages on with the same question, and drops a page for another one", async () => {
    const { host, store, seqs } = createBench();
    const slow = openAnswer<Answer>();
    host.answers["search.query"] = ({ q, cursor }) => {
      if (q === "other") return answer([-1]);
      if (cursor === "c2") return slow.promise;
      return cursor === "c1" ? answer([-3], { nextCursor: "c2" }) : answer([-5], { nextCursor: "c1" });
    };
    store.getState().setQuery("ledger");
    await store.getState().run();
    await Promise.all([store.getState().loadMore(), store.getState().loadMore()]);
    const paged = seqs();
    const late = store.getState().loadMore();
    store.getState().setQuery("other");
    await store.getState().run();
    slow.resolve(answer([-2]));
    await late;
    expect({ asked: host.asked[1], count: host.asked.length, paged, after: seqs() }).toEqual({
      asked: ["search.query", { q: "ledger", limit: 30, cursor: "c1" }],
      count: 4,
      paged: [-5, -3],
      after: [-1],
    });
  });

  test("holds so many hits at most", async () => {
    const { host, store, seqs } = createBench();
    const many = Array.from({ length: MAX_HITS }, (_, index) => -index);
    host.answers["search.query"] = () => answer(many, { nextCursor: "more" });
    store.getState().setQuery("ledger");
    await store.getState().run();
    await store.getState().loadMore();
    await store.getState().loadMore();
    const { hitCount, nextCursor } = store.getState();
    expect([hitCount, seqs().length, nextCursor]).toEqual([MAX_HITS, MAX_HITS, null]);
  });

  test("what is in sight stays when a further page comes, also what was unfolded meanwhile", async () => {
    const { host, store } = createBench();
    const slow = openAnswer<Answer>();
    host.answers["search.query"] = ({ cursor }) =>
      cursor === undefined ? answer([-9, -8, -7, -6, -5], { nextCursor: "c1" }) : slow.promise;
    store.getState().setQuery("ledger");
    await store.getState().run();
    const sight = () => store.getState().groups.map(({ hits, shown }) => [hits.length, shown]);
    const first = sight();
    const more = store.getState().loadMore();
    store.getState().unfold("one", true);
    slow.resolve(answer([-4, -3]));
    await more;
    expect([first, sight()]).toEqual([[[5, 3]], [[7, 5]]]);
  });

  test("folding a hit away that was reached leads back to the best one of its session", async () => {
    const { host, store } = createBench();
    host.answers["search.query"] = () => answer([-9, -8, -7, -6, -5]);
    store.getState().setQuery("ledger");
    await store.getState().run();
    store.getState().unfold("one", true);
    store.getState().setActiveIndex(4);
    const open = store.getState().activeIndex;
    store.getState().unfold("one", false);
    expect([open, store.getState().activeIndex]).toEqual([4, 0]);
  });

  test("a failure says why; a page that fails leaves the hits", async () => {
    const { host, store, seqs } = createBench();
    host.answers["search.query"] = ({ cursor }) =>
      cursor === undefined ? answer([-5], { nextCursor: "c1" }) : refuse("timed_out", "Too slow.")();
    store.getState().setQuery("ledger");
    await store.getState().run();
    await store.getState().loadMore();
    const paged = { hits: seqs(), failure: store.getState().failure, isLoadingMore: store.getState().isLoadingMore };
    host.answers["search.query"] = refuse("search_unavailable", "It is switched off.");
    await store.getState().run(true);
    expect({ paged, phase: store.getState().phase, code: store.getState().failure?.code, hits: seqs() }).toEqual({
      paged: { hits: [-5], failure: { code: "timed_out", message: "Too slow." }, isLoadingMore: false },
      phase: "failed",
      code: "search_unavailable",
      hits: [],
    });
  });
});
