import { z } from "zod";
import { routeSchema } from "./payload.ts";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";

/**
 * `owned`: a child of this host. `observed`: somebody else's. `orphan`: a child of an earlier run of this host that
 * still lives.
 */
export const processOwnerSchema = z.enum(["owned", "observed", "orphan"]);
export type ProcessOwner = z.infer<typeof processOwnerSchema>;

/** One running claude process. What the system does not tell is null, never zero. */
export const processRowSchema = z.object({
  pid: z.number().int().positive(),
  parentPid: z.number().int().nonnegative().nullable(),
  /** Opaque; tells the process from a later one with its pid. Whoever asks to stop the process sends it back. */
  startIdentity: z.string().nullable(),
  startedAt: timestampSchema.nullable(),
  /** The terminal it runs in, e.g. `pts/3`; null when it has none. */
  tty: z.string().nullable(),
  cwd: z.string().nullable(),
  /** The command line on one line; what may be a secret is masked, what is long is shortened. */
  command: z.string().nullable(),
  /** Of one core, so more than 100 is possible. */
  cpuPercent: z.number().nonnegative().nullable(),
  memoryBytes: z.number().int().nonnegative().nullable(),
  owner: processOwnerSchema,
  sessionId: z.string().nullable(),
  projectPath: z.string().nullable(),
  /** The CLI's version as it registered itself. */
  cliVersion: z.string().nullable(),
  /** The routes by which a payload reaches its session. */
  routes: z.array(routeSchema),
});
export type ProcessRow = DeepReadonly<z.infer<typeof processRowSchema>>;
