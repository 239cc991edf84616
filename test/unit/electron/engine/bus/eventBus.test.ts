import { describe, expect, it } from "vitest";
import { EventBus } from "../../../../../electron/engine/bus/eventBus.ts";
import type { EventDraft, SessionEvent } from "../../../../../shared/model/event.ts";

const notice = (text: string): EventDraft => ({ type: "notice.reported", data: { text, level: null } });

function createBus(lastSeq = 10) {
  const errors: unknown[] = [];
  const bus = new EventBus({
    lastSeq,
    now: () => new Date("2026-01-01T00:00:00Z"),
    onListenerError: (error) => errors.push(error),
  });
  return { bus, errors };
}

const seqs = (events: readonly SessionEvent[] | null) => events?.map(({ seq }) => seq) ?? null;
const all = () => true;

describe("EventBus", () => {
  it("numbers events from where the last run ended and tells every listener", () => {
    const { bus } = createBus();
    const heard: SessionEvent[] = [];
    bus.listen((event) => heard.push(event));
    bus.append("s1", notice("one"));
    bus.append("s2", notice("two"));
    expect(heard).toEqual([
      { ...notice("one"), sessionId: "s1", seq: 11, at: "2026-01-01T00:00:00.000Z" },
      { ...notice("two"), sessionId: "s2", seq: 12, at: "2026-01-01T00:00:00.000Z" },
    ]);
  });

  it("tells an event that a listener appends after the one it reacts to, to all listeners", () => {
    const { bus } = createBus();
    const heard: number[] = [];
    bus.listen(({ seq }) => {
      if (seq === 11) bus.append("s1", notice("reaction"));
    });
    bus.listen(({ seq }) => heard.push(seq));
    bus.append("s1", notice("cause"));
    expect(heard).toEqual([11, 12]);
  });

  it("goes on when a listener throws", () => {
    const { bus, errors } = createBus();
    const heard: number[] = [];
    bus.listen(() => {
      throw new Error("broken listener");
    });
    bus.listen(({ seq }) => heard.push(seq));
    bus.append("s1", notice("one"));
    expect({ heard, errors }).toEqual({ heard: [11], errors: [new Error("broken listener")] });
  });

  it("replays what a cursor misses, filtered, and says when it cannot", () => {
    const { bus } = createBus();
    for (const session of ["a", "b", "a"]) bus.append(session, notice("x"));
    expect(seqs(bus.since(11, all))).toEqual([12, 13]);
    expect(seqs(bus.since(10, ({ sessionId }) => sessionId === "a"))).toEqual([11, 13]);
    expect(seqs(bus.since(13, all))).toEqual([]);
    expect(seqs(bus.since(9, all))).toBeNull();
    expect(seqs(bus.since(14, all))).toBeNull();
  });

  it("keeps a bounded number of events", () => {
    const { bus } = createBus(0);
    for (let index = 0; index < 20_000; index += 1) bus.append("s1", notice("x"));
    expect(bus.since(20_000 - 8192, all)).toHaveLength(8192);
    expect(bus.since(20_000 - 8193, all)).toBeNull();
  });

  it("keeps a bounded amount of text", () => {
    const { bus } = createBus(0);
    for (let index = 0; index < 10; index += 1) bus.append("s1", notice("x".repeat(1024 * 1024)));
    expect(bus.since(0, all)).toBeNull();
    expect(bus.since(3, all)).toHaveLength(7);
  });
});
