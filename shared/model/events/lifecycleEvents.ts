import { z } from "zod";
import { activitySchema } from "../activity.ts";
import { jsonValueSchema } from "../jsonSchema.ts";
import { contextFillSchema, sessionOriginSchema, sessionSummarySchema } from "../session.ts";
import { timestampSchema } from "../time.ts";
import { usdSchema } from "../usage.ts";

/** Facts about a session and the claude process that has it open. */
export const lifecycleEventSchemas = {
  "session.created": z.object({
    projectPath: z.string(),
    title: z.string(),
    origin: sessionOriginSchema,
    parentSessionId: z.string().nullable(),
    model: z.string().nullable(),
    permissionMode: z.string().nullable(),
    gitBranch: z.string().nullable(),
    /** The transcript with what was said before, and how much of it that is; null when nothing was, or it is known here. */
    history: z.object({ sessionId: z.string(), bytes: z.number().int().nonnegative() }).nullable().default(null),
  }),
  "session.sighted": z.object({ summary: sessionSummarySchema }),
  "session.forgotten": z.object({}),
  "session.initialized": z.object({
    cwd: z.string(),
    model: z.string().nullable(),
    permissionMode: z.string().nullable(),
    cliVersion: z.string().nullable(),
    apiKeySource: z.string().nullable(),
    tools: z.array(z.string()),
    slashCommands: z.array(z.string()),
    mcpServers: z.array(z.object({ name: z.string(), status: z.string() })),
  }),
  "session.modelChanged": z.object({ model: z.string() }),
  "session.modeChanged": z.object({ permissionMode: z.string() }),
  "session.renamed": z.object({ title: z.string(), source: z.enum(["person", "cli", "first_text"]) }),
  /** Null: it has none any more. */
  "session.labelled": z.object({ label: z.string().nullable() }),
  "session.branchChanged": z.object({ gitBranch: z.string().nullable() }),
  "session.activityChanged": z.object({ activity: activitySchema }),
  "session.contextMeasured": contextFillSchema,
  "session.costChanged": z.object({
    /** What the session cost so far, what has come since the CLI's last total included. */
    costUsd: usdSchema,
    /** Of it, what the running turn cost so far; without one, the last. Null when the turn is not known. */
    turnCostUsd: usdSchema.nullable(),
    /** Messages without a price, which are in neither. */
    unpricedMessages: z.number().int().nonnegative(),
  }),
  "process.started": z.object({
    pid: z.number().int().positive(),
    startedAt: timestampSchema,
    cliVersion: z.string().nullable(),
  }),
  "process.exited": z.object({
    pid: z.number().int().positive().nullable(),
    exitCode: z.number().int().nullable(),
    signal: z.string().nullable(),
    /** True when the exit was asked for (close, shutdown) or clean. */
    expected: z.boolean(),
    /** What went wrong, in words a person can act on; null for an expected exit. */
    reason: z.string().nullable(),
    stderrTail: z.string(),
  }),
  "control.unknownReceived": z.object({ subtype: z.string(), raw: jsonValueSchema }),
} as const;
