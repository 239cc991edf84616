import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";

/** A working directory that Claude Code has sessions for. */
export const projectSchema = z.object({
  projectPath: z.string(),
  /** The last segment of the path. */
  name: z.string(),
  /** True when the directory is not there any more. */
  isGone: z.boolean().default(false),
  sessionCount: z.number().int().nonnegative(),
  liveCount: z.number().int().nonnegative(),
  lastActivityAt: timestampSchema,
});
export type Project = DeepReadonly<z.infer<typeof projectSchema>>;
