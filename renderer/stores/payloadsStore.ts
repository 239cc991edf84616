/**
 * Owns: how far each payload that this window knows of has got, and which broadcasts it sent.
 * Knows nothing about: drafts (`composerStore.ts`), how receipts are drawn.
 * Invariants: a receipt that is told twice is there once; a receipt that comes before its payload is not lost.
 *
 * Views reach it with `usePayloads(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { RequestResult } from "../../shared/contract/requests.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { Payload, ReceiptState } from "../../shared/model/payload.ts";
import type { BroadcastContent } from "./composerStore.ts";
import { addPayloads, applyPayloadEvents, type PayloadBook } from "./payloadBook.ts";
import type { Notify, Request } from "./request.ts";
import { without } from "./without.ts";

/** Broadcasts whose table can be looked at again. */
export const MAX_BROADCASTS = 20;

/** One row of a broadcast's table: the payload that the session got, or why it got none. */
export interface BroadcastRow {
  readonly sessionId: string;
  readonly payloadId: string | null;
  readonly error: Failure | null;
}

export interface Broadcast {
  readonly broadcastId: string;
  /** What was sent, for a session that refused it to get it after all. */
  readonly content: BroadcastContent;
  readonly rows: readonly BroadcastRow[];
}

export interface PayloadsState extends PayloadBook {
  /** Newest first. */
  readonly broadcasts: readonly Broadcast[];
  /** Payloads whose cancelling was asked for and not yet answered. */
  readonly cancelling: Readonly<Record<string, true>>;
  /** Takes a payload back while it is queued. Never rejects; a failure is told as a notice. */
  readonly cancel: (payloadId: string) => Promise<void>;
  /** Asks the host again about payloads that were not at their end, after events may have been missed. */
  readonly refreshUnfinished: () => Promise<void>;
  readonly put: (payloads: readonly Payload[]) => void;
  readonly putBroadcast: (result: RequestResult<"broadcasts.send">, content: BroadcastContent) => void;
  /** Sends a broadcast again to a session that got none. Never rejects; the row says what became of it. */
  readonly sendAgain: (broadcastId: string, sessionId: string) => Promise<void>;
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
}

export type PayloadsStore = StoreApi<PayloadsState>;

/** States after which a payload does not change any more. */
const finalStates: ReadonlySet<ReceiptState> = new Set(["answered", "cancelled", "failed"]);

/** States in which the CLI has not taken the payload up yet, so that it can still be taken back. */
const cancellableStates: ReadonlySet<ReceiptState> = new Set(["accepted", "written", "queued"]);

/** Whether asking to cancel makes sense. */
export function isCancellable(payload: Payload): boolean {
  return cancellableStates.has(payload.receipt);
}

/** The payloads sent to one session, the newest first. */
export function payloadsOf(byId: PayloadBook["byId"], sessionId: string): readonly Payload[] {
  return Object.values(byId)
    .filter((payload) => payload.sessionId === sessionId)
    .toSorted((one, other) => other.composedAt.localeCompare(one.composedAt));
}

/** Creates the empty store. */
export function createPayloadsStore(options: { readonly request: Request; readonly notify: Notify }): PayloadsStore {
  const { request, notify } = options;
  return createStore<PayloadsState>()((set, get) => ({
    byId: {},
    early: [],
    broadcasts: [],
    cancelling: {},
    cancel: async (payloadId) => {
      if (get().cancelling[payloadId] !== undefined) return;
      set(({ cancelling }) => ({ cancelling: { ...cancelling, [payloadId]: true } }));
      try {
        const payload = await request("payloads.cancel", { payloadId });
        set((state) => addPayloads(state, [payload]));
      } catch (thrown) {
        const { message } = toFailure(thrown);
        notify({ tone: "failure", title: "The payload was not cancelled", text: message });
      }
      set(({ cancelling }) => ({ cancelling: without(cancelling, payloadId) }));
    },
    refreshUnfinished: async () => {
      const unfinished = Object.values(get().byId).filter((payload) => !finalStates.has(payload.receipt));
      const answers = await Promise.allSettled(
        unfinished.map(({ payloadId }) => request("payloads.get", { payloadId })),
      );
      const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
      set((state) => addPayloads(state, found));
    },
    put: (payloads) => set((state) => addPayloads(state, payloads)),
    putBroadcast: (result, content) => set((state) => withBroadcast(state, result, content)),
    sendAgain: async (broadcastId, sessionId) => {
      const broadcast = get().broadcasts.find((one) => one.broadcastId === broadcastId);
      if (broadcast === undefined) return;
      const put = (row: BroadcastRow): void =>
        set(({ broadcasts }) => ({ broadcasts: withRow(broadcasts, broadcastId, row) }));
      try {
        const payload = await request("payloads.send", { ...broadcast.content, sessionId });
        set((state) => addPayloads(state, [payload]));
        put({ sessionId, payloadId: payload.payloadId, error: null });
      } catch (thrown) {
        put({ sessionId, payloadId: null, error: toFailure(thrown) });
      }
    },
    takeEvents: (events) => set((state) => applyPayloadEvents(state, events)),
  }));
}

function withRow(broadcasts: readonly Broadcast[], broadcastId: string, row: BroadcastRow): readonly Broadcast[] {
  return broadcasts.map((broadcast) => {
    if (broadcast.broadcastId !== broadcastId) return broadcast;
    return { ...broadcast, rows: broadcast.rows.map((one) => (one.sessionId === row.sessionId ? row : one)) };
  });
}

function withBroadcast(
  state: PayloadsState,
  result: RequestResult<"broadcasts.send">,
  content: BroadcastContent,
): Partial<PayloadsState> {
  const rows = result.items.map(({ sessionId, payload, error }) => ({
    sessionId,
    payloadId: payload?.payloadId ?? null,
    error,
  }));
  const payloads = result.items.flatMap(({ payload }) => (payload === null ? [] : [payload]));
  const broadcasts = [{ broadcastId: result.broadcastId, content, rows }, ...state.broadcasts].slice(0, MAX_BROADCASTS);
  return { ...addPayloads(state, payloads), broadcasts };
}
