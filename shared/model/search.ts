import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";

/** Who said what was found; `subagent` also for what a sub-agent was told. */
export const searchRoleSchema = z.enum(["user", "assistant", "subagent"]);
export type SearchRole = z.infer<typeof searchRoleSchema>;

/** One message that a search found. */
export const searchHitSchema = z.object({
  sessionId: z.string(),
  projectPath: z.string(),
  title: z.string(),
  role: searchRoleSchema,
  at: timestampSchema.nullable(),
  /** A stretch of the text around the first matches, in pieces: those that matched and those between. */
  snippet: z.array(z.object({ text: z.string(), isMatch: z.boolean() })),
  /** The place in the session's transcript, or in the sub-agent's, as `sessions.events` takes it. */
  seq: z.number().int(),
  /** The call that started the sub-agent, as `sessions.events` takes it; null for others, and where no file says it. */
  subagent: z.string().nullable(),
});
export type SearchHit = DeepReadonly<z.infer<typeof searchHitSchema>>;
