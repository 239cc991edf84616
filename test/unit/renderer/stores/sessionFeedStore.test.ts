import { describe, expect, test } from "vitest";
import { MAX_FEED_EVENTS } from "../../../../renderer/stores/feedContent.ts";
import {
  createSessionFeedStore,
  type FeedChange,
  type SessionFeedStore,
} from "../../../../renderer/stores/sessionFeedStore.ts";
import type { Failure } from "../../../../shared/contract/errors.ts";
import type { SessionSnapshot } from "../../../../shared/contract/feeds.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { delta, sampleEvent, sampleSession, textAdded } from "./samples.ts";

interface Bench {
  readonly host: ReturnType<typeof createFakeHost>;
  readonly feed: SessionFeedStore;
  readonly failures: readonly Failure[];
  /** Does what the next drawing of the screen would do. */
  readonly draw: () => void;
}

function createBench(): Bench {
  const host = createFakeHost();
  const planned: (() => void)[] = [];
  const failures: Failure[] = [];
  const feed = createSessionFeedStore({
    request: host.request,
    schedule: (run) => planned.push(run),
    onFailure: (failure) => failures.push(failure),
  });
  const draw = (): void => {
    for (const run of planned.splice(0)) run();
  };
  return { host, feed, failures, draw };
}

function snapshot(events: readonly SessionEvent[], hasOlder = false): SessionSnapshot {
  return { kind: "session", session: sampleSession(), events, hasOlder, payloads: [] };
}

function opened(events: readonly SessionEvent[], options: { seq?: number; hasOlder?: boolean } = {}): Bench {
  const bench = createBench();
  bench.feed.getState().open("one");
  bench.feed.getState().takeSnapshot(snapshot(events, options.hasOlder), options.seq ?? events.at(-1)?.seq ?? 0);
  return bench;
}

function seqs(feed: SessionFeedStore): readonly number[] {
  return feed.getState().events.map((event) => event.seq);
}

const page = (items: readonly SessionEvent[], hasOlder: boolean): RequestResult<"sessions.events"> => ({
  items,
  hasOlder,
  hasNewer: true,
  nextCursor: null,
});

describe("the feed of the chosen session", () => {
  test("is loading until the snapshot, then live", () => {
    const { feed } = createBench();
    const phases = [feed.getState().phase];
    feed.getState().open("one");
    phases.push(feed.getState().phase);
    feed.getState().takeSnapshot(snapshot([textAdded(1, "a")]), 1);
    phases.push(feed.getState().phase);
    expect(phases).toEqual(["none", "loading", "live"]);
  });

  test("appends events once they are drawn and keeps passing ones out of the kept ones", () => {
    const { feed, draw } = opened([textAdded(1, "a")]);
    feed.getState().takeEvents([delta(2, "b", 0, "n"), textAdded(3, "c", "o")]);
    const before = seqs(feed);
    draw();
    const open = feed.getState().openBlocks.map((block) => block.text);
    expect({ before, after: seqs(feed), open }).toEqual({ before: [1], after: [1, 3], open: ["b"] });
  });

  test("leaves out what it has already", () => {
    const { feed, draw } = opened([textAdded(1, "a")], { seq: 5 });
    feed.getState().takeEvents([textAdded(4, "old"), textAdded(5, "old"), textAdded(6, "new")]);
    draw();
    feed.getState().takeEvents([textAdded(6, "new"), textAdded(7, "newer")]);
    draw();
    expect(seqs(feed)).toEqual([1, 6, 7]);
  });

  test("a new snapshot replaces everything and drops what was waiting", () => {
    const { feed, draw } = opened([textAdded(1, "a")]);
    feed.getState().takeEvents([textAdded(2, "b")]);
    feed.getState().takeSnapshot(snapshot([textAdded(2, "b"), textAdded(3, "c")]), 3);
    draw();
    expect(seqs(feed)).toEqual([2, 3]);
  });

  test("opening another session empties it; opening the same one again does not", () => {
    const { feed } = opened([textAdded(1, "a")]);
    feed.getState().open("one");
    const same = seqs(feed);
    feed.getState().open("two");
    const { sessionId, phase } = feed.getState();
    expect({ same, other: seqs(feed), sessionId, phase }).toEqual({
      same: [1],
      other: [],
      sessionId: "two",
      phase: "loading",
    });
  });

  test("holds only the newest events and says that it is full", () => {
    const many = Array.from({ length: MAX_FEED_EVENTS }, (_, index) => textAdded(index, "x"));
    const { feed, draw } = opened(many);
    feed.getState().takeEvents([textAdded(MAX_FEED_EVENTS, "new")]);
    draw();
    const { events, older } = feed.getState();
    expect({ count: events.length, first: events[0]?.seq, older }).toEqual({
      count: MAX_FEED_EVENTS,
      first: 1,
      older: "full",
    });
  });

  test("remembers the CLI's status until the turn ends", () => {
    const { feed, draw } = opened([]);
    feed.getState().takeEvents([sampleEvent(1, { type: "status.reported", data: { status: "requesting" } })]);
    draw();
    const during = feed.getState().status;
    const exited = { pid: 1, exitCode: 0, signal: null, expected: true, reason: null, stderrTail: "" };
    feed.getState().takeEvents([sampleEvent(2, { type: "process.exited", data: exited })]);
    draw();
    expect([during, feed.getState().status]).toEqual(["requesting", null]);
  });
});

