/**
 * A client of the host over its WebSocket that does nothing but what is measured: requests, feeds, credit.
 * Knows nothing about reconnecting; a connection that closes fails what is open.
 */
import { once } from "node:events";
import { type RawData, WebSocket } from "ws";
import type { Feed, Snapshot } from "../../../shared/contract/feeds.ts";
import { type ClientFrame, type HostFrame, INITIAL_CREDIT } from "../../../shared/contract/frames.ts";
import type { RequestInput, RequestName, RequestResult } from "../../../shared/contract/requests.ts";
import { CONTRACT_VERSION } from "../../../shared/contract/version.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";
import { now } from "../measure.ts";
import type { BenchHost } from "./withHost.ts";

/** New credit is granted in such steps, as the app's own client does. */
const CREDIT_STEP = INITIAL_CREDIT / 2;

export type FeedReader = {
  /** `atNs`: when the frame that brought the event had arrived, before it was parsed. */
  readonly onEvent: (event: SessionEvent, atNs: bigint) => void;
  readonly onLagged?: () => void;
  /** The credit to begin with. */
  readonly credit?: number;
};

export type HostClient = {
  readonly socket: WebSocket;
  readonly request: <Name extends RequestName>(name: Name, params: RequestInput<Name>) => Promise<RequestResult<Name>>;
  /** Subscribes; resolves with the snapshot, before any event. */
  readonly watch: (feed: Feed, reader: FeedReader) => Promise<Snapshot>;
  /** A watched feed that remembers its events, to wait for one. */
  readonly follow: (feed: Feed) => Promise<Following>;
  readonly close: () => void;
};

export type Following = {
  /** The first event after the snapshot that fits, past or future, and when it came. Events of the snapshot count as come with it. */
  readonly until: (
    fits: (event: SessionEvent) => boolean,
  ) => Promise<{ readonly event: SessionEvent; readonly atNs: bigint }>;
};

type Answer = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

export async function connectHost({ url, token }: Pick<BenchHost, "url" | "token">): Promise<HostClient> {
  const socket = new WebSocket(`${url.replace(/^http/u, "ws")}/api/v1/socket`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await once(socket, "open");
  const connection = new Connection(socket);
  await connection.hello();
  return connection;
}

class Connection implements HostClient {
  readonly socket: WebSocket;
  readonly #answers = new Map<number, Answer>();
  readonly #readers = new Map<number, FeedReader & { handedOver: number }>();
  #lastId = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => {
      const atNs = now();
      // What the host writes is typed by the contract; a bench does not check it again.
      this.#take(JSON.parse(textOf(data)) as HostFrame, atNs);
    });
    socket.on("close", () => {
      for (const { reject } of this.#answers.values()) reject(new Error("The host closed the connection."));
    });
  }

  /** The welcome is the answer to id 0. */
  hello(): Promise<unknown> {
    return this.#ask(0, { t: "hello", contractVersion: CONTRACT_VERSION, client: "bench" });
  }

  request<Name extends RequestName>(name: Name, params: RequestInput<Name>): Promise<RequestResult<Name>> {
    this.#lastId += 1;
    const id = this.#lastId;
    return this.#ask(id, { t: "request", id, name, params }) as Promise<RequestResult<Name>>;
  }

  watch(feed: Feed, reader: FeedReader): Promise<Snapshot> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#readers.set(id, { ...reader, handedOver: 0 });
    const credit = reader.credit ?? INITIAL_CREDIT;
    return this.#ask(id, { t: "subscribe", id, feed, credit }) as Promise<Snapshot>;
  }

  async follow(feed: Feed): Promise<Following> {
    const seen: { readonly event: SessionEvent; readonly atNs: bigint }[] = [];
    const offers = new Set<() => void>();
    const add = (event: SessionEvent, atNs: bigint): void => {
      seen.push({ event, atNs });
      for (const offer of offers) offer();
    };
    const snapshot = await this.watch(feed, { onEvent: add });
    const beganAtNs = now();
    if (snapshot.kind === "session") for (const event of snapshot.events) seen.push({ event, atNs: beganAtNs });
    return {
      until: (fits) =>
        new Promise((resolve) => {
          const offer = (): void => {
            const found = seen.find(({ event }) => fits(event));
            if (found === undefined) return;
            offers.delete(offer);
            resolve(found);
          };
          offers.add(offer);
          offer();
        }),
    };
  }

  close(): void {
    this.socket.terminate();
  }

  #ask(id: number, frame: ClientFrame): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject });
      this.#send(frame);
    });
  }

  #send(frame: ClientFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  #take(frame: HostFrame, atNs: bigint): void {
    if (frame.t === "events") return this.#deliver(frame.id, frame.events, atNs);
    if (frame.t === "lagged") return this.#readers.get(frame.id)?.onLagged?.();
    const id = frame.t === "welcome" ? 0 : frame.id;
    const answer = this.#answers.get(id ?? -1);
    if (answer === undefined) {
      if (frame.t === "failure") throw new Error(`The host refused a frame: ${frame.error.message}`);
      return;
    }
    this.#answers.delete(id ?? -1);
    if (frame.t === "failure") answer.reject(new Error(frame.error.message));
    else if (frame.t === "reply") answer.resolve(frame.result);
    else answer.resolve(frame.t === "snapshot" ? frame.snapshot : undefined);
  }

  #deliver(id: number, events: readonly SessionEvent[], atNs: bigint): void {
    const reader = this.#readers.get(id);
    if (reader === undefined) return;
    for (const event of events) reader.onEvent(event, atNs);
    reader.handedOver += events.length;
    if (reader.handedOver < CREDIT_STEP) return;
    this.#send({ t: "credit", id, events: reader.handedOver });
    reader.handedOver = 0;
  }
}

/** The host writes text; ws hands a small message over as one buffer. */
function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString("utf8");
  return Array.isArray(data) ? Buffer.concat(data).toString("utf8") : Buffer.from(data).toString("utf8");
}
