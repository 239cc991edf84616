import { z } from "zod";
import { activitySchema } from "./activity.ts";
import { routeSchema } from "./payload.ts";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";
import { tokenUsageSchema, usdSchema } from "./usage.ts";

/** The modes `--permission-mode` takes (measured on 2.1.329). */
export const permissionModeSchema = z.enum([
  "default",
  "acceptEdits",
  "plan",
  "bypassPermissions",
  "dontAsk",
  "auto",
  "manual",
]);
export type PermissionMode = z.infer<typeof permissionModeSchema>;

/** `owned`: a child of this host. `observed`: somebody else's process. `none`: no process has it open. */
export const sessionOwnerSchema = z.enum(["owned", "observed", "none"]);
export type SessionOwner = z.infer<typeof sessionOwnerSchema>;

export const sessionOriginSchema = z.enum(["new", "resumed", "forked"]);
export type SessionOrigin = z.infer<typeof sessionOriginSchema>;

/** Of a label, in characters: a name, a client or a purpose, that fits beside a title. */
export const MAX_LABEL_CHARACTERS = 100;

/**
 * What a person calls the cause of a session: a person, a client, a purpose. One line, written in one way only, because
 * costs are added up by it; empty: none.
 */
export const labelTextSchema = z
  .string()
  .overwrite((text) => text.toWellFormed().normalize("NFC").replaceAll(/\s+/gu, " "))
  .trim()
  .max(MAX_LABEL_CHARACTERS);

/** What a session is labelled with, for whoever keeps it; null: the label was taken away. */
export interface SessionLabel {
  readonly sessionId: string;
  readonly label: string | null;
}

/** How full the model's context is, in tokens; the window is null where the CLI has not said. */
export const contextFillSchema = z.object({
  usedTokens: z.number().int().nonnegative(),
  windowTokens: z.number().int().positive().nullable(),
});
export type ContextFill = DeepReadonly<z.infer<typeof contextFillSchema>>;

/** What a session's transcript tells beyond the summary's own fields, sub-agents' files included. */
export const transcriptFactsSchema = z.object({
  /** How the session was started, in the CLI's words, e.g. `cli`, `sdk-cli`, `claude-vscode`. */
  entrypoint: z.string().nullable(),
  /** Every model that answered, in the order of their first message. */
  models: z.array(z.string()),
  /** The tokens of all API messages, each counted once; null when none told any. */
  usage: tokenUsageSchema.nullable(),
  toolCount: z.number().int().nonnegative(),
  subagentCount: z.number().int().nonnegative(),
  linesAdded: z.number().int().nonnegative(),
  linesRemoved: z.number().int().nonnegative(),
  pullRequestUrl: z.string().nullable(),
  /** The directory that the session was last in, where it is not the project's: a worktree, a moved folder. */
  lastCwd: z.string().nullable(),
  /** Lines that were no records and were passed over. */
  unreadableLines: z.number().int().nonnegative(),
});
export type TranscriptFacts = DeepReadonly<z.infer<typeof transcriptFactsSchema>>;

/** A git worktree beside the project's own directory. */
export const sessionWorktreeSchema = z.object({
  /** The name of its folder. */
  name: z.string(),
  path: z.string(),
  /** The directory of the repository that it belongs to: the project that the session is listed with. */
  projectPath: z.string(),
  isGone: z.boolean(),
});
export type SessionWorktree = DeepReadonly<z.infer<typeof sessionWorktreeSchema>>;

/** All that a list or a header shows of a session. */
export const sessionSummarySchema = z.object({
  sessionId: z.string(),
  /** The directory that it was begun in. */
  projectPath: z.string(),
  /** The worktree that it works in; null when it works in the project's own directory. */
  worktree: sessionWorktreeSchema.nullable().default(null),
  /** True when the directory of the project that it is listed with is not there any more. */
  isFolderGone: z.boolean().default(false),
  title: z.string(),
  owner: sessionOwnerSchema,
  /** True while a process has the session open. */
  live: z.boolean(),
  activity: activitySchema,
  model: z.string().nullable(),
  /** The CLI's own word; a newer CLI may know modes that `permissionModeSchema` does not. */
  permissionMode: z.string().nullable(),
  gitBranch: z.string().nullable(),
  cliVersion: z.string().nullable(),
  startedAt: timestampSchema,
  lastActivityAt: timestampSchema,
  turnCount: z.number().int().nonnegative(),
  /** Dollars so far, or null while nobody knows. */
  costUsd: usdSchema.nullable(),
  /** Of it, what the running turn cost so far; without one, the last. Null while nobody knows. */
  turnCostUsd: usdSchema.nullable().default(null),
  context: contextFillSchema.nullable(),
  pendingPermissions: z.number().int().nonnegative(),
  pid: z.number().int().positive().nullable(),
  routes: z.array(routeSchema),
  /** The session this one was forked from, or null. */
  parentSessionId: z.string().nullable(),
  /** What a person labelled it with, to add costs up by; null for none. */
  label: z.string().nullable().default(null),
  /** Null while the index over transcripts has not seen the session. */
  facts: transcriptFactsSchema.nullable().default(null),
});
export type SessionSummary = DeepReadonly<z.infer<typeof sessionSummarySchema>>;
