import type { Failure } from "../../shared/contract/errors.ts";
import type { Feed } from "../../shared/contract/feeds.ts";
import { type ClientFrame, type FeedCursor, type HostFrame, INITIAL_CREDIT } from "../../shared/contract/frames.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { FeedListener } from "./client.ts";

type FeedFrame = Extract<HostFrame, { t: "snapshot" | "resumed" | "events" | "lagged" }>;

/** Events after which new credit is granted: often enough that the host never waits for a client that keeps up. */
const CREDIT_STEP = INITIAL_CREDIT / 2;

/**
 * One watched feed over all its connections.
 *
 * Owns: how far the feed was delivered, and the credit that the host has.
 * Invariants: a listener gets each event once and in order, whatever connections come and go; credit is granted only
 * for events that were handed over, so a page that is too busy slows the host instead of filling its own memory.
 */
export class FeedSubscription {
  readonly feed: Feed;
  readonly #listener: FeedListener;
  #id = -1;
  #epoch = "";
  #cursor: FeedCursor | null = null;
  #handedOver = 0;
  #isClosed = false;

  constructor(feed: Feed, listener: FeedListener) {
    this.feed = feed;
    this.#listener = listener;
  }

  /** The id on the present connection. */
  get id(): number {
    return this.#id;
  }

  /** No callback comes after this. */
  close(): void {
    this.#isClosed = true;
  }

  /** The frame that opens the feed under a new id, continuing where it stopped. `epoch` names the host's run. */
  open(id: number, epoch: string): ClientFrame {
    this.#id = id;
    this.#epoch = epoch;
    this.#handedOver = 0;
    const opening = { t: "subscribe", id, feed: this.feed, credit: INITIAL_CREDIT } as const;
    return this.#cursor === null ? opening : { ...opening, cursor: this.#cursor };
  }

  /** Takes a frame of this feed and sends what answers it. Returns "lagged" when the feed must be opened again. */
  take(frame: FeedFrame, send: (frame: ClientFrame) => void): "taken" | "lagged" {
    switch (frame.t) {
      case "snapshot":
        this.#cursor = { epoch: this.#epoch, seq: frame.seq };
        if (!this.#isClosed) this.#listener.onSnapshot(frame.snapshot, frame.seq);
        return "taken";
      case "lagged":
        this.#cursor = null;
        return "lagged";
      case "events":
        // A listener that throws has been told; the feed must not run dry because of it.
        try {
          this.#deliver(frame.events);
        } finally {
          this.#grant(frame.events.length, send);
        }
        return "taken";
      default:
        return "taken";
    }
  }

  fail(failure: Failure): void {
    if (!this.#isClosed) this.#listener.onFailure(failure);
  }

  #deliver(events: readonly SessionEvent[]): void {
    const delivered = this.#cursor?.seq ?? -1;
    const fresh = events.filter((event) => event.seq > delivered);
    const newest = fresh.at(-1);
    if (newest === undefined) return;
    this.#cursor = { epoch: this.#epoch, seq: newest.seq };
    if (!this.#isClosed) this.#listener.onEvents(fresh);
  }

  #grant(events: number, send: (frame: ClientFrame) => void): void {
    this.#handedOver += events;
    if (this.#handedOver < CREDIT_STEP) return;
    send({ t: "credit", id: this.#id, events: this.#handedOver });
    this.#handedOver = 0;
  }
}
