import type { RequestResult } from "../../shared/contract/requests.ts";
import type { SessionEvent } from "../../shared/model/event.ts";

/** Events of a far place that are held at once: some hundred screens; what lies beyond is paged in place of the rest. */
export const MAX_WINDOW_EVENTS = 4_000;

/** Events asked for at a time. */
export const WINDOW_PAGE_SIZE = 500;

/** Events asked for on either side of a place: a few screens, so that they are there at once. */
export const AROUND_PAGE_SIZE = 150;

type EventPage = Pick<RequestResult<"sessions.events">, "items" | "hasOlder" | "hasNewer">;

/** A stretch of a transcript that slides: in order of `seq`, without gaps, at most `MAX_WINDOW_EVENTS` long. */
export interface WindowContent {
  readonly events: readonly SessionEvent[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** The window around a place, from the page before it and the page that begins at it. */
export function windowAround(before: EventPage, from: EventPage): WindowContent {
  const first = from.items[0]?.seq ?? Number.POSITIVE_INFINITY;
  const older = before.items.filter(({ seq }) => seq < first);
  return {
    events: [...older, ...from.items],
    hasOlder: before.items.length > 0 && before.hasOlder,
    hasNewer: from.items.length > 0 && from.hasNewer,
  };
}

/** The window over the oldest of what was shown until now, so that older pages can follow where no more could be held. */
export function windowOverOldest(events: readonly SessionEvent[]): WindowContent {
  const kept = events.slice(0, MAX_WINDOW_EVENTS - WINDOW_PAGE_SIZE);
  return { events: kept, hasOlder: true, hasNewer: kept.length < events.length };
}

/** Puts the page before the first event in front; the newest make room. A page without events ends the way back. */
export function withOlderPage(window: WindowContent, page: EventPage): WindowContent {
  const first = window.events[0]?.seq ?? Number.POSITIVE_INFINITY;
  const fresh = page.items.filter(({ seq }) => seq < first);
  const events = [...fresh, ...window.events];
  return {
    events: events.slice(0, MAX_WINDOW_EVENTS),
    hasOlder: fresh.length > 0 && page.hasOlder,
    hasNewer: window.hasNewer || events.length > MAX_WINDOW_EVENTS,
  };
}

/** Adds the page after the last event; the oldest make room. A page without events ends the way on. */
export function withNewerPage(window: WindowContent, page: EventPage): WindowContent {
  const last = window.events.at(-1)?.seq ?? Number.NEGATIVE_INFINITY;
  const fresh = page.items.filter(({ seq }) => seq > last);
  const events = [...window.events, ...fresh];
  return {
    events: events.slice(-MAX_WINDOW_EVENTS),
    hasOlder: window.hasOlder || events.length > MAX_WINDOW_EVENTS,
    hasNewer: fresh.length > 0 && page.hasNewer,
  };
}

/** Whether a place lies between the first and the last of these events. */
export function holdsPlace(events: readonly SessionEvent[], seq: number): boolean {
  const first = events[0];
  const last = events.at(-1);
  return first !== undefined && last !== undefined && first.seq <= seq && seq <= last.seq;
}
