/** What one transcript file says about its session, gathered record by record. Kept as JSON, and continued from there. */
import { z } from "zod";

export const fileFactsSchema = z.object({
  /** The session that the records name first. */
  sessionId: z.string().nullable(),
  firstCwd: z.string().nullable(),
  lastCwd: z.string().nullable(),
  gitBranch: z.string().nullable(),
  cliVersion: z.string().nullable(),
  entrypoint: z.string().nullable(),
  /** In the order in which they were first used. */
  models: z.array(z.string()),
  lastModel: z.string().nullable(),
  /** Milliseconds since 1970. */
  firstAtMs: z.number().nullable(),
  lastAtMs: z.number().nullable(),
  customTitle: z.string().nullable(),
  aiTitle: z.string().nullable(),
  agentName: z.string().nullable(),
  summary: z.string().nullable(),
  firstPrompt: z.string().nullable(),
  turnCount: z.number(),
  toolCount: z.number(),
  linesAdded: z.number(),
  linesRemoved: z.number(),
  pullRequestUrl: z.string().nullable(),
  /** The session that this one was forked from. */
  parentSessionId: z.string().nullable(),
  /** The CLI's own running total at its last exit, in dollars. */
  costUsd: z.number().nullable(),
  isSidechain: z.boolean(),
  /** Lines that are not JSON. */
  brokenLines: z.number(),
  /** Lines that were too long to be read. */
  tooLongLines: z.number(),
});

/** Mutable while a file is read; what is kept and handed out is a copy. */
export type FileFacts = z.infer<typeof fileFactsSchema>;

export function emptyFacts(): FileFacts {
  return {
    sessionId: null,
    firstCwd: null,
    lastCwd: null,
    gitBranch: null,
    cliVersion: null,
    entrypoint: null,
    models: [],
    lastModel: null,
    firstAtMs: null,
    lastAtMs: null,
    customTitle: null,
    aiTitle: null,
    agentName: null,
    summary: null,
    firstPrompt: null,
    turnCount: 0,
    toolCount: 0,
    linesAdded: 0,
    linesRemoved: 0,
    pullRequestUrl: null,
    parentSessionId: null,
    costUsd: null,
    isSidechain: false,
    brokenLines: 0,
    tooLongLines: 0,
  };
}

/** Facts that an earlier run kept; null when this version cannot read them, and the file must be read anew. */
export function parseFacts(text: string): FileFacts | null {
  try {
    const parsed = fileFactsSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
