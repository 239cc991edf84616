/** What the requests about costs take. */
import { z } from "zod";
import { costGroupSchema, costOwnerSchema, costSplitSchema, topWhatSchema } from "../model/cost.ts";
import { labelTextSchema } from "../model/session.ts";
import { timestampSchema } from "../model/time.ts";
import { MAX_IMPORT_CHARACTERS, MAX_PAGE_SIZE } from "./limits.ts";

const timeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, "This is no time zone. Use a name such as Europe/Berlin.")
  .optional()
  .describe("An IANA name such as `Europe/Berlin`; the host's when missing.");

/** Asking `Intl` takes longer than most answers about costs. Clients use one zone, or a few. */
const knownZones = new Set<string>();
/** Zones may be written in many ways, as small and capital letters are the same. */
const MAX_KNOWN_ZONES = 64;

function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  const isKnown = canFormatIn(name);
  if (isKnown && knownZones.size < MAX_KNOWN_ZONES) knownZones.add(name);
  return isKnown;
}

function canFormatIn(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const times = {
  from: timestampSchema.optional().describe("Only what was used at or after this time."),
  to: timestampSchema.optional().describe("Only what was used before this time."),
};

const whose = {
  project: z.string().min(1).max(4096).optional().describe("Only sessions of this working directory."),
  label: labelTextSchema.optional().describe("Only sessions with this label; an empty one: only those without any."),
  model: z.string().min(1).max(200).optional(),
  sessionId: z.string().min(1).max(200).optional(),
  owner: costOwnerSchema.optional().describe("Only sessions that were ever run by this host, or only others."),
};

const filters = { ...times, ...whose };

export const costsGet = z.object({
  groupBy: costGroupSchema.default("day"),
  splitBy: costSplitSchema.optional(),
  ...filters,
  timeZone,
  limit: z.number().int().min(1).max(5000).default(1000),
});

export const costsSummary = z.object({ ...whose, timeZone });

export const costsEntries = z.object({
  ...filters,
  turnId: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("Only messages of this turn, those of its sub-agents included."),
  unknownTurn: z.boolean().optional().describe("Only messages of which the turn is not known, or only the others."),
  unpriced: z.boolean().optional().describe("Only entries without a price, or only those with one."),
  order: z.enum(["newest", "dearest"]).default("newest"),
  limit: z.number().int().min(1).max(MAX_PAGE_SIZE).default(100),
  cursor: z.string().max(200).optional().describe("The `nextCursor` of the page before."),
});

export const costsUnpriced = z.object(filters);

/** The windows are those of all sessions; the filters say what is added up in them. */
export const costsWindows = z.object({
  ...filters,
  limit: z.number().int().min(1).max(MAX_PAGE_SIZE).default(50),
});

export const costsTop = z.object({
  what: topWhatSchema,
  ...filters,
  limit: z.number().int().min(1).max(100).default(10),
});

export const costsExport = z.object({
  format: z.enum(["csv", "json"]),
  ...filters,
  cursor: z.string().max(200).optional().describe("The `nextCursor` of the part before."),
});

export const costsImport = z.object({
  text: z
    .string()
    .min(1)
    .max(MAX_IMPORT_CHARACTERS)
    .describe("An export as CSV or JSON, or some whole lines of one with its first line."),
});
