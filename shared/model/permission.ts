import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema } from "./jsonSchema.ts";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";

/** `owned`: asked over our child's stdout. `hook`: asked by a session that somebody else started. */
export const permissionOriginSchema = z.enum(["owned", "hook"]);

/**
 * `pending` waits for a person; `allowed` and `denied` were decided; `withdrawn` was taken back by the session
 * (an interrupt); `expired` lost its session before anybody decided.
 */
export const permissionStatusSchema = z.enum(["pending", "allowed", "denied", "withdrawn", "expired"]);
export type PermissionStatus = z.infer<typeof permissionStatusSchema>;

/** How long an allow holds. `session`, `project` and `user` say where the CLI keeps the rule. */
export const rememberSchema = z.enum(["once", "session", "project", "user"]);
export type Remember = z.infer<typeof rememberSchema>;

/** One change to the CLI's permission settings that the CLI itself suggests, with the words a person reads. */
export const permissionSuggestionSchema = z.object({
  /** The change in plain words, e.g. "Allow Bash commands that start with `npm test`". */
  words: z.string(),
  /** Where the CLI suggests keeping it. */
  remember: rememberSchema.exclude(["once"]),
  /** The CLI's own object, sent back with the destination that the person chose. */
  update: jsonObjectSchema,
});
export type PermissionSuggestion = DeepReadonly<z.infer<typeof permissionSuggestionSchema>>;

export const permissionDecisionSchema = z.object({
  behavior: z.enum(["allow", "deny"]),
  message: z.string().nullable(),
  remember: rememberSchema,
  interrupt: z.boolean(),
  /** The input that the tool ran with when it was edited before allowing; null when it was left as asked. */
  updatedInput: jsonValueSchema.nullable(),
  /** The client that decided: its name and kind, e.g. "browser" or "rest". */
  decidedBy: z.string(),
  decidedAt: timestampSchema,
  /** From the request to the decision, in milliseconds. */
  latencyMs: z.number().int().nonnegative(),
});
export type PermissionDecision = DeepReadonly<z.infer<typeof permissionDecisionSchema>>;

/** What became of the tool call after an allow; null while it has not finished. */
export const permissionOutcomeSchema = z.enum(["succeeded", "failed"]).nullable();

export const permissionSchema = z.object({
  permissionId: z.string(),
  sessionId: z.string(),
  projectPath: z.string(),
  origin: permissionOriginSchema,
  toolName: z.string(),
  /** The tool's name as the CLI shows it to people. */
  displayName: z.string(),
  toolUseId: z.string().nullable(),
  input: jsonObjectSchema,
  /** SHA-256 of the input as asked, in hexadecimal: proof of what was decided on. */
  inputHash: z.string(),
  description: z.string().nullable(),
  /** Why the CLI asks, in its own words. */
  decisionReason: z.string().nullable(),
  decisionReasonType: z.string().nullable(),
  blockedPath: z.string().nullable(),
  /** A question or a plan: only a person may answer it, never a rule. */
  requiresUserInteraction: z.boolean(),
  /** The CLI asks that refusing be the easy choice. */
  defaultToNo: z.boolean(),
  /** False when the CLI forbids remembering an allow for this request. */
  mayRemember: z.boolean(),
  suggestions: z.array(permissionSuggestionSchema),
  /** The plan that an ExitPlanMode request asks to approve, as Markdown; null for other tools or when it is not known. */
  plan: z.string().nullable(),
  status: permissionStatusSchema,
  requestedAt: timestampSchema,
  settledAt: timestampSchema.nullable(),
  /** Why it ended without a decision; null while pending or when decided. */
  settledReason: z.string().nullable(),
  decision: permissionDecisionSchema.nullable(),
  outcome: permissionOutcomeSchema,
});
export type Permission = DeepReadonly<z.infer<typeof permissionSchema>>;
