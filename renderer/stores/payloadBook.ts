import type { EventOf, SessionEvent } from "../../shared/model/event.ts";
import type { Payload, Receipt } from "../../shared/model/payload.ts";

/** Payloads that are held: many hours of steering by hand; older ones are in the conversation anyway. */
export const MAX_PAYLOADS = 1_000;

/** Receipts kept for payloads that are not known yet: a reply may arrive after the first events about it. */
export const MAX_EARLY_RECEIPTS = 500;

interface EarlyReceipt {
  readonly payloadId: string;
  readonly receipt: Receipt;
}

/** Payloads by id in the order they became known, and receipts that came before their payload. */
export interface PayloadBook {
  readonly byId: Readonly<Record<string, Payload>>;
  readonly early: readonly EarlyReceipt[];
}

/** Takes in payloads as the host told them; what is known already and newer is kept. */
export function addPayloads(book: PayloadBook, payloads: readonly Payload[]): PayloadBook {
  if (payloads.length === 0) return book;
  const byId = { ...book.byId };
  for (const payload of payloads) {
    const known = byId[payload.payloadId];
    const isOlder = known !== undefined && known.receipts.length > payload.receipts.length;
    byId[payload.payloadId] = isOlder ? known : withEarly(payload, book.early);
  }
  return { byId: newestOf(byId), early: book.early.filter(({ payloadId }) => byId[payloadId] === undefined) };
}

function withEarly(payload: Payload, early: readonly EarlyReceipt[]): Payload {
  return early
    .filter(({ payloadId }) => payloadId === payload.payloadId)
    .reduce((before, { receipt }) => withReceipt(before, receipt), payload);
}

function newestOf(byId: Readonly<Record<string, Payload>>): Readonly<Record<string, Payload>> {
  const entries = Object.entries(byId);
  return entries.length > MAX_PAYLOADS ? Object.fromEntries(entries.slice(-MAX_PAYLOADS)) : byId;
}

function withReceipt(payload: Payload, receipt: Receipt): Payload {
  // The host feed and the session feed both tell headline events: the second telling changes nothing.
  if (payload.receipts.some(({ state }) => state === receipt.state)) return payload;
  return { ...payload, receipt: receipt.state, receipts: [...payload.receipts, receipt] };
}

/** Takes in the events about payloads; all others change nothing. */
export function applyPayloadEvents(book: PayloadBook, events: readonly SessionEvent[]): PayloadBook {
  return events.reduce((before, event) => {
    if (event.type === "payload.accepted") return addPayloads(before, [event.data.payload]);
    return event.type === "payload.advanced" ? addReceipt(before, event) : before;
  }, book);
}

function addReceipt(book: PayloadBook, { at, data }: EventOf<"payload.advanced">): PayloadBook {
  const { payloadId, state, reason } = data;
  const receipt: Receipt = reason === undefined ? { state, at } : { state, at, reason };
  const payload = book.byId[payloadId];
  if (payload === undefined) {
    return { ...book, early: [...book.early, { payloadId, receipt }].slice(-MAX_EARLY_RECEIPTS) };
  }
  return { ...book, byId: { ...book.byId, [payloadId]: withReceipt(payload, receipt) } };
}
