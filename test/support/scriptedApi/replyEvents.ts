/** Turns a message reply into the events of the streaming Messages API, or into the one body of a non-streaming answer. Pure. */
import type { MessageReply, ReplyBlock, ReplyUsage } from "./reply.ts";

export type StreamEvent = {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** True when this event carries a chunk of content. */ readonly isChunk: boolean;
};

export type ReplyIds = {
  readonly messageId: string;
  /** Id for the tool_use block at this index. */ readonly toolUseId: (index: number) => string;
};

export function replyEvents(reply: MessageReply, ids: ReplyIds, model: string): readonly StreamEvent[] {
  const told = toldUsage(reply);
  const message = { ...messageHead(reply, ids, model), content: [], stop_reason: null, ...told.start };
  return [
    event("message_start", { message }),
    event("ping", {}),
    ...reply.blocks.flatMap((block, index) => blockEvents(block, index, ids)),
    event("message_delta", { delta: { stop_reason: reply.stopReason, stop_sequence: null }, ...told.end }),
    event("message_stop", {}),
  ];
}

/** The beginning cannot know how much will be written. */
function toldUsage(reply: MessageReply): Readonly<Record<"start" | "end", { readonly usage?: unknown }>> {
  const { rawUsage } = reply;
  if (rawUsage !== undefined) {
    const part = (usage: unknown) => (usage === undefined ? {} : { usage });
    return { start: part(rawUsage.start), end: part(rawUsage.end) };
  }
  const usage = fullUsage(reply);
  return { start: { usage: { ...usage, output_tokens: 1 } }, end: { usage } };
}

export function replyBody(reply: MessageReply, ids: ReplyIds, model: string): Readonly<Record<string, unknown>> {
  const content = reply.blocks.map((block, index) => completeBlock(block, index, ids));
  return { ...messageHead(reply, ids, model), content, stop_reason: reply.stopReason, usage: fullUsage(reply) };
}

function messageHead(reply: MessageReply, ids: ReplyIds, model: string): Readonly<Record<string, unknown>> {
  return { id: ids.messageId, type: "message", role: "assistant", model: reply.model ?? model, stop_sequence: null };
}

function blockEvents(block: ReplyBlock, index: number, ids: ReplyIds): readonly StreamEvent[] {
  const start = event("content_block_start", { index, content_block: emptyBlock(block, index, ids) });
  const deltas = blockDeltas(block).map((delta) => event("content_block_delta", { index, delta }, true));
  const signature =
    block.type === "thinking"
      ? [event("content_block_delta", { index, delta: { type: "signature_delta", signature: SIGNATURE } })]
      : [];
  return [start, ...deltas, ...signature, event("content_block_stop", { index })];
}

/** The CLI hands the signature back unread; any base64 text does. */
const SIGNATURE = "c2NyaXB0ZWQ=";

function blockDeltas(block: ReplyBlock): readonly Readonly<Record<string, string>>[] {
  switch (block.type) {
    case "text":
      return block.chunks.map((text) => ({ type: "text_delta", text }));
    case "thinking":
      return block.chunks.map((thinking) => ({ type: "thinking_delta", thinking }));
    case "tool_use": {
      const json = JSON.stringify(block.input);
      const middle = Math.ceil(json.length / 2);
      return [json.slice(0, middle), json.slice(middle)].map((partial_json) => ({
        type: "input_json_delta",
        partial_json,
      }));
    }
  }
}

function emptyBlock(block: ReplyBlock, index: number, ids: ReplyIds): Readonly<Record<string, unknown>> {
  switch (block.type) {
    case "text":
      return { type: "text", text: "" };
    case "thinking":
      return { type: "thinking", thinking: "", signature: "" };
    case "tool_use":
      return { type: "tool_use", id: ids.toolUseId(index), name: block.name, input: {} };
  }
}

function completeBlock(block: ReplyBlock, index: number, ids: ReplyIds): Readonly<Record<string, unknown>> {
  switch (block.type) {
    case "text":
      return { type: "text", text: block.chunks.join("") };
    case "thinking":
      return { type: "thinking", thinking: block.chunks.join(""), signature: SIGNATURE };
    case "tool_use":
      return { type: "tool_use", id: ids.toolUseId(index), name: block.name, input: block.input };
  }
}

/** Characters a token, as an estimate for replies that choose no usage. */
const CHARS_PER_TOKEN = 4;
const DEFAULT_INPUT_TOKENS = 100;

function fullUsage(reply: MessageReply): Readonly<Record<string, unknown>> {
  const usage: ReplyUsage = reply.usage ?? { input: DEFAULT_INPUT_TOKENS, output: estimateOutput(reply) };
  const write5m = usage.cacheWrite5m ?? 0;
  const write1h = usage.cacheWrite1h ?? 0;
  return {
    input_tokens: usage.input ?? 0,
    cache_creation_input_tokens: write5m + write1h,
    cache_read_input_tokens: usage.cacheRead ?? 0,
    cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
    output_tokens: usage.output ?? estimateOutput(reply),
    server_tool_use: { web_search_requests: usage.webSearches ?? 0, web_fetch_requests: 0 },
    service_tier: "standard",
  };
}

function estimateOutput(reply: MessageReply): number {
  const chars = reply.blocks
    .flatMap((block) => blockDeltas(block))
    .reduce((sum, delta) => sum + JSON.stringify(delta).length, 0);
  return Math.max(1, Math.round(chars / CHARS_PER_TOKEN));
}

function event(name: string, data: Readonly<Record<string, unknown>>, isChunk = false): StreamEvent {
  return { name, data: { type: name, ...data }, isChunk };
}
