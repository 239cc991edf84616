import { RequestError, toFailure } from "../../shared/contract/errors.ts";
import type { ClientFrame } from "../../shared/contract/frames.ts";
import { requests } from "../../shared/contract/requests.ts";
import type { Scope } from "../../shared/contract/scopes.ts";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import type { Engine } from "../engine/engine.ts";
import { callRequest, type RequestTable, requireScope } from "./callRequest.ts";
import { type ClientOutlet, createClientOutlet } from "./clientOutlet.ts";
import type { HostLog } from "./hostLog.ts";
import type { Pipe } from "./pipe.ts";
import { readClientFrame } from "./readClientFrame.ts";
import { Subscription } from "./subscription.ts";

/** Requests of one client that may be unanswered at a time; a screen has some ten. */
export const MAX_REQUESTS_IN_FLIGHT = 256;

/** Feeds that one client may watch at a time: every session that can run at once, several times over. */
export const MAX_SUBSCRIPTIONS = 200;

export interface BindClientOptions {
  readonly engine: Engine;
  readonly pipe: Pipe;
  /** What the client's token may do. */
  readonly scopes: readonly Scope[];
  readonly hostVersion: string;
  readonly log: HostLog;
  /** Names the token where it is not the owner's; shown with the client's own name in decisions. */
  readonly tokenLabel?: string;
  readonly table?: RequestTable;
}

export interface ClientBinding {
  /** Ends all subscriptions and closes the pipe. */
  readonly dispose: () => void;
}

/**
 * Binds one client to the engine, whatever the pipe, until the pipe closes. Never throws: all that is wrong with what
 * the client writes is answered with a failure, and the connection stays. Only another contract version ends it.
 */
export function bindClient(options: BindClientOptions): ClientBinding {
  const bound = new BoundClient(options);
  return { dispose: () => bound.dispose() };
}

/**
 * Owns: what one client has open (requests, subscriptions). Knows nothing of: sockets, tokens, what requests do.
 * Invariants: nothing but a welcome or a failure is sent before `hello`; each request gets one reply or one failure;
 * a client holds a bounded number of requests and subscriptions.
 */
class BoundClient {
  readonly #options: BindClientOptions;
  readonly #outlet: ClientOutlet;
  readonly #requestsInFlight = new Set<number>();
  readonly #subscriptions = new Map<number, Subscription>();
  #client: string | null = null;

  constructor(options: BindClientOptions) {
    this.#options = options;
    this.#outlet = createClientOutlet(options.pipe, options.log);
    options.pipe.onFrame((text) => this.#receive(text));
    options.pipe.onClose(() => this.#closeSubscriptions());
  }

  dispose(): void {
    this.#closeSubscriptions();
    this.#options.pipe.close();
  }

  #closeSubscriptions(): void {
    for (const subscription of this.#subscriptions.values()) subscription.close();
    this.#subscriptions.clear();
  }

  #receive(text: string): void {
    const read = readClientFrame(text);
    if (!read.ok) {
      this.#outlet.send({ t: "failure", id: read.id, error: read.error });
      if (read.error.code === "contract_mismatch") this.dispose();
      return;
    }
    const { frame } = read;
    const id = "id" in frame ? frame.id : null;
    try {
      this.#act(frame);
    } catch (error) {
      this.#fail(id, error, frame.t);
    }
  }

  #act(frame: ClientFrame): void {
    if (frame.t === "hello") return this.#welcome(frame.client);
    if (this.#client === null) {
      throw new RequestError("bad_request", `The first frame must be "hello", not "${frame.t}".`);
    }
    switch (frame.t) {
      case "request":
        return this.#request(frame, this.#client);
      case "subscribe":
        return this.#subscribe(frame);
      // A subscription that lagged is over before the client knows, so an unknown id is nothing to complain about.
      case "credit":
        return this.#subscriptions.get(frame.id)?.grant(frame.events);
      case "unsubscribe":
        this.#subscriptions.get(frame.id)?.close();
        this.#subscriptions.delete(frame.id);
    }
  }

  /** A second hello comes from a page that gave up waiting for the first welcome: it begins anew. */
  #welcome(client: string): void {
    this.#closeSubscriptions();
    const { engine, hostVersion, scopes, tokenLabel } = this.#options;
    this.#client = tokenLabel === undefined ? client : `${client} (${tokenLabel})`;
    this.#outlet.send({ t: "welcome", contractVersion: CONTRACT_VERSION, hostVersion, epoch: engine.epoch, scopes });
  }

  #request(frame: Extract<ClientFrame, { t: "request" }>, client: string): void {
    const { id, name, params } = frame;
    if (this.#refuseTakenId(id)) return;
    if (this.#requestsInFlight.size >= MAX_REQUESTS_IN_FLIGHT) {
      const words = `${MAX_REQUESTS_IN_FLIGHT} requests of this connection are unanswered. Wait for some of them.`;
      throw new RequestError("too_many_requests", words);
    }
    const { engine, scopes, table = requests } = this.#options;
    this.#requestsInFlight.add(id);
    void callRequest({ table, handlers: engine.handlers }, { name, params, scopes, context: { client } })
      .then((result) => this.#outlet.send({ t: "reply", id, result }))
      .catch((error: unknown) => this.#fail(id, error, name))
      .finally(() => this.#requestsInFlight.delete(id));
  }

  #subscribe(frame: Extract<ClientFrame, { t: "subscribe" }>): void {
    const { id, feed, cursor = null, credit } = frame;
    if (this.#refuseTakenId(id)) return;
    requireScope(this.#options.scopes, "read", "Watching a feed");
    if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS) {
      throw new RequestError("too_many_requests", `A connection may watch ${MAX_SUBSCRIPTIONS} feeds at a time.`);
    }
    const onLagged = (): void => {
      this.#subscriptions.delete(id);
    };
    const onFailed = (error: unknown): void => {
      if (this.#subscriptions.delete(id)) this.#fail(id, error, "subscribe");
    };
    const { engine } = this.#options;
    const outlet = this.#outlet;
    const subscription = new Subscription({ engine, outlet, id, feed, cursor, credit, onLagged, onFailed });
    if (!subscription.isOver) this.#subscriptions.set(id, subscription);
  }

  /** The failure carries no id: with it, the client would take it for the end of what already has the id. */
  #refuseTakenId(id: number): boolean {
    if (!this.#requestsInFlight.has(id) && !this.#subscriptions.has(id)) return false;
    this.#fail(null, new RequestError("bad_request", `The id ${id} is in use on this connection.`), "id");
    return true;
  }

  #fail(id: number | null, error: unknown, what: string): void {
    const failure = toFailure(error);
    if (failure.code === "internal") this.#options.log.error({ err: error, what }, "a client's request failed");
    this.#outlet.send({ t: "failure", id, error: failure });
  }
}
