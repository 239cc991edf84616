import type { SessionEvent } from "../../../shared/model/event.ts";

/**
 * The session that a process counts for by now, when that is another than the event's: after `/clear` it names another one
 * (measured on 2.1.329). Null when it is the event's own, undefined when the event tells neither.
 */
export function goesOnAs(event: SessionEvent): string | null | undefined {
  switch (event.type) {
    case "turn.started":
    case "turn.completed":
      return event.data.countedFor ?? null;
    case "usage.recorded":
      return event.data.charge?.countedFor ?? null;
    default:
      return undefined;
  }
}
