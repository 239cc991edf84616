import type { Failure } from "../../shared/contract/errors.ts";
import type { Feed, Snapshot } from "../../shared/contract/feeds.ts";
import type { RequestInput, RequestName, RequestResult } from "../../shared/contract/requests.ts";
import type { Scope } from "../../shared/contract/scopes.ts";
import type { SessionEvent } from "../../shared/model/event.ts";

/**
 * How the connection to the host stands. `connecting`: the first try; `reconnecting`: it was lost or never came about
 * and is tried again; `refused`: the host said why this page may not connect, and trying again would not help.
 */
export interface ConnectionState {
  readonly status: "connecting" | "open" | "reconnecting" | "refused";
  /** Failed tries since the connection was last open. */
  readonly attempt: number;
  /** Why it is not open, where that is known. */
  readonly failure: Failure | null;
  /** What this client may do; empty until the host said so. */
  readonly scopes: readonly Scope[];
  /** Null until the host said so. */
  readonly hostVersion: string | null;
}

/** Where a subscription delivers. A snapshot replaces all that came before it. */
export interface FeedListener {
  /** `seq` is the last sequence number that the snapshot holds. */
  readonly onSnapshot: (snapshot: Snapshot, seq: number) => void;
  /** Events in order, each once over all reconnects, all newer than what was delivered before. */
  readonly onEvents: (events: readonly SessionEvent[]) => void;
  /** The host refused the feed, e.g. `not_found` for an unknown session. The subscription is over. */
  readonly onFailure: (failure: Failure) => void;
}

/** All that stores and views know of the host. */
export interface SwitchboardClient {
  /**
   * Asks the host for something. While the connection is away the request waits for it, up to a bound.
   * @throws RequestError with the host's own code, or `disconnected` when the connection was lost before the answer.
   */
  request<Name extends RequestName>(name: Name, params: RequestInput<Name>): Promise<RequestResult<Name>>;
  /** Watches a feed until the returned function is called; survives reconnects. */
  subscribe(feed: Feed, listener: FeedListener): () => void;
  readonly connection: {
    get(): ConnectionState;
    /** Calls back after each change. Returns the unsubscribe. */
    subscribe(listener: () => void): () => void;
  };
  /** Closes the connection for good and rejects what is still asked. */
  dispose(): void;
}
