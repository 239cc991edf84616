import type { Payload, Receipt, ReceiptState } from "../../../shared/model/payload.ts";

/** One chip: a state on the way, reached or still ahead. */
export interface ReceiptStep {
  readonly state: ReceiptState;
  readonly receipt: Receipt | null;
  /** The state the payload is in now. */
  readonly isCurrent: boolean;
}

/** The way of a payload that meets no trouble. */
const way: readonly ReceiptState[] = ["accepted", "written", "queued", "delivered", "answered"];

const ends: readonly ReceiptState[] = ["cancelled", "failed"];

/**
 * The steps that are shown for a payload. While all goes well: the whole way. After a cancellation or a failure: the
 * steps that were reached, then the end; what is ahead will not come. A silent payload asks for no answer, so its way
 * ends with its delivery unless the host says otherwise.
 */
export function receiptSteps(payload: Payload): readonly ReceiptStep[] {
  const reached = new Map(payload.receipts.map((receipt) => [receipt.state, receipt]));
  const toStep = (state: ReceiptState): ReceiptStep => ({
    state,
    receipt: reached.get(state) ?? null,
    isCurrent: state === payload.receipt,
  });
  const end = ends.find((state) => reached.has(state));
  if (end !== undefined) return [...way.filter((state) => reached.has(state)), end].map(toStep);
  const isSilent = payload.delivery === "silent" && !reached.has("answered");
  return (isSilent ? way.slice(0, -1) : way).map(toStep);
}
