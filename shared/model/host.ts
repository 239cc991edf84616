import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";

/** Why no session can be started, in a code and in words with the way out. */
export const claudeProblemSchema = z.object({
  code: z.enum(["missing", "not_executable", "too_old", "broken"]),
  message: z.string(),
});
export type ClaudeProblem = DeepReadonly<z.infer<typeof claudeProblemSchema>>;

export const hostInfoSchema = z.object({
  version: z.string(),
  contractVersion: z.number().int(),
  pid: z.number().int(),
  /** The CLI that new sessions run, or null with `claudeProblem` saying why. */
  claude: z.object({ path: z.string(), version: z.string() }).nullable(),
  claudeProblem: claudeProblemSchema.nullable(),
  maxSessions: z.number().int(),
  /** What a person must be told about the host itself, e.g. that its database was damaged and begun anew. */
  notices: z.array(z.string()),
  /** The index over transcripts. `off` while this host reads none. */
  index: z.object({
    state: z.enum(["scanning", "ready", "off"]),
    filesDone: z.number().int(),
    filesTotal: z.number().int(),
    bytesDone: z.number().int(),
    bytesTotal: z.number().int(),
    elapsedMs: z.number().int(),
  }),
});
export type HostInfo = DeepReadonly<z.infer<typeof hostInfoSchema>>;
