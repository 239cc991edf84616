import { z } from "zod";
import { jsonObjectSchema } from "./jsonSchema.ts";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";

/** What a payload is to the session that reads it. */
export const payloadKindSchema = z.enum(["message", "context", "warning", "block", "progress", "completion"]);
export type PayloadKind = z.infer<typeof payloadKindSchema>;

/**
 * When a payload reaches the model: `now` cuts the running turn short, `next` joins the running tool call or
 * follows it, `later` waits for the turn to end, `silent` is added to the conversation without starting a turn.
 */
export const deliverySchema = z.enum(["now", "next", "later", "silent"]);
export type Delivery = z.infer<typeof deliverySchema>;

/** The way a payload reaches a session. */
export const routeSchema = z.enum(["stdin", "inbox", "hook", "tmux"]);
export type Route = z.infer<typeof routeSchema>;

/** How far a payload got. `answered`, `cancelled` and `failed` are final. */
export const receiptStateSchema = z.enum([
  "accepted",
  "written",
  "queued",
  "delivered",
  "answered",
  "cancelled",
  "failed",
]);
export type ReceiptState = z.infer<typeof receiptStateSchema>;

export const receiptSchema = z.object({
  state: receiptStateSchema,
  at: timestampSchema,
  reason: z.string().optional(),
});
export type Receipt = DeepReadonly<z.infer<typeof receiptSchema>>;

export const payloadSchema = z.object({
  payloadId: z.string(),
  sessionId: z.string(),
  /** The broadcast that this payload belongs to, or null when it was sent to one session. */
  broadcastId: z.string().nullable(),
  kind: payloadKindSchema,
  /** What the sender wrote; the text that the model reads is `renderPayload` of it. */
  text: z.string(),
  metadata: jsonObjectSchema,
  delivery: deliverySchema,
  route: routeSchema,
  /** Who sent it, as the model and the receipts show it. */
  sender: z.string(),
  composedAt: timestampSchema,
  receipt: receiptStateSchema,
  receipts: z.array(receiptSchema),
});
export type Payload = DeepReadonly<z.infer<typeof payloadSchema>>;
