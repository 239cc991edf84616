/** What the requests about costs answer, beside the shapes of the model. */
import { z } from "zod";
import { costWindowSchema, topRowSchema, topWhatSchema } from "../model/cost.ts";

const count = z.number().int().nonnegative();

/** The newest first. */
export const costWindows = z.object({ items: z.array(costWindowSchema) });

/** The dearest first. */
export const costTop = z.object({ what: topWhatSchema, rows: z.array(topRowSchema) });

/** Of entries, which are messages; totals of the CLI are not counted. */
export const costImported = z.object({
  added: count,
  /** Entries that the ledger had already. */
  known: count,
  /** Lines that are no entries, and why; the first hundred of them. */
  rejected: z.array(z.object({ line: z.number().int().positive(), reason: z.string() })),
  rejectedCount: count,
});

export const ledgerBackup = z.object({ path: z.string(), sizeBytes: count });
export const ledgerVacuum = z.object({ sizeBytesBefore: count, sizeBytesAfter: count });
