import { type Failure, RequestError } from "../../shared/contract/errors.ts";
import type { Feed } from "../../shared/contract/feeds.ts";
import type { HostFrame } from "../../shared/contract/frames.ts";
import type { RequestInput, RequestName, RequestResult } from "../../shared/contract/requests.ts";
import type { FeedListener, SwitchboardClient } from "./client.ts";
import { FeedSubscription } from "./feedSubscription.ts";
import { HostConnection, type HostConnectionOptions } from "./hostConnection.ts";
import { RequestBook } from "./requestBook.ts";

export type CreateClientOptions = Pick<HostConnectionOptions, "openPipe" | "clientName" | "onWake">;

/** Connects to the host and keeps connected until `dispose`. */
export function createClient(options: CreateClientOptions): SwitchboardClient {
  return new ConnectedClient(options);
}

/** Joins the connection, the open requests and the watched feeds. */
class ConnectedClient implements SwitchboardClient {
  readonly connection: SwitchboardClient["connection"];
  readonly #host: HostConnection;
  readonly #requests = new RequestBook();
  readonly #subscriptions = new Set<FeedSubscription>();
  readonly #subscriptionsById = new Map<number, FeedSubscription>();
  /** Names the host's run while the connection is open. */
  #epoch: string | null = null;
  #lastId = 0;

  constructor(options: CreateClientOptions) {
    this.#host = new HostConnection({
      ...options,
      onOpen: (epoch) => this.#open(epoch),
      onFrame: (frame) => this.#receive(frame),
      onLost: () => this.#lose(),
    });
    const { get, subscribe } = this.#host.state;
    this.connection = { get, subscribe };
  }

  async request<Name extends RequestName>(name: Name, params: RequestInput<Name>): Promise<RequestResult<Name>> {
    const result = await this.#requests.add({ t: "request", id: this.#nextId(), name, params });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the host answers a name with the result of its row
    return result as RequestResult<Name>;
  }

  subscribe(feed: Feed, listener: FeedListener): () => void {
    const subscription = new FeedSubscription(feed, listener);
    this.#subscriptions.add(subscription);
    this.#openFeed(subscription);
    return () => this.#closeFeed(subscription);
  }

  dispose(): void {
    this.#host.dispose();
    for (const subscription of this.#subscriptions) subscription.close();
    this.#subscriptions.clear();
    this.#requests.disconnect(new RequestError("shutting_down", "This page has closed its connection."));
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #open(epoch: string): void {
    this.#epoch = epoch;
    for (const subscription of this.#subscriptions) this.#openFeed(subscription);
    this.#requests.connect((frame) => this.#host.send(frame));
  }

  #lose(): void {
    this.#epoch = null;
    this.#subscriptionsById.clear();
    const { status, failure } = this.#host.state.get();
    this.#requests.disconnect(status === "refused" ? failure : null);
  }

  #openFeed(subscription: FeedSubscription): void {
    if (this.#epoch === null) return;
    const id = this.#nextId();
    this.#subscriptionsById.delete(subscription.id);
    this.#subscriptionsById.set(id, subscription);
    this.#host.send(subscription.open(id, this.#epoch));
  }

  #closeFeed(subscription: FeedSubscription): void {
    subscription.close();
    if (!this.#subscriptions.delete(subscription)) return;
    const isOpen = this.#subscriptionsById.delete(subscription.id);
    if (isOpen && this.#epoch !== null) this.#host.send({ t: "unsubscribe", id: subscription.id });
  }

  #receive(frame: HostFrame): void {
    switch (frame.t) {
      case "welcome":
        return;
      case "reply":
        this.#requests.answer(frame.id, frame.result);
        return;
      case "failure":
        if (frame.id !== null) this.#fail(frame.id, frame.error);
        return;
      default: {
        const subscription = this.#subscriptionsById.get(frame.id);
        if (subscription?.take(frame, (answer) => this.#host.send(answer)) === "lagged") this.#openFeed(subscription);
      }
    }
  }

  #fail(id: number, failure: Failure): void {
    if (this.#requests.fail(id, failure)) return;
    const subscription = this.#subscriptionsById.get(id);
    if (subscription === undefined) return;
    this.#subscriptionsById.delete(id);
    // A host that is going away refuses everything; the feed opens again with the next connection.
    if (failure.code === "shutting_down") return;
    this.#subscriptions.delete(subscription);
    subscription.fail(failure);
  }
}
