/**
 * Owns the order of events: gives each its sequence number, tells listeners at once, and keeps the newest for clients
 * that reconnect.
 * Knows nothing about what events mean, where they are stored, or who listens.
 * Invariants: sequence numbers grow by one and are never reused; each listener sees each event once, in order; a
 * listener that throws harms neither the bus nor the other listeners; an event that a listener appends is told after the
 * one it reacts to; the replay buffer is bounded in count and size.
 */
import type { EventDraft, SessionEvent } from "../../../shared/model/event.ts";
import { approximateSize } from "./approximateSize.ts";

/** Enough to bridge a reconnect of some seconds at a thousand events a second. */
const REPLAY_MAX_EVENTS = 8192;

/** In characters. Large tool results must not turn the replay buffer into a memory leak. */
const REPLAY_MAX_CHARACTERS = 8 * 1024 * 1024;

/** `isRead`: the event was read from a transcript, which keeps it. */
export type EventListener = (event: SessionEvent, isRead: boolean) => void;

interface Told {
  readonly event: SessionEvent;
  readonly isRead: boolean;
}

export interface EventBusOptions {
  /** Told before each event is, so that its number can be reserved against a crash. */
  readonly onSeq?: (seq: number) => void;
  /** The last sequence number that an earlier run may have used. */
  readonly lastSeq: number;
  readonly now: () => Date;
  /** Told when a listener threw; the other listeners have been called all the same. */
  readonly onListenerError: (error: unknown, event: SessionEvent) => void;
}

export class EventBus {
  readonly #options: EventBusOptions;
  readonly #listeners = new Set<EventListener>();
  readonly #replay: { readonly event: SessionEvent; readonly size: number }[] = [];
  /** Entries before this index were dropped; the array is compacted in steps, not on every event. */
  #replayHead = 0;
  #replaySize = 0;
  #lastSeq: number;
  /** Events that have their place but are still to be told, because a listener appended them. */
  readonly #untold: Told[] = [];
  #telling = false;

  constructor(options: EventBusOptions) {
    this.#options = options;
    this.#lastSeq = options.lastSeq;
  }

  /** The sequence number of the newest event. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Gives a fact its place and tells everybody before it returns, unless a listener appends it: then right after. */
  append(sessionId: string, draft: EventDraft): SessionEvent {
    return this.#place(sessionId, draft, { at: null, isRead: false });
  }

  /** The same for a fact that was just read from a growing transcript; `at` is when it happened, where that is told. */
  appendRead(sessionId: string, draft: EventDraft, at: string | null): SessionEvent {
    return this.#place(sessionId, draft, { at, isRead: true });
  }

  #place(
    sessionId: string,
    draft: EventDraft,
    told: { readonly at: string | null; readonly isRead: boolean },
  ): SessionEvent {
    this.#lastSeq += 1;
    this.#options.onSeq?.(this.#lastSeq);
    const at = told.at ?? this.#options.now().toISOString();
    const event: SessionEvent = { ...draft, sessionId, seq: this.#lastSeq, at };
    this.#remember(event);
    this.#untold.push({ event, isRead: told.isRead });
    if (!this.#telling) this.#tellAll();
    return event;
  }

  /** Calls back with every event from now on. Returns the unsubscribe. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** All events after `seq` that pass, or null when some of them are no longer kept. */
  since(seq: number, passes: (event: SessionEvent) => boolean): readonly SessionEvent[] | null {
    if (seq > this.#lastSeq) return null;
    const oldest = this.#replay[this.#replayHead]?.event.seq ?? this.#lastSeq + 1;
    if (seq + 1 < oldest) return null;
    const missed: SessionEvent[] = [];
    for (let index = this.#replayHead + (seq + 1 - oldest); index < this.#replay.length; index += 1) {
      const entry = this.#replay[index];
      if (entry !== undefined && passes(entry.event)) missed.push(entry.event);
    }
    return missed;
  }

  #tellAll(): void {
    this.#telling = true;
    for (let told = this.#untold.shift(); told !== undefined; told = this.#untold.shift()) {
      for (const listener of this.#listeners) this.#tell(listener, told);
    }
    this.#telling = false;
  }

  #tell(listener: EventListener, { event, isRead }: Told): void {
    try {
      listener(event, isRead);
    } catch (error) {
      this.#options.onListenerError(error, event);
    }
  }

  #remember(event: SessionEvent): void {
    const size = approximateSize(event.data);
    this.#replay.push({ event, size });
    this.#replaySize += size;
    while (
      this.#replay.length - this.#replayHead > REPLAY_MAX_EVENTS ||
      (this.#replaySize > REPLAY_MAX_CHARACTERS && this.#replayHead < this.#replay.length - 1)
    ) {
      this.#replaySize -= this.#replay[this.#replayHead]?.size ?? 0;
      this.#replayHead += 1;
    }
    if (this.#replayHead >= REPLAY_MAX_EVENTS) {
      this.#replay.splice(0, this.#replayHead);
      this.#replayHead = 0;
    }
  }
}
