import type { SessionEvent } from "../../shared/model/event.ts";
import type { FeedChange } from "../stores/sessionFeedStore.ts";
import type { Ansi } from "./ink.ts";
import { renderEvent } from "./renderEvent.ts";
import { type StreamState, emptyStreamState } from "./streamState.ts";

/**
 * Owns: events that wait to be rendered, in what portions they are, and the mapping's state between them.
 * Knows nothing about: xterm.
 * Invariant: events are rendered in order and once; a reset forgets what waited.
 */

/** Events of a snapshot that are rendered: each gives about a line, and the scrollback holds 10,000 lines. */
export const MAX_RESET_EVENTS = 10_000;
/** Rendered at once at least: a few milliseconds' work. A longer queue is worked off faster, an eighth at a time. */
export const MIN_PORTION = 400;
/** Beyond this the rest is rendered at once: text that waits is bounded by the write queue, events are not. */
export const MAX_WAITING_EVENTS = 40_000;

export interface EventPumpOptions {
  readonly write: (ansi: Ansi) => void;
  /** Columns of the screen: prose breaks at words before it. */
  readonly columns: () => number;
  /** Empties the screen. */
  readonly clear: () => void;
  /** Runs a callback soon; returns its cancellation. */
  readonly schedule: (run: () => void) => () => void;
}

export interface EventPump {
  /** Takes a change of the feed. Older pages stay out: a terminal only grows at its end. */
  readonly take: (change: FeedChange) => void;
  readonly dispose: () => void;
}

/** Renders a feed's changes in portions, so that a long history never holds up a frame. */
export function createEventPump(options: EventPumpOptions): EventPump {
  let state: StreamState = emptyStreamState;
  let waiting: readonly SessionEvent[] = [];
  let cancel: (() => void) | null = null;

  function renderPortion(count: number): void {
    state = { ...state, columns: options.columns() };
    for (const event of waiting.slice(0, count)) {
      const rendered = renderEvent(state, event);
      state = rendered.state;
      options.write(rendered.ansi);
    }
    waiting = waiting.slice(count);
  }

  function run(): void {
    cancel = null;
    renderPortion(Math.max(MIN_PORTION, Math.ceil(waiting.length / 8)));
    plan();
  }

  function plan(): void {
    if (cancel === null && waiting.length > 0) cancel = options.schedule(run);
  }

  function append(events: readonly SessionEvent[]): void {
    waiting = waiting.length === 0 ? events : [...waiting, ...events];
    if (waiting.length > MAX_WAITING_EVENTS) renderPortion(waiting.length);
    else if (cancel === null && waiting.length <= MIN_PORTION) renderPortion(waiting.length);
    plan();
  }

  return {
    take: (change) => {
      if (change.kind === "older") return;
      if (change.kind === "reset") {
        state = emptyStreamState;
        waiting = [];
        options.clear();
      }
      append(change.kind === "reset" ? change.events.slice(-MAX_RESET_EVENTS) : change.events);
    },
    dispose: () => {
      cancel?.();
      waiting = [];
    },
  };
}
