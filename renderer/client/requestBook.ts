import { type Failure, RequestError } from "../../shared/contract/errors.ts";
import { MAX_CLIENT_FRAME_BYTES } from "../../shared/contract/limits.ts";
import type { ClientFrame } from "../../shared/contract/frames.ts";

/** How long a request waits for a connection, in milliseconds: a host that restarts is back within it. */
export const REQUEST_WAIT_MS = 15_000;

/** Requests that wait for a connection at a time; the next one is refused at once. */
export const MAX_WAITING_REQUESTS = 200;

/** UTF-8 bytes that one character of a string can take at most. */
const MAX_BYTES_PER_CHARACTER = 3;

type RequestFrame = Extract<ClientFrame, { t: "request" }>;

interface OpenRequest {
  readonly frame: RequestFrame;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: RequestError) => void;
  /** Ends the wait for a connection; null once the request was sent. */
  deadline: ReturnType<typeof setTimeout> | null;
}

function lost(): RequestError {
  const words = "The connection to the host was lost before it answered. It may have done what was asked: look first.";
  return new RequestError("disconnected", words);
}

function neverSent(): RequestError {
  return new RequestError(
    "disconnected",
    "The host cannot be reached, so this was not sent. Try again once it is back.",
  );
}

function refusal(failure: Failure): RequestError {
  return new RequestError(failure.code, failure.message, failure.detail);
}

function isTooLarge(frame: RequestFrame): boolean {
  const text = JSON.stringify(frame);
  if (text.length * MAX_BYTES_PER_CHARACTER <= MAX_CLIENT_FRAME_BYTES) return false;
  return new TextEncoder().encode(text).length > MAX_CLIENT_FRAME_BYTES;
}

/**
 * The requests that have no answer yet.
 *
 * Invariants: each request is settled exactly once; one that was sent is never sent again, because the host may have
 * carried it out; one that was not sent waits a bounded time for a connection.
 */
export class RequestBook {
  readonly #open = new Map<number, OpenRequest>();
  #send: ((frame: ClientFrame) => void) | null = null;
  #refusal: Failure | null = null;

  /** Sends a request now or as soon as there is a connection. */
  add(frame: RequestFrame): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const reason = this.#reasonToRefuse(frame);
      if (reason !== null) return reject(reason);
      const request: OpenRequest = { frame, resolve, reject, deadline: null };
      this.#open.set(frame.id, request);
      if (this.#send !== null) return this.#send(frame);
      request.deadline = setTimeout(() => this.#settle(frame.id)?.reject(neverSent()), REQUEST_WAIT_MS);
    });
  }

  /** A connection is there: what waited is sent, in the order it was asked. */
  connect(send: (frame: ClientFrame) => void): void {
    this.#send = send;
    for (const request of this.#open.values()) {
      if (request.deadline !== null) clearTimeout(request.deadline);
      request.deadline = null;
      send(request.frame);
    }
  }

  /** The connection is gone. `refused` when it will not come back: then nothing waits any longer. */
  disconnect(refused: Failure | null): void {
    this.#send = null;
    this.#refusal = refused;
    for (const [id, request] of this.#open) {
      if (request.deadline === null) this.#settle(id)?.reject(lost());
      else if (refused !== null) this.#settle(id)?.reject(refusal(refused));
    }
  }

  /** Settles a request with the host's answer. False when no request has this id. */
  answer(id: number, result: unknown): boolean {
    const request = this.#settle(id);
    request?.resolve(result);
    return request !== null;
  }

  /** Settles a request with the host's failure. False when no request has this id. */
  fail(id: number, failure: Failure): boolean {
    const request = this.#settle(id);
    request?.reject(refusal(failure));
    return request !== null;
  }

  #reasonToRefuse(frame: RequestFrame): RequestError | null {
    if (this.#refusal !== null) return refusal(this.#refusal);
    if (isTooLarge(frame)) {
      return new RequestError("too_large", `A request may have ${MAX_CLIENT_FRAME_BYTES} bytes at most.`);
    }
    const isFull = this.#send === null && this.#open.size >= MAX_WAITING_REQUESTS;
    return isFull ? new RequestError("too_many_requests", "Too much waits for the connection already.") : null;
  }

  #settle(id: number): OpenRequest | null {
    const request = this.#open.get(id);
    if (request === undefined) return null;
    this.#open.delete(id);
    if (request.deadline !== null) clearTimeout(request.deadline);
    return request;
  }
}
