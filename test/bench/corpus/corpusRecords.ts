/**
 * Transcript records with the shapes and sizes that 2.1.329 writes: one assistant record a content block, tool results,
 * attachments, and the api-request records that are most of the bytes.
 */
import type { Random } from "./random.ts";

/** What all records of one file share. */
export interface RecordBase {
  readonly sessionId: string;
  readonly cwd: string;
  readonly agentId: string | null;
}

/** One message of the API, as all its records repeat it. */
export interface CorpusMessage {
  readonly id: string;
  readonly requestId: string;
  readonly model: string;
  readonly atMs: number;
  readonly usage: Readonly<Record<string, unknown>>;
  /** Its content blocks: each becomes a record. */
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
}

/** Two that price lists older than them do not know, and two that are in all. */
const MODELS = ["claude-opus-5-5", "claude-opus-5", "claude-sonnet-5", "claude-haiku-5-5"] as const;

export function corpusMessage(random: Random, number: number, atMs: number): CorpusMessage {
  const blocks: Readonly<Record<string, unknown>>[] = [];
  if (random.chance(0.3)) blocks.push({ type: "thinking", thinking: random.words(80), signature: random.hex(300) });
  if (random.chance(0.6)) blocks.push({ type: "text", text: random.words(random.between(10, 100)) });
  const calls = random.between(blocks.length === 0 ? 1 : 0, 2);
  for (let call = 0; call < calls; call += 1) {
    const input = { command: random.code(random.between(1, 6)), description: random.words(6) };
    blocks.push({ type: "tool_use", id: `toolu_${number}_${call}`, name: "Bash", input });
  }
  if (blocks.length === 0) blocks.push({ type: "text", text: "Done." });
  return {
    id: `msg_01${random.hex(10)}${number.toString(36).padStart(8, "0")}`,
    requestId: `req_01${random.hex(10)}${number.toString(36).padStart(8, "0")}`,
    model: random.pick(MODELS),
    atMs,
    usage: corpusUsage(random),
    blocks,
  };
}

function corpusUsage(random: Random): Readonly<Record<string, unknown>> {
  const write5m = random.between(0, 4000);
  const write1h = random.chance(0.2) ? random.between(0, 4000) : 0;
  return {
    input_tokens: random.between(1, 200),
    cache_creation_input_tokens: write5m + write1h,
    cache_read_input_tokens: random.between(0, 150_000),
    output_tokens: random.between(1, 3000),
    output_tokens_details: { thinking_tokens: 0 },
    server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
    service_tier: "standard",
    cache_creation: { ephemeral_1h_input_tokens: write1h, ephemeral_5m_input_tokens: write5m },
    inference_geo: "",
    iterations: [],
    speed: "standard",
    fallback_credit: null,
  };
}

/** The records of one API message: its blocks, then the results of the tools it called. */
export function messageRecords(random: Random, base: RecordBase, message: CorpusMessage, madeBy: string): string[] {
  const lines = message.blocks.map((block) => assistantRecord(random, base, message, block, madeBy));
  for (const block of message.blocks) {
    if (block["type"] === "tool_use") lines.push(toolResultRecord(random, base, message.atMs, String(block["id"])));
  }
  return lines;
}

function assistantRecord(
  random: Random,
  base: RecordBase,
  message: CorpusMessage,
  block: Readonly<Record<string, unknown>>,
  madeBy: string,
): string {
  const { id, requestId, model, usage, atMs } = message;
  const api = { id, type: "message", role: "assistant", model, stop_sequence: null, content: [block] };
  return JSON.stringify({
    parentUuid: random.uuid(),
    isSidechain: base.agentId !== null,
    ...(base.agentId === null ? {} : { agentId: base.agentId }),
    message: { ...api, stop_reason: "end_turn", usage, stop_details: null },
    apiBlockIndex: 0,
    requestId,
    requestRef: random.uuid(),
    requestedModel: model,
    promptCacheRequested: "5m",
    type: "assistant",
    uuid: random.uuid(),
    timestamp: new Date(atMs).toISOString(),
    effort: "medium",
    perTurnEffort: "medium",
    madeBy: "model",
    ...tail(base),
    ...(madeBy === base.sessionId ? {} : { requestSessionId: madeBy }),
  });
}

function toolResultRecord(random: Random, base: RecordBase, atMs: number, toolUseId: string): string {
  const stdout = random.code(random.between(1, 14));
  const edit = random.chance(0.2);
  const patch = { oldStart: 1, oldLines: 2, newStart: 1, newLines: 2, lines: ["-old", "+new", " same"] };
  const toolUseResult = edit
    ? {
        filePath: `${base.cwd}/a.ts`,
        oldString: "old",
        newString: "new",
        structuredPatch: [patch],
        userModified: false,
      }
    : { stdout, stderr: "", interrupted: false, isImage: false, noOutputExpected: false };
  const content = [
    { tool_use_id: toolUseId, type: "tool_result", content: edit ? "Updated." : stdout, is_error: false },
  ];
  return userRecord(random, base, atMs + 1, content, { toolUseResult, sourceToolAssistantUUID: random.uuid() });
}

export function userRecord(
  random: Random,
  base: RecordBase,
  atMs: number,
  content: unknown,
  extra: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    parentUuid: random.uuid(),
    isSidechain: base.agentId !== null,
    promptId: random.uuid(),
    ...(base.agentId === null ? {} : { agentId: base.agentId }),
    type: "user",
    message: { role: "user", content },
    uuid: random.uuid(),
    timestamp: new Date(atMs).toISOString(),
    ...extra,
    ...tail(base),
  });
}

export function attachmentRecord(random: Random, base: RecordBase, atMs: number, kind: string, bytes: number): string {
  return JSON.stringify({
    parentUuid: random.uuid(),
    isSidechain: base.agentId !== null,
    attachment: { type: kind, content: random.text(bytes) },
    type: "attachment",
    uuid: random.uuid(),
    timestamp: new Date(atMs).toISOString(),
    ...tail(base),
  });
}

/** `api-request-shape`, `api-request-blob` or `api-request`. */
export function requestRecord(random: Random, base: RecordBase, atMs: number, kind: string, bytes: number): string {
  const { sessionId } = base;
  const timestamp = new Date(atMs).toISOString();
  return JSON.stringify({ type: kind, sessionId, hash: random.hex(64), timestamp, message: random.text(bytes) });
}

/** The small records that end each turn. */
export function closingRecords({ sessionId }: RecordBase, prompt: string): string[] {
  return [
    JSON.stringify({ type: "last-prompt", lastPrompt: prompt, sessionId }),
    JSON.stringify({ type: "mode", mode: "normal", sessionId }),
    JSON.stringify({ type: "atis-latch", atis: "", sessionId }),
  ];
}

function tail({ sessionId, cwd }: RecordBase): Readonly<Record<string, unknown>> {
  const shared = { userType: "external", entrypoint: "cli", cwd, sessionId };
  return { ...shared, version: "2.1.329", gitBranch: "main" };
}
