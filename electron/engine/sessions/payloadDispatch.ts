import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestParams, RequestResult } from "../../../shared/contract/requests.ts";
import { toFailure } from "../../../shared/contract/errors.ts";
import type { EventDraft } from "../../../shared/model/event.ts";
import type { JsonObject } from "../../../shared/model/json.ts";
import type { Payload } from "../../../shared/model/payload.ts";
import { defaultDelivery } from "../../../shared/payloads/delivery.ts";
import { randomUUID } from "node:crypto";
import type { RequestContext } from "../engine.ts";
import type { OwnedSession } from "./ownedSession.ts";
import type { FirstPayload, OwnedSessions } from "./ownedSessions.ts";
import { isSettled, type NewPayload, type PayloadTracker } from "./payloadTracker.ts";
import type { SessionDirectory } from "./sessionDirectory.ts";
import { firstLine, UNTITLED } from "./titleOf.ts";
import type { TurnGate } from "./turnGate.ts";

/** What the dispatch works on. */
export interface PayloadDispatchParts {
  readonly directory: SessionDirectory;
  readonly owned: OwnedSessions;
  readonly payloads: PayloadTracker;
  readonly gate: Pick<TurnGate, "checkPayload">;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
  readonly now: () => Date;
}

/** A warning that the host sends by itself. */
export interface HostWarning {
  readonly sessionId: string;
  readonly sender: string;
  readonly text: string;
  readonly metadata: JsonObject;
  /** Whether it waits for the next turn even while a tool runs. */
  readonly isSilent: boolean;
}

/** Brings payloads to sessions: chooses what the sender left open, has them accepted, hands them to their session. */
export class PayloadDispatch {
  readonly #parts: PayloadDispatchParts;

  constructor(parts: PayloadDispatchParts) {
    this.#parts = parts;
  }

  /**
   * Sends one payload into one session.
   * @throws RequestError `not_found`, `session_not_live`, `bad_request`, `budget_reached`.
   */
  send(params: RequestParams<"payloads.send">, context: RequestContext, broadcastId: string | null = null): Payload {
    checkProgress(params);
    const session = this.#parts.owned.require(params.sessionId);
    const composed = { ...this.#compose(params, context), broadcastId };
    const { kind, delivery, payloadId } = composed;
    const isRepeated = payloadId !== undefined && this.#parts.payloads.get(payloadId) !== null;
    if (!isRepeated) {
      const { isTurnRunning } = session;
      this.#parts.gate.checkPayload(params.sessionId, { kind, delivery, isTurnRunning });
    }
    return this.#accept(session, composed);
  }

  /**
   * Sends what the host itself has to say, also where others are held. It begins no turn: it joins a running tool call, and
   * else waits for the next turn. What is sent while an answer is written would be answered in a turn of its own.
   * @throws RequestError `not_found`, `session_not_live`.
   */
  warn({ sessionId, sender, text, metadata, isSilent }: HostWarning): Payload {
    const session = this.#parts.owned.require(sessionId);
    const delivery = session.isToolRunning && !isSilent ? "next" : "silent";
    const warning = { sessionId, kind: "warning", text, metadata, delivery } as const;
    return this.#accept(session, this.#compose(warning, { client: sender }));
  }

  /** Sends one payload into many sessions; each gets a receipt or a failure of its own. */
  broadcast(params: RequestParams<"broadcasts.send">, context: RequestContext): RequestResult<"broadcasts.send"> {
    const { targets, ...content } = params;
    const broadcastId = randomUUID();
    const items = [...new Set(targets)].map((sessionId) => {
      try {
        return { sessionId, payload: this.send({ ...content, sessionId }, context, broadcastId), error: null };
      } catch (error) {
        return { sessionId, payload: null, error: toFailure(error) };
      }
    });
    return { broadcastId, items };
  }

  /**
   * Takes a payload back while the session has not read it.
   * @throws RequestError `not_found`, `payload_not_cancellable`, `session_not_live`.
   */
  async cancel(payloadId: string): Promise<Payload> {
    const payload = this.require(payloadId);
    if (isSettled(payload)) {
      throw new RequestError("payload_not_cancellable", `This payload is ${payload.receipt} already.`);
    }
    await this.#parts.owned.require(payload.sessionId).cancel(payloadId);
    return this.require(payloadId);
  }

  /** @throws RequestError `not_found`. */
  require(payloadId: string): Payload {
    const payload = this.#parts.payloads.get(payloadId);
    if (payload === null) throw new RequestError("not_found", `There is no payload ${payloadId}.`);
    return payload;
  }

  /** The payload that a session is started with. */
  firstMessage(text: string, context: RequestContext): FirstPayload {
    return (sessionId) => {
      const message = { sessionId, kind: "message", text, metadata: {}, delivery: "next" } as const;
      return { ...this.#compose(message, context), payloadId: randomUUID() };
    };
  }

  #accept(session: OwnedSession, composed: NewPayload): Payload {
    const { payload, isNew } = this.#parts.payloads.accept(composed);
    if (!isNew) return payload;
    session.deliver(payload);
    this.#nameAfter(payload);
    return this.#parts.payloads.get(payload.payloadId) ?? payload;
  }

  #compose(params: RequestParams<"payloads.send">, context: RequestContext): NewPayload {
    return {
      payloadId: params.payloadId,
      sessionId: params.sessionId,
      broadcastId: null,
      kind: params.kind,
      text: params.text,
      metadata: params.metadata,
      delivery: params.delivery ?? defaultDelivery[params.kind],
      route: "stdin",
      sender: params.sender ?? context.client,
      composedAt: params.composedAt ?? this.#parts.now().toISOString(),
    };
  }

  /** A session that nobody named is named after the first thing it is told. */
  #nameAfter({ sessionId, kind, text }: Payload): void {
    if (kind !== "message" || this.#parts.directory.get(sessionId)?.title !== UNTITLED) return;
    const title = firstLine(text);
    if (title !== null) this.#parts.emit(sessionId, { type: "session.renamed", data: { title, source: "first_text" } });
  }
}

function checkProgress({ kind, metadata }: Pick<RequestParams<"payloads.send">, "kind" | "metadata">): void {
  const progress = metadata["progress"];
  if (kind !== "progress" || progress === undefined) return;
  if (typeof progress === "number" && progress >= 0 && progress <= 100) return;
  throw new RequestError("bad_request", "`metadata.progress` is a number from 0 to 100.", {
    field: "metadata.progress",
  });
}
