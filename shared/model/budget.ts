/** What may be spent, what was, and what happened when it was. Money is dollars with six places, tokens are whole. */
import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";

const sessionId = z.string().min(1).max(200);

/** What the session is called; null without a session, and where nobody knows. */
const sessionTitle = z.string().nullable().default(null);

/** Whose use counts. `eachSession` gives every session a budget of its own. */
export const budgetScopeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everything") }),
  z.object({ kind: z.literal("project"), projectPath: z.string().min(1).max(4096) }),
  z.object({ kind: z.literal("session"), sessionId }),
  z.object({ kind: z.literal("eachSession") }),
]);
export type BudgetScope = DeepReadonly<z.infer<typeof budgetScopeSchema>>;

/** Days, weeks (from Monday) and months of the host's time zone; `always` never begins anew. */
export const budgetPeriodSchema = z.enum(["day", "week", "month", "always"]);
export type BudgetPeriod = z.infer<typeof budgetPeriodSchema>;

const mustBeAboveZero = "A budget must be above 0. To spend nothing, hold new turns at a small amount.";
export const budgetLimitSchema = z.discriminatedUnion("unit", [
  z.object({ unit: z.literal("usd"), amount: z.number().positive(mustBeAboveZero).max(1e9) }),
  z.object({ unit: z.literal("tokens"), amount: z.number().int().positive(mustBeAboveZero).max(1e15) }),
]);
export type BudgetLimit = DeepReadonly<z.infer<typeof budgetLimitSchema>>;

/**
 * What happens to owned sessions at the limit. `tell`: nothing. `hold`: no new turn begins. `interrupt`: running turns are
 * stopped, and no new one begins. `close`: their processes are ended, and none is started.
 */
export const budgetActionSchema = z.enum(["tell", "hold", "interrupt", "close"]);
export type BudgetAction = z.infer<typeof budgetActionSchema>;

/** What a person decides about a budget. */
export const budgetTermsSchema = z.object({
  /** Null: named after its scope and period. */
  name: z.string().trim().min(1).max(100).nullable().default(null),
  scope: budgetScopeSchema,
  period: budgetPeriodSchema,
  limit: budgetLimitSchema,
  /** Percent of the limit at which to tell, ascending. */
  warnAt: z.array(z.number().int().min(1).max(100)).max(10).default([50, 80, 100]),
  /** Whether a warning payload is sent into the owned live sessions concerned, at each of `warnAt`. */
  warnSessions: z.boolean().default(false),
  atLimit: budgetActionSchema.default("tell"),
  isEnabled: z.boolean().default(true),
});
export type BudgetTerms = DeepReadonly<z.infer<typeof budgetTermsSchema>>;

export const budgetSchema = budgetTermsSchema.extend({ budgetId: z.string(), createdAt: timestampSchema });
export type Budget = DeepReadonly<z.infer<typeof budgetSchema>>;

/** A person's word that work goes on beyond the limit, until the period ends. */
export const budgetOverrideSchema = z.object({
  at: timestampSchema,
  note: z.string().nullable(),
  /** The end of the period; null for one without. */
  until: timestampSchema.nullable(),
});
export type BudgetOverride = DeepReadonly<z.infer<typeof budgetOverrideSchema>>;

/** An override as it is recorded: it stays when it ends, is taken back, or its budget is deleted. */
export const overrideRecordSchema = budgetOverrideSchema.extend({
  overrideId: z.string(),
  budgetId: z.string(),
  /** The budget's name at that time. */
  budgetName: z.string(),
  /** Of a budget for one session or for each; else null. */
  sessionId: z.string().nullable(),
  sessionTitle,
  /** In the unit of the limit, at that time; null when it was not known. */
  spent: z.number().nullable(),
  limit: budgetLimitSchema,
  /** The client that let work go on, e.g. "browser". */
  by: z.string(),
  /** When it was taken back, by a person or because the limit became another; null when it was not. */
  revokedAt: timestampSchema.nullable(),
});
export type OverrideRecord = DeepReadonly<z.infer<typeof overrideRecordSchema>>;

/** What was used of a budget in the present period. */
export const budgetUseSchema = z.object({
  /** Of a budget for one session or for each; else null. */
  sessionId: z.string().nullable(),
  sessionTitle,
  /** In the unit of the limit. */
  spent: z.number(),
  /** `spent` ÷ the limit; may exceed 1. */
  fraction: z.number(),
  /** Messages without a price, which `spent` lacks. */
  unpricedMessages: z.number().int().nonnegative(),
  /** The thresholds that were passed in this period; of several at once the highest was told. */
  crossed: z.array(z.object({ percent: z.number().int(), at: timestampSchema })),
  override: budgetOverrideSchema.nullable(),
  /** True when the limit is reached, the budget does more than tell, and nobody overrode it. */
  isActing: z.boolean(),
});
export type BudgetUse = DeepReadonly<z.infer<typeof budgetUseSchema>>;

export const budgetStatusSchema = z.object({
  budget: budgetSchema,
  /** The present period; null where there is no such bound. */
  from: timestampSchema.nullable(),
  to: timestampSchema.nullable(),
  /** One; of `eachSession` the live sessions and those at a threshold, the most used first, up to a hundred. */
  uses: z.array(budgetUseSchema),
});
export type BudgetStatus = DeepReadonly<z.infer<typeof budgetStatusSchema>>;

/**
 * A threshold that was crossed: told once for each threshold, period and limit, also across restarts. Of several that are
 * crossed at once only the highest is an alert.
 */
export const budgetAlertSchema = z.object({
  alertId: z.string(),
  budgetId: z.string(),
  /** The budget's name at that time. */
  budgetName: z.string(),
  /** Of a budget for one session or for each; else null. */
  sessionId: z.string().nullable(),
  sessionTitle,
  percent: z.number().int(),
  /** In the unit of the limit, when it was crossed. */
  spent: z.number(),
  limit: budgetLimitSchema,
  /** When the period began; null for one without. */
  from: timestampSchema.nullable(),
  at: timestampSchema,
  /** What was done about it: at the limit the budget's `atLimit`, before it `tell`. */
  action: budgetActionSchema,
  /** Sessions that were sent a warning. */
  warnedSessionIds: z.array(z.string()),
});
export type BudgetAlert = DeepReadonly<z.infer<typeof budgetAlertSchema>>;
