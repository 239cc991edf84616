/**
 * Reads a generated corpus the plain way: every line parsed, everything in memory. Knows only the shapes that the
 * generator makes. What an index over the same files must come to, whatever it does to be fast.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { NO_TOKENS, plus, type Tokens } from "./expectedTokens.ts";

export interface PlainSession {
  readonly title: string | null;
  readonly projectPath: string;
  readonly models: readonly string[];
  readonly startedAt: string;
  readonly lastActivityAt: string;
  readonly turnCount: number;
  readonly toolCount: number;
  readonly subagentCount: number;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly parentSessionId: string | null;
  /** By model. */
  readonly tokens: Readonly<Record<string, Tokens>>;
}

const recordSchema = z.object({
  type: z.string(),
  sessionId: z.string(),
  timestamp: z.string().default(""),
  cwd: z.string().default(""),
  requestId: z.string().default(""),
  requestSessionId: z.string().optional(),
  toolUseResult: z
    .object({ structuredPatch: z.array(z.object({ lines: z.array(z.string()) })).default([]) })
    .optional(),
  message: z.unknown().optional(),
});
type Row = z.infer<typeof recordSchema>;

const messageSchema = z.object({
  id: z.string().default(""),
  model: z.string().default(""),
  content: z.union([z.string(), z.array(z.object({ type: z.string() }))]),
  usage: z
    .object({
      input_tokens: z.number(),
      output_tokens: z.number(),
      cache_read_input_tokens: z.number(),
      cache_creation: z.object({ ephemeral_5m_input_tokens: z.number(), ephemeral_1h_input_tokens: z.number() }),
    })
    .optional(),
});
type Message = z.infer<typeof messageSchema>;

interface PlainFile {
  readonly isSubagent: boolean;
  readonly turns: readonly { readonly record: Row; readonly message: Message }[];
}

/** By session id. */
export function readPlainly(configDir: string): Readonly<Record<string, PlainSession>> {
  const projects = join(configDir, "projects");
  const paths = readdirSync(projects, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".jsonl"));
  const files = paths.map((path) => readPlainFile(join(projects, path)));
  const sessions = Map.groupBy(files, (file) => file.turns[0]?.record.sessionId ?? "");
  const tokens = tokensBySession(files);
  const told = [...sessions].map(([id, own]) => [id, plainSession(own, tokens.get(id) ?? {})] as const);
  return Object.fromEntries(told);
}

function readPlainFile(path: string): PlainFile {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  const records = lines.map((line) => recordSchema.parse({ message: null, ...JSON.parse(line) }));
  const turns = records
    .filter(({ type }) => type === "user" || type === "assistant")
    .map((record) => ({ record, message: messageSchema.parse(record.message) }));
  return { isSubagent: basename(path).startsWith("agent-"), turns };
}

function plainSession(files: readonly PlainFile[], tokens: PlainSession["tokens"]): PlainSession {
  const main = files.find(({ isSubagent }) => !isSubagent)?.turns ?? [];
  const all = files.flatMap(({ turns }) => turns);
  const prompts = main.flatMap(({ record, message: { content } }) =>
    record.type === "user" && typeof content === "string" ? [content] : [],
  );
  const blocks = all.flatMap(({ message: { content } }) => (typeof content === "string" ? [] : content));
  const patches = all.flatMap(({ record }) => record.toolUseResult?.structuredPatch ?? []);
  const changed = patches.flatMap(({ lines }) => lines);
  const times = all.map(({ record }) => record.timestamp).toSorted();
  return {
    title: titleOf(prompts[0]),
    projectPath: main[0]?.record.cwd ?? "",
    models: [
      ...new Set(all.flatMap(({ record, message }) => (record.type === "assistant" ? [message.model] : []))),
    ].toSorted(),
    startedAt: times[0] ?? "",
    lastActivityAt: times.at(-1) ?? "",
    turnCount: prompts.length,
    toolCount: blocks.filter(({ type }) => type === "tool_use").length,
    subagentCount: files.filter(({ isSubagent }) => isSubagent).length,
    linesAdded: changed.filter((line) => line.startsWith("+")).length,
    linesRemoved: changed.filter((line) => line.startsWith("-")).length,
    parentSessionId: main.find(({ record }) => record.requestSessionId !== undefined)?.record.requestSessionId ?? null,
    tokens,
  };
}

/** The first line that says something, of at most 200 characters. */
function titleOf(prompt: string | undefined): string | null {
  const lines = (prompt ?? "").split("\n").map((line) => line.trim());
  const line = lines.find((candidate) => candidate !== "") ?? null;
  return line === null || line.length <= 200 ? line : `${line.slice(0, 199).trimEnd()}…`;
}

/** Each message once, for the session that made the request. */
function tokensBySession(files: readonly PlainFile[]): ReadonlyMap<string, Record<string, Tokens>> {
  const sessions = new Map<string, Record<string, Tokens>>();
  const counted = new Set<string>();
  for (const { record, message } of files.flatMap(({ turns }) => turns)) {
    const key = `${message.id} ${record.requestId}`;
    if (message.usage === undefined || counted.has(key)) continue;
    counted.add(key);
    const sessionId = record.requestSessionId ?? record.sessionId;
    const models = sessions.get(sessionId) ?? {};
    models[message.model] = plus(models[message.model] ?? NO_TOKENS, tokensOf(message.usage));
    sessions.set(sessionId, models);
  }
  return sessions;
}

function tokensOf(usage: NonNullable<Message["usage"]>): Partial<Tokens> {
  return {
    messages: 1,
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheRead: usage.cache_read_input_tokens,
    cacheWrite5m: usage.cache_creation.ephemeral_5m_input_tokens,
    cacheWrite1h: usage.cache_creation.ephemeral_1h_input_tokens,
  };
}
