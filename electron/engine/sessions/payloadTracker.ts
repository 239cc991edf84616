/**
 * Owns payloads and their receipts, from accepted to a final state.
 * Knows nothing about processes or how a payload travels.
 * Invariants: a payload is stored (or held, while nothing can be stored) before it is announced; a receipt only moves forward and stops at a final state; the
 * same payload id is accepted once, so that a repeated request does no harm.
 */
import { randomUUID } from "node:crypto";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { EventDraft } from "../../../shared/model/event.ts";
import type { Payload, Receipt, ReceiptState } from "../../../shared/model/payload.ts";

/** A payload before it has an id, receipts and a place. */
export type NewPayload = Omit<Payload, "payloadId" | "receipt" | "receipts"> & {
  readonly payloadId?: string | undefined;
};

export interface PayloadStore {
  readonly add: (payload: Payload) => void;
  readonly addReceipt: (payloadId: string, receipt: Receipt) => void;
  readonly get: (payloadId: string) => Payload | null;
  readonly unfinished: () => readonly Payload[];
}

export interface PayloadTrackerOptions {
  readonly store: PayloadStore;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
  readonly now: () => Date;
}

const rank: Readonly<Record<ReceiptState, number>> = {
  accepted: 0,
  written: 1,
  queued: 2,
  delivered: 3,
  answered: 4,
  cancelled: 5,
  failed: 5,
};

/** True once a payload goes no further. A silent one causes no turn, so for it `delivered` is as far as it gets. */
export function isSettled({ receipt, delivery }: Payload): boolean {
  return rank[receipt] >= rank[delivery === "silent" ? "delivered" : "answered"];
}

export class PayloadTracker {
  readonly #options: PayloadTrackerOptions;
  /** Payloads on their way, so that a receipt needs no read from the store. */
  readonly #underway = new Map<string, Payload>();

  constructor(options: PayloadTrackerOptions) {
    this.#options = options;
  }

  /**
   * Takes a payload in. `isNew` is false when the same id was accepted before with the same content: then nothing is
   * to be done again.
   * @throws RequestError `bad_request` when the id belongs to another payload.
   */
  accept(newPayload: NewPayload): { readonly payload: Payload; readonly isNew: boolean } {
    const { payloadId = randomUUID(), ...content } = newPayload;
    const known = this.get(payloadId);
    if (known !== null) return { payload: sameOrThrow(known, newPayload), isNew: false };
    const receipt: Receipt = { state: "accepted", at: this.#options.now().toISOString() };
    const payload: Payload = { ...content, payloadId, receipt: "accepted", receipts: [receipt] };
    this.#options.store.add(payload);
    this.#underway.set(payloadId, payload);
    this.#options.emit(payload.sessionId, { type: "payload.accepted", data: { payload } });
    return { payload, isNew: true };
  }

  get(payloadId: string): Payload | null {
    return this.#underway.get(payloadId) ?? this.#options.store.get(payloadId);
  }

  /** Payloads of a session that have not reached a final state. */
  underway(sessionId: string): readonly Payload[] {
    return [...this.#underway.values()].filter((payload) => payload.sessionId === sessionId);
  }

  /** Moves a payload forward; a step back or past a final state is ignored. */
  advance(payloadId: string, state: ReceiptState, givenReason?: string): void {
    const payload = this.#underway.get(payloadId);
    if (payload === undefined || rank[state] <= rank[payload.receipt] || isSettled(payload)) return;
    const reason = givenReason ?? (state === "cancelled" ? whyCancelled(payload) : undefined);
    const at = this.#options.now().toISOString();
    const receipt: Receipt = reason === undefined ? { state, at } : { state, at, reason };
    this.#options.store.addReceipt(payloadId, receipt);
    const advanced: Payload = { ...payload, receipt: state, receipts: [...payload.receipts, receipt] };
    if (isSettled(advanced)) this.#underway.delete(payloadId);
    else this.#underway.set(payloadId, advanced);
    const { sessionId, kind } = payload;
    const data = reason === undefined ? { payloadId, kind, state } : { payloadId, kind, state, reason };
    this.#options.emit(sessionId, { type: "payload.advanced", data });
  }

  /** The session is gone: whatever has not been answered never will be. */
  failSession(sessionId: string, reason: string): void {
    for (const { payloadId } of this.underway(sessionId)) this.advance(payloadId, "failed", reason);
  }

  /** Ends what an earlier run of the host left unfinished. */
  failLeftOver(): void {
    for (const payload of this.#options.store.unfinished()) {
      this.#underway.set(payload.payloadId, payload);
      this.advance(payload.payloadId, "failed", "The host stopped before this was answered.");
    }
  }
}

/** The CLI says that a message was cancelled, not why; how far it had got tells it. */
function whyCancelled({ receipt }: Payload): string {
  return receipt === "delivered" ? "Its turn was cut short." : "Taken back before it was delivered.";
}

function sameOrThrow(known: Payload, repeated: NewPayload): Payload {
  const same = known.sessionId === repeated.sessionId && known.kind === repeated.kind && known.text === repeated.text;
  if (same) return known;
  throw new RequestError("bad_request", "This payload id was used before, for another payload. Choose a new id.");
}