describe("paging back", () => {
  test("puts the older page in front", async () => {
    const { host, feed } = opened([textAdded(10, "a")], { hasOlder: true });
    host.answers["sessions.events"] = () => page([textAdded(3, "x"), textAdded(4, "y")], false);
    await feed.getState().loadOlder();
    expect({ asked: host.asked, seqs: seqs(feed), older: feed.getState().older }).toEqual({
      asked: [["sessions.events", { sessionId: "one", before: 10, limit: 500 }]],
      seqs: [3, 4, 10],
      older: "none",
    });
  });

  test("asks for nothing where there is nothing older", async () => {
    const { host, feed } = opened([textAdded(10, "a")], { hasOlder: false });
    await feed.getState().loadOlder();
    expect(host.asked).toEqual([]);
  });

  test("drops a page that arrives after another session was opened", async () => {
    const { host, feed } = opened([textAdded(10, "a")], { hasOlder: true });
    const answer = openAnswer<RequestResult<"sessions.events">>();
    host.answers["sessions.events"] = () => answer.promise;
    const loading = feed.getState().loadOlder();
    feed.getState().open("two");
    answer.resolve(page([textAdded(3, "x")], false));
    await loading;
    expect(seqs(feed)).toEqual([]);
  });

  test("a failure is told and can be tried again", async () => {
    const { host, feed, failures } = opened([textAdded(10, "a")], { hasOlder: true });
    host.answers["sessions.events"] = refuse("timed_out", "Too slow.");
    await feed.getState().loadOlder();
    expect({ failures, older: feed.getState().older }).toEqual({
      failures: [{ code: "timed_out", message: "Too slow." }],
      older: "available",
    });
  });
});

describe("watching", () => {
  function watched(bench: Bench): readonly string[] {
    const heard: string[] = [];
    bench.feed.getState().watch((change: FeedChange) => {
      heard.push(`${change.kind} ${change.events.map((event) => `${event.type}@${event.seq}`).join(" ")}`.trim());
    });
    return heard;
  }

  test("begins with all there is, open blocks as deltas", () => {
    const bench = opened([textAdded(1, "a"), delta(2, "b", 0, "n")]);
    expect(watched(bench)).toEqual(["reset assistant.textAdded@1 assistant.delta@2"]);
  });

  test("hears each batch with its passing events, then older pages, then the next session", async () => {
    const bench = opened([textAdded(10, "a")], { hasOlder: true });
    const heard = watched(bench);
    bench.feed.getState().takeEvents([delta(11, "b", 0, "n"), textAdded(12, "b", "n")]);
    bench.draw();
    bench.host.answers["sessions.events"] = () => page([textAdded(9, "x")], false);
    await bench.feed.getState().loadOlder();
    bench.feed.getState().open("two");
    expect(heard).toEqual([
      "reset assistant.textAdded@10",
      "appended assistant.delta@11 assistant.textAdded@12",
      "older assistant.textAdded@9",
      "reset",
    ]);
  });
});
