import type { Feed, Snapshot } from "../../shared/contract/feeds.ts";
import type { FeedCursor } from "../../shared/contract/frames.ts";
import type { RequestName, RequestParams, RequestResult } from "../../shared/contract/requests.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { HostInfo } from "../../shared/model/host.ts";

/** Who asks: shown in decisions and as a payload's sender where none is given. */
export interface RequestContext {
  /** E.g. "browser", "desktop", "rest". */
  readonly client: string;
}

/** One function a request row. A missing one or a wrong result does not compile. */
export type RequestHandlers = {
  readonly [Name in RequestName]: (
    params: RequestParams<Name>,
    context: RequestContext,
  ) => Promise<RequestResult<Name>>;
};

/** How a feed begins: with a snapshot, or with the events that a still good cursor misses. */
export type FeedStart =
  | { readonly kind: "snapshot"; readonly seq: number; readonly snapshot: Snapshot }
  | { readonly kind: "resumed"; readonly seq: number; readonly missed: readonly SessionEvent[] };

export interface OpenFeed {
  readonly start: FeedStart;
  /** No event reaches the listener after this returns. */
  readonly close: () => void;
}

export type FeedListener = (event: SessionEvent) => void;

/**
 * Opens a feed: at once, or for some sessions when the end of their transcript was read. The start and the registration
 * happen in one step, so each event after `start` reaches the listener once and in order. The listener must not block:
 * it is called from the reading of a child's stdout.
 * @throws RequestError `not_found` for an unknown session; rejects with the errors of `sessions.events`.
 */
export interface OpenFeedFunction {
  (feed: Extract<Feed, { kind: "host" }>, cursor: FeedCursor | null, listener: FeedListener): OpenFeed;
  (feed: Feed, cursor: FeedCursor | null, listener: FeedListener): OpenFeed | Promise<OpenFeed>;
}

/**
 * The engine's public door: all that hosting may know of it.
 * Handlers reject with `RequestError` for expected failures.
 */
export interface Engine {
  /** Names this run; sequence numbers of another run's cursor mean a fresh snapshot. */
  readonly epoch: string;
  readonly handlers: RequestHandlers;
  readonly hostInfo: () => HostInfo;
  readonly openFeed: OpenFeedFunction;
  /** Ends all owned children and closes the database. Resolves when nothing is left running. */
  readonly dispose: () => Promise<void>;
}
