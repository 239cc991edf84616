/** Reads an export back. A row that is none is named, in words, and harms no other. */
import { z } from "zod";
import { labelTextSchema } from "../../../shared/model/session.ts";
import { importRows } from "./importRows.ts";

const MAX_TOKENS = 10_000_000;
/** Dollars of a session; in nano-dollars the largest number that is exact. */
const MAX_USD = 9_000_000;

const text = (most: number) =>
  z
    .string({ error: ({ input }) => (input === null || input === undefined ? "is missing" : "must be a text") })
    .min(1, "is missing")
    .max(most, `must be at most ${most} characters long`);
const known = (most = 4096) =>
  z
    .string("must be a text")
    .max(most, `must be at most ${most} characters long`)
    .nullish()
    .transform((value) => value ?? null);
const truth = z
  .boolean("must be true or false")
  .nullish()
  .transform((value) => value ?? false);
const COUNT = `must be a whole number from 0 to ${MAX_TOKENS}`;
const count = z
  .int(COUNT)
  .min(0, COUNT)
  .max(MAX_TOKENS, COUNT)
  .nullish()
  .transform((value) => value ?? null);
const AMOUNT = `must be an amount of dollars from 0 to ${MAX_USD}`;
const amount = z
  .number(AMOUNT)
  .min(0, AMOUNT)
  .max(MAX_USD, AMOUNT)
  .nullish()
  .transform((value) => value ?? null);
const time = z.iso.datetime("must be a time such as 2026-11-20T10:00:00.000Z").transform((value) => Date.parse(value));

const session = {
  sessionId: text(200),
  sessionTitle: known(),
  // What is no label is no reason to lose the row.
  label: labelTextSchema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null),
  owner: z.enum(["owned", "observed"], "must be owned or observed").nullish(),
  parentSessionId: known(200),
  projectPath: known(),
  turnId: known(),
};

const messageSchema = z.object({
  ...session,
  messageId: text(300),
  requestId: known(),
  at: time.nullish().transform((value) => value ?? null),
  gitBranch: known(),
  isSubagent: truth,
  isProvisional: truth,
  tools: known(),
  model: known(),
  speed: known(),
  serviceTier: known(),
  inferenceGeo: known(),
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  webSearches: count,
  unpricedReason: known(),
});
/** Times in milliseconds since 1970; what is not told is null. */
export type ImportedMessage = Readonly<z.output<typeof messageSchema>>;

/** Without `totalUsd` it says only what its session's total held beyond messages, which is no total to be kept. */
const totalSchema = z.object({ ...session, at: time, totalUsd: amount, addedUsd: amount });
export type ImportedTotal = Readonly<z.output<typeof totalSchema>>;

export interface ImportReading {
  readonly messages: readonly ImportedMessage[];
  readonly totals: readonly ImportedTotal[];
  /** By the line in the text, from 1; of JSON by the number of the row. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

/** Exports of before had no `kind`: all of their rows were messages. */
const kindSchema = z.object({ kind: z.enum(["message", "total"], "must be message or total").nullish() }, "is no row");

export function readImport(source: string): ImportReading {
  const messages: ImportedMessage[] = [];
  const totals: ImportedTotal[] = [];
  const rejected: { readonly line: number; readonly reason: string }[] = [];
  for (const { line, found } of importRows(source)) {
    const reason = "problem" in found ? found.problem : takeRow(found.value, messages, totals);
    if (reason !== null) rejected.push({ line, reason });
  }
  return { messages, totals, rejected };
}

/** Answers why it is none; null when it is. */
function takeRow(value: unknown, messages: ImportedMessage[], totals: ImportedTotal[]): string | null {
  const kind = kindSchema.safeParse(value);
  if (!kind.success) return reasonOf(kind.error);
  if (kind.data.kind === "total") {
    const total = totalSchema.safeParse(value);
    if (!total.success) return reasonOf(total.error);
    totals.push(total.data);
  } else {
    const message = messageSchema.safeParse(value);
    if (!message.success) return reasonOf(message.error);
    messages.push(message.data);
  }
  return null;
}

function reasonOf({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "This is no row of an export.";
  return `${issue.path.length === 0 ? "This" : issue.path.join(".")} ${issue.message}.`;
}
