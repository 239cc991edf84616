/** What the ledger holds, and the prices that it is charged by. */
import { z } from "zod";
import { priceSourceSchema } from "./cost.ts";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";

const count = z.number().int().nonnegative();

/** What is kept, and where. */
export const ledgerStateSchema = z.object({
  entries: count,
  unpricedEntries: count,
  /** The oldest entry's time; null for an empty ledger. */
  since: timestampSchema.nullable(),
  path: z.string(),
  sizeBytes: count,
  backups: z.array(z.object({ path: z.string(), sizeBytes: count, at: timestampSchema })),
  /** Why nothing new is written at present; null when all is well. */
  problem: z.string().nullable(),
});
export type LedgerState = DeepReadonly<z.infer<typeof ledgerStateSchema>>;

export const pricesStateSchema = z.object({
  /** Where the user's own prices may stand; the file need not be there. */
  userFile: z.string(),
  hasUserPrices: z.boolean(),
  /**
   * Why the user's file is not used as it stands; the prices before it are, if there were any, also after a restart.
   * `line` counts from 1.
   */
  problem: z.object({ line: z.number().int().positive().nullable(), message: z.string() }).nullable(),
  /** Why the prices before a mistake are not in use, though there were some: their copy cannot be read. */
  keptProblem: z.string().nullable(),
  /** Best first. */
  sources: z.array(z.object({ source: priceSourceSchema, priceDate: z.string().nullable(), entries: count })),
  /** Models in the ledger that no source knows. */
  unknownModels: z.array(z.object({ model: z.string(), messages: count })),
});
export type PricesState = DeepReadonly<z.infer<typeof pricesStateSchema>>;
