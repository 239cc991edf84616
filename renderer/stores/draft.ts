import type { JsonObject } from "../../shared/model/json.ts";
import type { Delivery, PayloadKind } from "../../shared/model/payload.ts";
import { defaultDelivery } from "../../shared/payloads/delivery.ts";
import { renderPayload } from "../../shared/payloads/renderPayload.ts";
import type { BudgetRefusal } from "./budgetRefusal.ts";

/** One line of metadata as it is typed; a row without a key is not sent. */
export interface MetadataRow {
  /** Tells rows apart while they are edited; never sent. */
  readonly id: string;
  readonly key: string;
  readonly value: string;
}

/** A payload that is being written. */
export interface Draft {
  readonly text: string;
  readonly kind: PayloadKind;
  /** Null while the kind's own delivery holds. */
  readonly delivery: Delivery | null;
  readonly metadata: readonly MetadataRow[];
  /** Percent, sent as `metadata.progress` with kind `progress` only. */
  readonly progress: number;
  /** Other sessions that get it too; empty for this session alone. */
  readonly alsoTo: readonly string[];
  /** Chosen at the first edit, so that the preview shows what will be sent and a retry does no harm. */
  readonly identity: { readonly payloadId: string; readonly composedAt: string } | null;
  /** `failed`: it may or may not have arrived; sending it again unchanged is safe for one session. */
  readonly phase: "writing" | "sending" | "failed";
  /** Why the last sending failed, in words; null otherwise. */
  readonly problem: string | null;
  /** The budget that refused the last sending; null when none did. */
  readonly refusal: BudgetRefusal | null;
}

export const emptyDraft: Draft = {
  text: "",
  kind: "message",
  delivery: null,
  metadata: [],
  progress: 50,
  alsoTo: [],
  identity: null,
  phase: "writing",
  problem: null,
  refusal: null,
};

/** The fields that a person edits. */
export type DraftEdit = Partial<Pick<Draft, "text" | "kind" | "delivery" | "metadata" | "progress" | "alsoTo">>;

/** The delivery that holds: the chosen one, or the kind's own. */
export function deliveryOf(draft: Draft): Delivery {
  return draft.delivery ?? defaultDelivery[draft.kind];
}

/** The metadata that is sent: rows with a key, the last of equal keys, and the progress of a progress payload. */
export function metadataOf(draft: Draft): JsonObject {
  const rows = draft.metadata.map(({ key, value }) => [key.trim(), value] as const);
  const written = Object.fromEntries(rows.filter(([key]) => key !== ""));
  return draft.kind === "progress" ? { ...written, progress: draft.progress } : written;
}

/** Exactly the text that the model will read, or null while there is nothing to send. */
export function previewOf(draft: Draft, sender: string): string | null {
  if (draft.identity === null || draft.text.trim() === "") return null;
  const { text, kind, identity } = draft;
  return renderPayload({ kind, text, metadata: metadataOf(draft), sender, composedAt: identity.composedAt });
}
