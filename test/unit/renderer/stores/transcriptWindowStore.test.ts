import { describe, expect, test } from "vitest";
import { createTranscriptWindowStore } from "../../../../renderer/stores/transcriptWindowStore.ts";
import type { Failure } from "../../../../shared/contract/errors.ts";
import type { RequestInput, RequestResult } from "../../../../shared/contract/requests.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { textAdded } from "./samples.ts";

type Page = RequestResult<"sessions.events">;

/** Events −50…50, and of them what a request asks for. */
const all = Array.from({ length: 101 }, (_, index) => textAdded(index - 50, "x"));

function pageOf({ before, after, limit = 500 }: RequestInput<"sessions.events">): Page {
  const found = all.filter(({ seq }) => (before === undefined || seq < before) && (after === undefined || seq > after));
  const items = before === undefined ? found.slice(0, limit) : found.slice(-limit);
  const first = items[0]?.seq ?? 0;
  const last = items.at(-1)?.seq ?? 0;
  return { items, hasOlder: first > -50, hasNewer: last < 50, nextCursor: null };
}

function few(params: RequestInput<"sessions.events">): Page {
  return pageOf({ ...params, limit: 5 });
}

function createBench() {
  const host = createFakeHost({ "sessions.events": few });
  const failures: Failure[] = [];
  const store = createTranscriptWindowStore({ request: host.request, onFailure: (failure) => failures.push(failure) });
  const span = (): string => {
    const { events, phase, hasOlder, hasNewer } = store.getState();
    return `${phase} ${events[0]?.seq ?? ""}…${events.at(-1)?.seq ?? ""} ${hasOlder ? "<" : ""}${hasNewer ? ">" : ""}`;
  };
  return { host, failures, store, span };
}

describe("a window away from the end", () => {
  test("opens around a place and pages both ways", async () => {
    const { host, store, span } = createBench();
    await store.getState().openAt("one", -10);
    const opened = span();
    await Promise.all([store.getState().loadOlder(), store.getState().loadOlder(), store.getState().loadNewer()]);
    expect({ opened, after: span(), asked: host.asked.map(([, params]) => params) }).toEqual({
      opened: "shown -15…-6 <>",
      after: "shown -20…-1 <>",
      asked: [
        { sessionId: "one", before: -10, limit: 150 },
        { sessionId: "one", after: -11, limit: 150 },
        { sessionId: "one", before: -15, limit: 500 },
        { sessionId: "one", after: -6, limit: 500 },
      ],
    });
  });

  test("asks for nothing beyond either end", async () => {
    const { host, store } = createBench();
    host.answers["sessions.events"] = pageOf;
    await store.getState().openAt("one", 0);
    await store.getState().loadOlder();
    await store.getState().loadNewer();
    expect(host.asked.length).toBe(2);
  });

  test("goes on from the oldest of what was shown", async () => {
    const { store, span } = createBench();
    await store.getState().openFrom("one", all.slice(50));
    expect(span()).toBe("shown -5…50 <");
  });

  test("drops a place that arrives after another was asked for", async () => {
    const { host, store, span } = createBench();
    const slow = openAnswer<Page>();
    host.answers["sessions.events"] = (params) =>
      params.before === 40 || params.after === 39 ? slow.promise : few(params);
    const first = store.getState().openAt("one", 40);
    await store.getState().openAt("one", 0);
    slow.resolve(pageOf({ sessionId: "one", before: 40 }));
    await first;
    expect(span()).toBe("shown -5…4 <>");
  });

  test("drops a page that arrives after the window was closed", async () => {
    const { host, store, span } = createBench();
    await store.getState().openAt("one", 0);
    const slow = openAnswer<Page>();
    host.answers["sessions.events"] = () => slow.promise;
    const paging = store.getState().loadOlder();
    store.getState().close();
    slow.resolve(pageOf({ sessionId: "one", before: -5 }));
    await paging;
    expect({ span: span(), sessionId: store.getState().sessionId }).toEqual({ span: "none … ", sessionId: null });
  });

  test("a place that does not load says why", async () => {
    const { host, store } = createBench();
    host.answers["sessions.events"] = refuse("transcript_missing", "It was deleted.");
    await store.getState().openAt("one", 0);
    const { phase, failure } = store.getState();
    expect({ phase, failure }).toEqual({
      phase: "failed",
      failure: { code: "transcript_missing", message: "It was deleted." },
    });
  });

  test("a page that does not load is told and can be tried again", async () => {
    const { host, store, failures, span } = createBench();
    await store.getState().openAt("one", 0);
    host.answers["sessions.events"] = refuse("timed_out", "Too slow.");
    await store.getState().loadNewer();
    const failed = span();
    host.answers["sessions.events"] = few;
    await store.getState().loadNewer();
    expect({ failures, failed, again: span() }).toEqual({
      failures: [{ code: "timed_out", message: "Too slow." }],
      failed: "shown -5…4 <>",
      again: "shown -5…9 <>",
    });
  });

  test("leaves no gap when one side's page takes the other side's edge away", async () => {
    const { host, store } = createBench();
    const many: readonly SessionEvent[] = Array.from({ length: 4_000 }, (_, index) => textAdded(index + 1_000, "x"));
    host.answers["sessions.events"] = () => ({ items: [], hasOlder: true, hasNewer: true, nextCursor: null });
    await store.getState().openFrom("one", many);
    store.setState({ events: many, hasOlder: true, hasNewer: true });
    const newer = openAnswer<Page>();
    host.answers["sessions.events"] = ({ after }) =>
      after === undefined
        ? { items: [textAdded(999, "x")], hasOlder: true, hasNewer: true, nextCursor: null }
        : newer.promise;
    const paging = store.getState().loadNewer();
    await store.getState().loadOlder();
    newer.resolve({ items: [textAdded(5_000, "x")], hasOlder: true, hasNewer: false, nextCursor: null });
    await paging;
    const { events, isLoadingNewer } = store.getState();
    expect({ last: events.at(-1)?.seq, isLoadingNewer }).toEqual({ last: 4_998, isLoadingNewer: false });
  });
});
