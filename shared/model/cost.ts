/**
 * What the cost ledger tells. Money is dollars with six places; what is not known is null, never 0. A sum over messages
 * counts what they tell, and says beside it how many could not be priced or did not tell all of their tokens.
 */
import { z } from "zod";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";
import { tokenUsageSchema, usdSchema } from "./usage.ts";

const count = z.number().int().nonnegative();

/** What the rows of an answer stand for. Days, weeks (from Monday) and months are those of the asked time zone. */
export const costGroupSchema = z.enum(["hour", "day", "week", "month", "model", "project", "session", "label"]);
export type CostGroup = z.infer<typeof costGroupSchema>;

export const costSplitSchema = z.enum(["model", "project", "session", "label"]);
export type CostSplit = z.infer<typeof costSplitSchema>;

/** `owned`: of sessions that were ever run by this host. `observed`: of all others. */
export const costOwnerSchema = z.enum(["owned", "observed"]);

/** Sums of the tokens that messages told. */
export const tokenSumSchema = z.object({
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
});
export type TokenSum = DeepReadonly<z.infer<typeof tokenSumSchema>>;

export const costSumSchema = z.object({
  /** What the priced messages cost together, without `unattributedUsd`. */
  costUsd: usdSchema,
  /** What the CLI's own totals hold beyond the messages: interrupted turns, side requests. May be negative. */
  unattributedUsd: usdSchema,
  /** What cache reads saved against the input price of the same tokens. */
  savedUsd: usdSchema,
  tokens: tokenSumSchema,
  messages: count,
  /** Of `messages`: those without a price, which are not in `costUsd`. */
  unpricedMessages: count,
  /** Of `messages`: those that did not tell all kinds of tokens, and so cost at least what is counted. */
  incompleteMessages: count,
});
export type CostSum = DeepReadonly<z.infer<typeof costSumSchema>>;

/** The part of a bar by model that is of none: what the CLI's totals hold beyond messages. Projects and sessions hold theirs. */
export const UNATTRIBUTED_PART = "unattributed";

/** The key of what sessions without a label cost; as a filter: those alone. */
export const NO_LABEL = "";

/** One colour of a stacked bar. */
export const costPartSchema = z.object({ key: z.string(), label: z.string(), costUsd: usdSchema, tokens: count });

export const costRowSchema = costSumSchema.extend({
  /** A day `2026-11-20`, the Monday of a week, a month `2026-11`, an hour in UTC, a model, a directory, a session's id, a label. */
  key: z.string(),
  label: z.string(),
  /** With `splitBy`: the row's cost by it, the largest first; else empty. */
  parts: z.array(costPartSchema),
});
export type CostRow = DeepReadonly<z.infer<typeof costRowSchema>>;

export const costReportSchema = z.object({
  groupBy: costGroupSchema,
  /** The asked bounds; null where none was given. */
  from: timestampSchema.nullable(),
  to: timestampSchema.nullable(),
  timeZone: z.string(),
  /** Times ascending, without those in which nothing was used; else the dearest first. */
  rows: z.array(costRowSchema),
  total: costSumSchema,
  /** Rows left out because of `limit`; they are in `total`. */
  leftOut: count,
});
export type CostReport = DeepReadonly<z.infer<typeof costReportSchema>>;

/** A stretch of five hours, as rate limits count them: from the full hour of its first message. */
export const costWindowSchema = z.object({
  from: timestampSchema,
  to: timestampSchema,
  lastAt: timestampSchema,
  costUsd: usdSchema,
  tokens: count,
  messages: count,
  unpricedMessages: count,
  /** True while it runs. */
  isActive: z.boolean(),
  /** What it will have cost at its end if it goes on like this; null for one that ended. */
  projectedUsd: usdSchema.nullable(),
});
export type CostWindow = DeepReadonly<z.infer<typeof costWindowSchema>>;

const span = costSumSchema.extend({ from: timestampSchema, to: timestampSchema });
const comparedSpan = span.extend({
  previous: span,
  /** The previous one up to the same moment of it. */
  previousToSameMoment: span,
});

export const costSummarySchema = z.object({
  at: timestampSchema,
  timeZone: z.string(),
  today: comparedSpan,
  thisWeek: comparedSpan,
  thisMonth: comparedSpan,
  allTime: costSumSchema,
  /** The cost of the last sixty minutes. */
  burnUsdPerHour: usdSchema,
  /** Today's cost so far and the burn rate over the rest of the day. */
  projectedTodayUsd: usdSchema,
  activeWindow: costWindowSchema.nullable(),
});
export type CostSummary = DeepReadonly<z.infer<typeof costSummarySchema>>;

export const priceSourceSchema = z.enum(["user", "overlay", "genai-prices"]);
export const unpricedReasonSchema = z.enum([
  "unknown_model",
  "no_price_then",
  "no_rate",
  "no_model",
  "no_usage",
  "bad_usage",
]);
/** Why the messages that are asked for have no price. */
export const unpricedUseSchema = z.object({
  messages: count,
  /** The most frequent first. */
  reasons: z.array(
    z.object({
      /** Null where nobody has looked for a price yet. */
      reason: unpricedReasonSchema.nullable(),
      messages: count,
      /** The models that these messages name, those of the most messages first; at most ten. */
      models: z.array(z.string()),
      /** Models that are not in `models`. */
      moreModels: count,
    }),
  ),
});
export type UnpricedUse = DeepReadonly<z.infer<typeof unpricedUseSchema>>;

