/** Messages to and from sessions in one list: what was sent from here, and what the API answered. */
import { z } from "zod";
import { jsonObjectSchema } from "./jsonSchema.ts";
import { payloadKindSchema, receiptStateSchema } from "./payload.ts";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";
import { tokenUsageSchema, usdSchema } from "./usage.ts";

const count = z.number().int().nonnegative();

/** `to_session`: a payload that was sent from here. `from_session`: a message of the API. */
export const messageDirectionSchema = z.enum(["to_session", "from_session"]);
export type MessageDirection = z.infer<typeof messageDirectionSchema>;

export const recentMessageSchema = z.object({
  direction: messageDirectionSchema,
  /** The payload's id, or the API's. */
  messageId: z.string(),
  sessionId: z.string(),
  sessionTitle: z.string().nullable(),
  sessionLabel: z.string().nullable(),
  projectPath: z.string().nullable(),
  at: timestampSchema.nullable(),
  /** To a session: how far it got. From one: `provisional` while it is being written, and for good when it was cut off. */
  status: z.enum([...receiptStateSchema.options, "complete", "provisional"]),
  /** The same for what was sent and for the answers it caused; null when the turn is not known. */
  turnId: z.string().nullable(),
  /** What the model was given with the call that this message answers; null of what was sent, and where nobody told. */
  contextTokens: count.nullable(),
  /** From a session: what it cost. To one: what the turn cost that it caused, which is that of its answers. Null: not known. */
  costUsd: usdSchema.nullable(),
  /** Of a message to a session alone. */
  sent: z
    .object({
      kind: payloadKindSchema,
      sender: z.string(),
      /** The beginning. */
      text: z.string(),
      omittedChars: count,
      metadata: jsonObjectSchema,
    })
    .nullable(),
  /** Of a message from a session alone. */
  answered: z
    .object({
      model: z.string().nullable(),
      tokens: tokenUsageSchema,
      isSubagent: z.boolean(),
      tools: z.array(z.string()),
      /** Its place in the session's transcript, as a sequence number; null where it is in none of its own. */
      seq: z.number().int().nullable(),
    })
    .nullable(),
});
export type RecentMessage = DeepReadonly<z.infer<typeof recentMessageSchema>>;
