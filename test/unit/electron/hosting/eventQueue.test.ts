import { describe, expect, it } from "vitest";
import {
  EventQueue,
  MAX_BATCH_CHARACTERS,
  MAX_QUEUED_CHARACTERS,
  MAX_QUEUED_EVENTS,
} from "../../../../electron/hosting/eventQueue.ts";

describe("EventQueue", () => {
  it("gives events back in order, as many as asked for", () => {
    const queue = new EventQueue();
    for (const json of ["1", "2", "3"]) queue.push(json);
    expect([queue.take(2), queue.take(2), queue.take(2)]).toEqual([["1", "2"], ["3"], []]);
  });

  it("refuses an event too many and keeps the ones it has", () => {
    const queue = new EventQueue();
    for (let count = 0; count < MAX_QUEUED_EVENTS; count += 1) expect(queue.push("x")).toBe(true);
    expect(queue.push("x")).toBe(false);
    expect(queue.take(MAX_QUEUED_EVENTS)).toHaveLength(MAX_QUEUED_EVENTS);
  });

  it("refuses an event that makes it too large, and takes it once there is room", () => {
    const queue = new EventQueue();
    const half = "x".repeat(MAX_QUEUED_CHARACTERS / 2);
    expect([queue.push(half), queue.push(half), queue.push("x")]).toEqual([true, true, false]);
    queue.take(1);
    expect(queue.push("x")).toBe(true);
  });

  it("takes one event of any size while it is empty, so that a client can get past it", () => {
    const queue = new EventQueue();
    const huge = "x".repeat(MAX_QUEUED_CHARACTERS + 1);
    expect([queue.push(huge), queue.push("x")]).toEqual([true, false]);
    expect(queue.take(10)).toEqual([huge]);
    expect(queue.isEmpty).toBe(true);
  });

  it("fills one frame only as far as a frame may go", () => {
    const queue = new EventQueue();
    const third = "x".repeat(MAX_BATCH_CHARACTERS / 3);
    for (let count = 0; count < 4; count += 1) queue.push(third);
    expect([queue.take(10).length, queue.take(10).length]).toEqual([3, 1]);
  });
});