/** `provisional`: the message is still being written, its output is not counted yet. */
export const costRemarkSchema = z.enum(["incomplete", "cache_writes_unsplit", "time_unknown", "provisional"]);
export const entrySourceSchema = z.enum(["stream", "transcript", "import"]);

/** `count` × `usdPer` (per million tokens, per thousand web searches) × the multipliers = `costUsd`. */
export const pricePartSchema = z.object({
  kind: z.enum(["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h", "webSearch"]),
  count,
  usdPer: z.number(),
  /** Dollars with nine places, so that the parts add up. */
  costUsd: z.number(),
});

/** How an entry's cost comes about: the answer to "why does this message cost that?". */
export const priceExplanationSchema = z.object({
  priceId: z.string(),
  source: priceSourceSchema,
  /** The day for which the source states the price. */
  priceDate: z.string(),
  /** The prompt size above which these rates hold; null: the base rates. */
  tierAbovePromptTokens: count.nullable(),
  parts: z.array(pricePartSchema),
  /** Of the token parts, not of web searches. */
  multipliers: z.array(
    z.object({ kind: z.enum(["fast", "usInference", "batch"]), value: z.number(), source: priceSourceSchema }),
  ),
});

/** One message of the API: one charge. */
export const costEntrySchema = z.object({
  entryId: z.string(),
  messageId: z.string(),
  requestId: z.string().nullable(),
  at: timestampSchema.nullable(),
  sessionId: z.string(),
  sessionTitle: z.string().nullable(),
  /** What a person labelled the session with. */
  sessionLabel: z.string().nullable(),
  projectPath: z.string().nullable(),
  gitBranch: z.string().nullable(),
  /** Names the turn among those of the session. */
  turnId: z.string().nullable(),
  /** The payload that caused it, when it was sent from here. */
  payloadId: z.string().nullable(),
  isSubagent: z.boolean(),
  /** The tools that it called, each once. */
  tools: z.array(z.string()),
  source: entrySourceSchema,
  /** The transcript and the place in it; null for entries of the stream and of imports. */
  place: z.object({ path: z.string(), offset: count }).nullable(),
  /** The same as a sequence number, when it is in the session's own transcript. */
  seq: z.number().int().nullable(),
  /** The model that is charged: the one that was asked for. */
  model: z.string().nullable(),
  speed: z.string().nullable(),
  serviceTier: z.string().nullable(),
  inferenceGeo: z.string().nullable(),
  tokens: tokenUsageSchema,
  webSearches: count.nullable(),
  costUsd: usdSchema.nullable(),
  unpricedReason: unpricedReasonSchema.nullable(),
  remarks: z.array(costRemarkSchema),
  /** Null for an entry without a price. */
  price: priceExplanationSchema.nullable(),
});
export type CostEntry = DeepReadonly<z.infer<typeof costEntrySchema>>;

export const driftReasonSchema = z.enum(["unknown_model", "unpriced_messages", "messages_missing", "prices_differ"]);

/** The CLI's own running total beside the sum of messages. */
export const reconciliationSchema = z.object({
  /** The total last told; null when the CLI told none. */
  cliTotalUsd: usdSchema.nullable(),
  /** What the total began with: the cost before a resume, the parent's of a fork. */
  baselineUsd: usdSchema,
  /** What the messages cost by the CLI's list prices, whatever prices are in use here. */
  messagesUsd: usdSchema,
  unattributedUsd: usdSchema,
  /** Set when the difference is over 1 cent or 1 %. */
  driftUsd: usdSchema.nullable(),
  reason: driftReasonSchema.nullable(),
});
export type Reconciliation = DeepReadonly<z.infer<typeof reconciliationSchema>>;

export const turnCostSchema = z.object({
  /** Null for messages of which the turn is not known. */
  turnId: z.string().nullable(),
  from: timestampSchema.nullable(),
  to: timestampSchema.nullable(),
  payloadId: z.string().nullable(),
  /** The beginning of what was said, when the host knows it. */
  text: z.string().nullable(),
  /** Where it begins in the session's transcript, as a sequence number; null when it is not there. */
  seq: z.number().int().nullable(),
  costUsd: usdSchema,
  unattributedUsd: usdSchema,
  /** What the session cost up to and with this turn. */
  cumulativeUsd: usdSchema,
  /** Of `costUsd`. */
  subagentUsd: usdSchema,
  tokens: tokenSumSchema,
  messages: count,
  unpricedMessages: count,
});
export type TurnCost = DeepReadonly<z.infer<typeof turnCostSchema>>;

export const sessionCostSchema = z.object({
  sessionId: z.string(),
  total: costSumSchema,
  models: z.array(costPartSchema),
  /** In order of time; the first ones are left out where there are more than 2,000. */
  turns: z.array(turnCostSchema),
  leftOutTurns: count,
  reconciliation: reconciliationSchema,
});
export type SessionCost = DeepReadonly<z.infer<typeof sessionCostSchema>>;

/**
 * `tools`: what the messages cost that called them. A message that called two counts for each, with half of its cost and of
 * its tokens. `labels`: what sessions without one cost is among the rows, however little it is.
 */
export const topWhatSchema = z.enum(["sessions", "projects", "labels", "models", "turns", "tools"]);
export const topRowSchema = costSumSchema.extend({
  key: z.string(),
  label: z.string(),
  /** Of a session or a turn. */
  sessionId: z.string().nullable(),
  at: timestampSchema.nullable(),
});
export type TopRow = DeepReadonly<z.infer<typeof topRowSchema>>;
