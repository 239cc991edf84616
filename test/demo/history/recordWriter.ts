/** Writes the records of one transcript file, chained as the CLI chains them (2.1.329). Knows nothing of what is said. */
import type { Random } from "../../bench/corpus/random.ts";
import type { MessageTokens } from "./contextMeter.ts";
import type { ToolUse } from "./toolUses.ts";

export interface FilePlace {
  readonly sessionId: string;
  readonly cwd: string;
  readonly gitBranch: string;
  readonly version: string;
  /** Of a sub-agent's file. */
  readonly agentId: string | null;
}

export interface WrittenMessage {
  readonly atMs: number;
  readonly model: string;
  readonly tokens: MessageTokens;
  readonly webSearches: number;
  readonly speed: "standard" | "fast";
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly ToolUse[];
}

export class RecordWriter {
  readonly lines: string[] = [];
  readonly #random: Random;
  readonly #place: FilePlace;
  #parent: string | null = null;
  #count = 0;

  constructor(random: Random, place: FilePlace) {
    this.#random = random;
    this.#place = place;
  }

  prompt(atMs: number, text: string, turnIndex: number): void {
    const position = { promptIndex: turnIndex - 1, turnIndex };
    const typed = this.#place.agentId === null ? { promptSource: "typed", turnPosition: position } : {};
    this.#chained(atMs, "user", { message: { role: "user", content: text }, ...typed });
  }

  /** A record for each block. Answers the ids of the calls. */
  message(written: WrittenMessage): readonly string[] {
    const { text, thinking, calls, model, atMs } = written;
    const id = this.#nextId();
    const ids = calls.map((_, index) => `toolu_01${id}${String(index)}`);
    const blocks: Readonly<Record<string, unknown>>[] = [];
    if (thinking !== "") blocks.push({ type: "thinking", thinking, signature: this.#random.hex(64) });
    if (text !== "") blocks.push({ type: "text", text });
    for (const [index, { name, input }] of calls.entries())
      blocks.push({ type: "tool_use", id: ids[index] ?? "", name, input });
    const stop = { stop_reason: calls.length > 0 ? "tool_use" : "end_turn", stop_sequence: null };
    const api = { id: `msg_01${id}`, type: "message", role: "assistant", model, ...stop, usage: usageOf(written) };
    for (const block of blocks) {
      const message = { ...api, content: [block] };
      this.#chained(atMs, "assistant", { message, requestId: `req_01${id}`, requestedModel: model });
    }
    return ids;
  }

  toolResult(atMs: number, toolUseId: string, { result, isError }: ToolUse, detail: unknown): void {
    const content = [{ tool_use_id: toolUseId, type: "tool_result", content: result, is_error: isError }];
    const told = this.#place.agentId === null ? { toolUseResult: detail } : {};
    this.#chained(atMs, "user", { message: { role: "user", content }, ...told });
  }

  /** The conversation so far is replaced by a summary. */
  compaction(atMs: number, beforeTokens: number, summary: string): void {
    const logicalParentUuid = this.#parent;
    this.#parent = null;
    const compactMetadata = { trigger: "auto", preTokens: beforeTokens };
    const said = { content: "Conversation compacted", level: "info" };
    this.#chained(atMs, "system", { subtype: "compact_boundary", logicalParentUuid, compactMetadata, ...said });
    const message = { role: "user", content: summary };
    this.#chained(atMs, "user", { message, isCompactSummary: true, isVisibleInTranscriptOnly: true });
  }

  /** A record that stands outside of the chain: it has neither time nor place. */
  fact(type: string, values: Readonly<Record<string, unknown>>): void {
    this.lines.push(JSON.stringify({ type, ...values, sessionId: this.#place.sessionId }));
  }

  #chained(atMs: number, type: string, values: Readonly<Record<string, unknown>>): void {
    const { sessionId, cwd, gitBranch, version, agentId } = this.#place;
    const uuid = this.#random.uuid();
    const agent = agentId === null ? {} : { agentId };
    const head = { parentUuid: this.#parent, isSidechain: agentId !== null, ...agent, type };
    const tail = { uuid, timestamp: new Date(atMs).toISOString(), userType: "external", entrypoint: "cli" };
    this.lines.push(JSON.stringify({ ...head, ...values, ...tail, cwd, sessionId, version, gitBranch }));
    this.#parent = uuid;
  }

  #nextId(): string {
    this.#count += 1;
    return `${this.#random.hex(16)}${this.#count.toString(36).padStart(4, "0")}`;
  }
}

function usageOf({ tokens, webSearches, speed }: WrittenMessage): Readonly<Record<string, unknown>> {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  return {
    input_tokens: input,
    cache_creation_input_tokens: cacheWrite5m + cacheWrite1h,
    cache_read_input_tokens: cacheRead,
    output_tokens: output,
    server_tool_use: { web_search_requests: webSearches, web_fetch_requests: 0 },
    service_tier: "standard",
    cache_creation: { ephemeral_1h_input_tokens: cacheWrite1h, ephemeral_5m_input_tokens: cacheWrite5m },
    inference_geo: "",
    speed,
  };
}
