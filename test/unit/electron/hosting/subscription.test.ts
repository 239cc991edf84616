import { describe, expect, it } from "vitest";
import type { FeedCursor, HostFrame } from "../../../../shared/contract/frames.ts";
import { createClientOutlet, PIPE_HIGH_WATER_BYTES } from "../../../../electron/hosting/clientOutlet.ts";
import { MAX_QUEUED_EVENTS } from "../../../../electron/hosting/eventQueue.ts";
import { Subscription } from "../../../../electron/hosting/subscription.ts";
import { createFakeEngine, type FakeEngine, SESSION_ID } from "./fakeEngine.ts";
import { createMemoryLog, createMemoryPipe, nextTurn } from "./memoryPipe.ts";

interface OpenOptions {
  readonly fake?: FakeEngine;
  readonly credit?: number;
  readonly cursor?: FeedCursor;
}

function open({ fake = createFakeEngine(), credit = 1000, cursor }: OpenOptions = {}) {
  const memory = createMemoryPipe();
  let lagged = 0;
  const subscription = new Subscription({
    engine: fake.engine,
    outlet: createClientOutlet(memory.pipe, createMemoryLog()),
    id: 7,
    feed: { kind: "session", sessionId: SESSION_ID },
    cursor: cursor ?? null,
    credit,
    onLagged: () => (lagged += 1),
    onFailed: (error) => expect.unreachable(String(error)),
  });
  return { ...fake, ...memory, subscription, lagged: () => lagged };
}

function seqsOf(frames: readonly HostFrame[]): readonly (readonly number[])[] {
  return frames.flatMap((frame) => (frame.t === "events" ? [frame.events.map(({ seq }) => seq)] : []));
}

describe("Subscription", () => {
  it("begins with a snapshot, then brings what came together as one frame", async () => {
    const { emit, sent } = open();
    const events = [emit("one"), emit("two")];
    await nextTurn();
    events.push(emit("three"));
    await nextTurn();
    expect(sent).toMatchObject([
      { t: "snapshot", id: 7, seq: 0 },
      { t: "events", id: 7, events: events.slice(0, 2) },
      { t: "events", id: 7, events: events.slice(2) },
    ]);
  });

  it("continues after a good cursor with exactly what was missed", async () => {
    const fake = createFakeEngine();
    for (const text of ["one", "two", "three"]) fake.emit(text);
    const { sent, emit } = open({ fake, cursor: { epoch: "run-1", seq: 1 } });
    emit("four");
    await nextTurn();
    expect(sent[0]).toEqual({ t: "resumed", id: 7, seq: 3 });
    expect(seqsOf(sent)).toEqual([[2, 3, 4]]);
  });

  it("takes a cursor of another run for none", () => {
    const { sent } = open({ cursor: { epoch: "run-0", seq: 1 } });
    expect(sent).toMatchObject([{ t: "snapshot" }]);
  });

  it("sends no event without credit, and all of them in order once there is some", async () => {
    const { emit, sent, subscription } = open({ credit: 2 });
    for (const text of ["1", "2", "3", "4", "5"]) emit(text);
    await nextTurn();
    expect(seqsOf(sent)).toEqual([[1, 2]]);
    subscription.grant(1);
    await nextTurn();
    subscription.grant(10);
    await nextTurn();
    expect(seqsOf(sent)).toEqual([[1, 2], [3], [4, 5]]);
  });

  it("says lagged once when the queue is full, then leaves the feed", async () => {
    const { emit, sent, lagged, openFeeds, subscription } = open({ credit: 1 });
    emit("sent");
    await nextTurn();
    for (let count = 0; count < MAX_QUEUED_EVENTS + 5; count += 1) emit("waiting");
    subscription.grant(1000);
    await nextTurn();
    expect(sent.map(({ t }) => t)).toEqual(["snapshot", "events", "lagged"]);
    expect([lagged(), openFeeds(), subscription.isOver]).toEqual([1, 0, true]);
  });

  it("says lagged when more was missed than may wait", () => {
    const fake = createFakeEngine();
    for (let count = 0; count < MAX_QUEUED_EVENTS + 5; count += 1) fake.emit("missed");
    const { sent, subscription } = open({ fake, cursor: { epoch: "run-1", seq: 0 } });
    expect(sent.map(({ t }) => t)).toEqual(["resumed", "lagged"]);
    expect(subscription.isOver).toBe(true);
  });

  it("holds events back while the pipe is full, whatever the credit, and sends them once it is not", async () => {
    const { emit, sent, setBufferedBytes, subscription } = open();
    setBufferedBytes(PIPE_HIGH_WATER_BYTES + 1);
    emit("one");
    await nextTurn();
    expect(seqsOf(sent)).toEqual([]);
    setBufferedBytes(0);
    await expect.poll(() => seqsOf(sent)).toEqual([[1]]);
    subscription.close();
  });

  it("is silent after it was closed", async () => {
    const { emit, sent, subscription } = open();
    emit("one");
    subscription.close();
    emit("two");
    await nextTurn();
    expect(seqsOf(sent)).toEqual([]);
  });
});
