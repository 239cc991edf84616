import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";

/** What a person set for the host, whichever client they use. */
export const hostSettingsSchema = z.object({
  /** Configuration folders to read transcripts from, beside those that the CLI uses by itself. */
  extraRoots: z.array(z.string()).default([]),
  /** Whether a full-text index is kept. */
  searchEnabled: z.boolean().default(true),
});
export type HostSettings = DeepReadonly<z.infer<typeof hostSettingsSchema>>;
