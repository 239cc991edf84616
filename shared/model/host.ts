import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";

/** Why no session can be started, in a code and in words with the way out. */
export const claudeProblemSchema = z.object({
  code: z.enum(["missing", "not_executable", "too_old", "broken"]),
  message: z.string(),
});
export type ClaudeProblem = DeepReadonly<z.infer<typeof claudeProblemSchema>>;

/** How far reading is: files and bytes that an earlier reading did count as done. */
const readingProgress = {
  filesDone: z.number().int(),
  filesTotal: z.number().int(),
  bytesDone: z.number().int(),
  bytesTotal: z.number().int(),
  elapsedMs: z.number().int(),
  /** Null while there is nothing to judge by, and when nothing is being read. */
  secondsLeft: z.number().int().nullable(),
  /** What keeps it from being whole, in words with the way out; null when nothing does. */
  problem: z.string().nullable(),
};

/** Folders and files that the system does not let be read. */
const unreadSchema = z.object({
  count: z.number().int(),
  /** The first of them, with the reason in words. */
  first: z.array(z.object({ path: z.string(), reason: z.string() })),
});

export const indexStateSchema = z.object({
  state: z.enum(["scanning", "ready", "off"]),
  ...readingProgress,
  unread: unreadSchema,
});
export type IndexState = DeepReadonly<z.infer<typeof indexStateSchema>>;

/** `off`: switched off in the settings. */
export const searchStateSchema = z.object({
  state: z.enum(["building", "ready", "off"]),
  ...readingProgress,
  /** What it takes on disk. */
  sizeBytes: z.number().int(),
});
export type SearchState = DeepReadonly<z.infer<typeof searchStateSchema>>;

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
  /** The index over transcripts. `off` before the first scan, and after one was cancelled or failed. */
  index: indexStateSchema,
  /** Full-text search; built after the index, which is `ready` without it. */
  search: searchStateSchema,
});
export type HostInfo = DeepReadonly<z.infer<typeof hostInfoSchema>>;
