import { z } from "zod";
import { jsonObjectSchema } from "../jsonSchema.ts";
import { tokenUsageSchema, usdSchema } from "../usage.ts";

/** The tool call that a sub-agent's lines belong to; null for the session's own lines. */
const parentToolUseId = z.string().nullable();

/** The session whose cost it is, when that is another than the event's: after `/clear` a process goes on in a new one. */
const countedFor = z.string();

/** What was said and done in a session. */
export const contentEventSchemas = {
  "turn.started": z.object({
    turnId: z.string(),
    /** The payload that caused the turn; null for turns the CLI started itself (a finished background task). */
    payloadId: z.string().nullable(),
    countedFor: countedFor.optional(),
  }),
  "turn.completed": z.object({
    turnId: z.string().nullable(),
    /** Every payload that this result answers: the one that started the turn and those that joined it. */
    payloadIds: z.array(z.string()),
    outcome: z.enum(["success", "error", "interrupted"]),
    subtype: z.string(),
    terminalReason: z.string().nullable(),
    durationMs: z.number().nonnegative().nullable(),
    modelTurns: z.number().int().nonnegative().nullable(),
    /** The session's running total, as the CLI tells it. */
    totalCostUsd: usdSchema.nullable(),
    /** What this turn added to the total; null when there is nothing to compare with. */
    costUsd: usdSchema.nullable(),
    usage: tokenUsageSchema.nullable(),
    /** The result's text when it is an error; the assistant's own text is in its events. */
    errorText: z.string().nullable(),
    countedFor: countedFor.optional(),
  }),
  "user.textAdded": z.object({
    messageId: z.string().nullable(),
    text: z.string(),
    payloadId: z.string().nullable(),
    /**
     * `payload`: sent from here. `peer`: another session or terminal. `cli`: written by the CLI itself. `person`: said by
     * whoever runs the session; a transcript does not tell through which door.
     */
    origin: z.enum(["payload", "peer", "cli", "person"]),
    parentToolUseId,
  }),
  /** `kind` is the CLI's word for it, e.g. `file`; `name` is what a person would call it. */
  "attachment.added": z.object({ kind: z.string(), name: z.string(), parentToolUseId }),
  "assistant.delta": z.object({
    messageId: z.string(),
    blockIndex: z.number().int().nonnegative(),
    block: z.enum(["text", "thinking", "toolInput"]),
    text: z.string(),
    parentToolUseId,
  }),
  "assistant.textAdded": z.object({
    messageId: z.string(),
    text: z.string(),
    model: z.string().nullable(),
    parentToolUseId,
  }),
  "assistant.thinkingAdded": z.object({ messageId: z.string(), text: z.string(), parentToolUseId }),
  "tool.called": z.object({
    toolUseId: z.string(),
    messageId: z.string(),
    name: z.string(),
    input: jsonObjectSchema,
    parentToolUseId,
  }),
  "tool.finished": z.object({
    toolUseId: z.string(),
    isError: z.boolean(),
    /** What the model was shown, images and documents named in brackets. */
    output: z.string(),
    /** Characters left out of the middle of `output`; 0 when it is whole. */
    omittedChars: z.number().int().nonnegative(),
    parentToolUseId,
  }),
  "tool.denied": z.object({ toolUseId: z.string().nullable(), toolName: z.string(), message: z.string() }),
  "usage.recorded": z.object({
    messageId: z.string(),
    requestId: z.string().nullable(),
    model: z.string().nullable(),
    usage: tokenUsageSchema,
    parentToolUseId,
    /** What else decides the message's cost; only events of the live stream have it. */
    charge: z
      .object({
        webSearches: z.number().int().nonnegative().nullable(),
        /** The speed that was served. */
        speed: z.string().nullable(),
        serviceTier: z.string().nullable(),
        inferenceGeo: z.string().nullable(),
        turnId: z.string().nullable(),
        /** True for a message that was cut off: its output was not told. */
        isProvisional: z.boolean(),
        /** True where the usage held what is no count: then nothing of it is believed. */
        isBad: z.boolean().optional(),
        countedFor: countedFor.optional(),
      })
      .optional(),
  }),
  "task.started": z.object({
    taskId: z.string(),
    toolUseId: z.string().nullable(),
    description: z.string(),
    taskType: z.string().nullable(),
  }),
  "task.updated": z.object({ taskId: z.string(), status: z.string().nullable(), text: z.string() }),
  "task.finished": z.object({ taskId: z.string(), status: z.string(), summary: z.string() }),
  "context.compacted": z.object({
    trigger: z.string().nullable(),
    tokensBefore: z.number().int().nonnegative().nullable(),
  }),
} as const;
