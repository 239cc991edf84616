import type { Feed } from "../../shared/contract/feeds.ts";
import type { FeedCursor } from "../../shared/contract/frames.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { Engine, FeedStart, OpenFeed } from "../engine/engine.ts";
import type { ClientOutlet } from "./clientOutlet.ts";
import { encodeEvent } from "./encodeEvent.ts";
import { EventQueue } from "./eventQueue.ts";

/** Events that a client may let the host send ahead, over all its grants. */
const MAX_CREDIT = 1_000_000;

/** How long a congested pipe is left alone before it is looked at again, in milliseconds. */
const CONGESTION_PAUSE_MS = 10;

export interface SubscriptionOptions {
  readonly engine: Pick<Engine, "openFeed">;
  readonly outlet: ClientOutlet;
  readonly id: number;
  readonly feed: Feed;
  readonly cursor: FeedCursor | null;
  readonly credit: number;
  /** Told when the subscription ended by itself because the client was too slow. */
  readonly onLagged: () => void;
  /** Told when the feed could not be opened after all; the subscription is over. */
  readonly onFailed: (error: unknown) => void;
}

/**
 * One client's watch of one feed: the start, then events as far as the client's credit reaches.
 *
 * Owns: the queue between the engine and the pipe. Knows nothing of: sockets, scopes, what events mean.
 * Invariants: the engine is never made to wait; what waits here is bounded; events leave in the order they came and
 * none is left out in silence: a client that falls too far behind is told `lagged` once, and the subscription is over.
 */
export class Subscription {
  readonly #outlet: ClientOutlet;
  readonly #id: number;
  readonly #onLagged: () => void;
  readonly #queue = new EventQueue();
  /** Null until the feed is open. */
  #closeFeed: (() => void) | null = null;
  #credit: number;
  #isFlushPlanned = false;
  #isOver = false;

  /** Opens the feed; its start is sent once it is open. @throws RequestError `not_found` for an unknown session. */
  constructor(options: SubscriptionOptions) {
    this.#outlet = options.outlet;
    this.#id = options.id;
    this.#onLagged = options.onLagged;
    this.#credit = options.credit;
    const opened = options.engine.openFeed(options.feed, options.cursor, (event) => this.#add(event));
    if (opened instanceof Promise) opened.then((late) => this.#opened(late), options.onFailed);
    else this.#opened(opened);
  }

  /** True once it was closed or the client lagged, which can happen while it begins. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Lets the host send this many more events. */
  grant(events: number): void {
    this.#credit = Math.min(this.#credit + events, MAX_CREDIT);
    this.#planFlush();
  }

  /** Ends it: nothing is sent after this returns. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#queue.clear();
    this.#closeFeed?.();
  }

  /** Events that came since the feed was open wait in the queue: it is not flushed before the start is on its way. */
  #opened({ start, close }: OpenFeed): void {
    if (this.#isOver) return close();
    this.#closeFeed = close;
    this.#begin(start);
  }

  #begin(start: FeedStart): void {
    const id = this.#id;
    if (start.kind === "snapshot") {
      this.#outlet.send({ t: "snapshot", id, seq: start.seq, snapshot: start.snapshot });
      return;
    }
    this.#outlet.send({ t: "resumed", id, seq: start.seq });
    for (const event of start.missed) this.#add(event);
  }

  #add(event: SessionEvent): void {
    if (this.#isOver) return;
    if (this.#queue.push(encodeEvent(event))) this.#planFlush();
    else this.#lag();
  }

  #lag(): void {
    this.close();
    this.#outlet.send({ t: "lagged", id: this.#id });
    this.#onLagged();
  }

  /** What one read of a child's stdout brought leaves together, after the read and before the next one. */
  #planFlush(): void {
    if (this.#isFlushPlanned || this.#queue.isEmpty || this.#credit === 0) return;
    this.#isFlushPlanned = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushPlanned = false;
    while (!this.#isOver && this.#credit > 0 && !this.#queue.isEmpty) {
      if (this.#outlet.isCongested()) {
        this.#isFlushPlanned = true;
        setTimeout(() => this.#flush(), CONGESTION_PAUSE_MS).unref();
        return;
      }
      const batch = this.#queue.take(this.#credit);
      this.#credit -= batch.length;
      this.#outlet.sendJson(`{"t":"events","id":${this.#id},"events":[${batch.join(",")}]}`);
    }
  }
}
