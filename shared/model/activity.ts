import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";

/** What a session is doing right now, with the details a person needs to act on it. */
export const activitySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("starting") }),
  z.object({ kind: z.literal("working") }),
  z.object({
    kind: z.literal("tool_pending"),
    tools: z.array(z.object({ toolUseId: z.string(), name: z.string() })),
  }),
  /** Of a prompt in somebody else's terminal neither the id nor always the tool is known. */
  z.object({
    kind: z.literal("awaiting_permission"),
    permissionId: z.string().nullable(),
    toolName: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("awaiting_answer"),
    question: z.string(),
    permissionId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("plan_ready"),
    plan: z.string().nullable(),
    permissionId: z.string().nullable(),
  }),
  /** `text` is the opening of the last thing the assistant said. */
  z.object({ kind: z.literal("idle"), text: z.string().nullable() }),
  z.object({ kind: z.literal("ended"), exitCode: z.number().int().nullable() }),
  z.object({ kind: z.literal("failed"), reason: z.string(), stderrTail: z.string() }),
  z.object({ kind: z.literal("unknown") }),
]);
export type Activity = DeepReadonly<z.infer<typeof activitySchema>>;
export type ActivityKind = Activity["kind"];
