/** What the index tells of a session; kept as JSON in its row. */
import { z } from "zod";

export const sessionFactsSchema = z.object({
  /** The best title that the transcript offers; null when it offers none. */
  title: z.string().nullable(),
  /** The directory that the session was started in, and the one it was last in. */
  projectPath: z.string().nullable(),
  lastCwd: z.string().nullable(),
  gitBranch: z.string().nullable(),
  cliVersion: z.string().nullable(),
  entrypoint: z.string().nullable(),
  /** The model of the last message. */
  model: z.string().nullable(),
  models: z.array(z.string()),
  /** Milliseconds since 1970. */
  startedAtMs: z.number().nullable(),
  lastActivityMs: z.number(),
  turnCount: z.number(),
  /** Calls of tools, sub-agents' included. */
  toolCount: z.number(),
  subagentCount: z.number(),
  linesAdded: z.number(),
  linesRemoved: z.number(),
  pullRequestUrl: z.string().nullable(),
  parentSessionId: z.string().nullable(),
  /** The CLI's own total at the session's last exit, in dollars; it includes that of the session it was forked from. */
  costUsd: z.number().nullable(),
  brokenLines: z.number(),
  tooLongLines: z.number(),
  /** The transcript to show; the newest when several projects hold one with this id. Null when all are sub-agents'. */
  transcriptPath: z.string().nullable(),
  /** True when all of its files were deleted. */
  isGone: z.boolean(),
});
export type SessionFacts = Readonly<z.infer<typeof sessionFactsSchema>>;

/** The facts in a session's row; null when an older or newer version wrote them. */
export function parseSessionFacts(text: string): SessionFacts | null {
  try {
    return sessionFactsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
