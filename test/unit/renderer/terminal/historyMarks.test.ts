import { describe, expect, test } from "vitest";
import type { EventData, EventType, SessionEvent } from "../../../../shared/model/event.ts";
import { isMarked } from "../../../../renderer/terminal/marks/eventMark.ts";
import { nothingTold, tellMark } from "../../../../renderer/terminal/marks/toldMarks.ts";
import { sampleEvents } from "./sampleEvents.ts";

function titles(events: readonly SessionEvent[]): readonly string[] {
  let told = nothingTold;
  return events.filter(isMarked).flatMap((event) => {
    const next = tellMark(told, event);
    told = next.told;
    return next.mark === null ? [] : [next.mark.title];
  });
}

/** Events as a transcript gives them: with places below zero. */
function history(): <Type extends EventType>(type: Type, data: EventData<Type>) => SessionEvent {
  const make = sampleEvents();
  return (type, data) => {
    const event = make(type, data);
    return { ...event, seq: event.seq - 1_000_000 };
  };
}

describe("marks of a transcript", () => {
  test("tell settings only where they change, although every prompt repeats them", () => {
    const make = history();
    const prompt = (permissionMode: string, gitBranch: string): readonly SessionEvent[] => [
      make("session.branchChanged", { gitBranch }),
      make("session.modeChanged", { permissionMode }),
      make("turn.started", { turnId: "t", payloadId: null }),
    ];
    const events = [prompt("default", "main"), prompt("default", "main"), prompt("plan", "fix"), prompt("plan", "fix")];
    expect(titles(events.flat())).toEqual(["branch fix", "permission mode is now plan"]);
  });

  test("call a turn the CLI's own only after a background task", () => {
    const make = sampleEvents();
    const turn = (): SessionEvent => make("turn.started", { turnId: "t", payloadId: null });
    const ended = make("task.finished", { taskId: "b1", status: "completed", summary: "built" });
    expect(titles([turn(), ended, turn(), turn()])).toEqual([
      "background task completed",
      "turn started by Claude Code itself",
    ]);
  });
});
