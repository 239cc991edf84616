import { describe, expect, test } from "vitest";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import {
  MAX_RESET_EVENTS,
  MAX_WAITING_EVENTS,
  MIN_PORTION,
  createEventPump,
} from "../../../../renderer/terminal/eventPump.ts";
import { sampleEvents } from "./sampleEvents.ts";

/** A screen and a timer that moves only when told to. */
function bench() {
  const screen: string[] = [];
  let timers: (() => void)[] = [];
  const pump = createEventPump({
    write: (ansi) => screen.push(ansi.trim()),
    columns: () => 80,
    clear: () => screen.splice(0),
    schedule: (run) => {
      timers.push(run);
      return () => {
        timers = timers.filter((other) => other !== run);
      };
    },
  });
  const tick = (): number => {
    const due = timers;
    timers = [];
    for (const run of due) run();
    return due.length;
  };
  return { pump, screen, tick };
}

function texts(count: number, prefix = "t"): readonly SessionEvent[] {
  const make = sampleEvents();
  return Array.from({ length: count }, (_, index) =>
    make("assistant.textAdded", {
      messageId: `m${index}`,
      text: `${prefix}${index}`,
      model: null,
      parentToolUseId: null,
    }),
  );
}

describe("event pump", () => {
  test("renders a few events at once", () => {
    const { pump, screen, tick } = bench();
    pump.take({ kind: "appended", events: texts(3) });
    expect(screen.map((line) => line.slice(-2))).toEqual(["t0", "t1", "t2"]);
    expect(tick()).toBe(0);
  });

  test("renders a history in portions, what follows behind it, and everything in order", () => {
    const { pump, screen, tick } = bench();
    pump.take({ kind: "reset", sessionId: "s1", events: texts(MIN_PORTION * 3) });
    pump.take({ kind: "appended", events: texts(1, "late") });
    expect(screen).toEqual([]);
    tick();
    expect(screen).toHaveLength(MIN_PORTION);
    while (tick() > 0);
    expect(screen).toHaveLength(MIN_PORTION * 3 + 1);
    expect(screen.at(-1)).toContain("late0");
  });

  test("a reset forgets what waited and keeps the newest of a long history", () => {
    const { pump, screen, tick } = bench();
    pump.take({ kind: "reset", sessionId: "s1", events: texts(MIN_PORTION * 2, "old") });
    pump.take({ kind: "reset", sessionId: "s2", events: texts(MAX_RESET_EVENTS + 5, "new") });
    while (tick() > 0);
    expect(screen).toHaveLength(MAX_RESET_EVENTS);
    expect(screen[0]).toContain("new5");
  });

  test("holds a bounded number of events", () => {
    const { pump, screen } = bench();
    pump.take({ kind: "appended", events: texts(MAX_WAITING_EVENTS) });
    expect(screen).toEqual([]);
    pump.take({ kind: "appended", events: texts(1) });
    expect(screen).toHaveLength(MAX_WAITING_EVENTS + 1);
  });

  test("leaves older pages out and stops when disposed", () => {
    const { pump, screen, tick } = bench();
    pump.take({ kind: "older", events: texts(2) });
    pump.take({ kind: "reset", sessionId: "s1", events: texts(MIN_PORTION * 2) });
    pump.dispose();
    expect(tick()).toBe(0);
    expect(screen).toEqual([]);
  });
});
