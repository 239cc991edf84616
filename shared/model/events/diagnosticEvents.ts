import { z } from "zod";
import { jsonValueSchema } from "../jsonSchema.ts";

/** Facts that explain why the host or a session is slow, failing or saying things this version does not know. */
export const diagnosticEventSchemas = {
  /** All that a person must be told about the host itself, in place of what was told before. It has no session. */
  "host.noticesChanged": z.object({ notices: z.array(z.string()) }),
  "status.reported": z.object({ status: z.string() }),
  "api.retried": z.object({
    attempt: z.number().int().nonnegative(),
    maxRetries: z.number().int().nonnegative().nullable(),
    delayMs: z.number().nonnegative().nullable(),
    httpStatus: z.number().int().nullable(),
    error: z.string(),
  }),
  "notice.reported": z.object({
    text: z.string(),
    level: z.string().nullable(),
    /** Who says it; the CLI when missing. */
    speaker: z.enum(["cli", "switchboard"]).optional(),
  }),
  "hook.reported": z.object({
    name: z.string(),
    hookEvent: z.string().nullable(),
    phase: z.enum(["started", "finished"]),
    outcome: z.string().nullable(),
    output: z.string(),
  }),
  "rateLimit.reported": z.object({ status: z.string().nullable(), raw: jsonValueSchema }),
  "message.unrecognised": z.object({
    reason: z.enum(["unknown_type", "not_json", "unexpected_shape", "too_long"]),
    /** The type that the message named, where it named one. */
    messageType: z.string().nullable(),
    /** The line as it came, cut at a limit. */
    raw: z.string(),
    omittedChars: z.number().int().nonnegative(),
  }),
  "stderr.written": z.object({ text: z.string() }),
} as const;
