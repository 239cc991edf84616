/**
 * What a scene lets the model answer: the vocabulary between scenes and the wire.
 * Knows nothing about HTTP, server-sent events or the conversation that led here.
 */

/** Token counts of one API message. A missing kind is sent as 0, except `output`, which defaults to an estimate from the text. */
export type ReplyUsage = {
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
  readonly webSearches?: number;
};

/** What the message's beginning and its end say of its usage; a missing one says nothing of it. */
export type RawUsage = { readonly start?: unknown; readonly end?: unknown };

export type ReplyBlock =
  | { readonly type: "text"; readonly chunks: readonly string[] }
  | { readonly type: "thinking"; readonly chunks: readonly string[] }
  | { readonly type: "tool_use"; readonly name: string; readonly input: Readonly<Record<string, unknown>> };

export type StopReason = "end_turn" | "tool_use" | "max_tokens" | "stop_sequence" | "refusal" | "pause_turn";

export type MessageReply = {
  readonly kind: "message";
  readonly blocks: readonly ReplyBlock[];
  readonly stopReason: StopReason;
  readonly usage?: ReplyUsage;
  /** Told instead of `usage`, as it stands: for what no API should tell. */
  readonly rawUsage?: RawUsage;
  /** The model name in the answer; the one that was asked for when missing. */
  readonly model?: string;
  /** Pause between two chunks, in milliseconds. */
  readonly chunkIntervalMs?: number;
  /** After this many chunks the response stays open until `releaseStalled()` or until the client goes away. */
  readonly stallAfterChunks?: number;
};

export type ErrorReply = {
  readonly kind: "error";
  readonly status: number;
  readonly errorType: string;
  readonly message: string;
  /** False adds `x-should-retry: false`, so that the client gives up at once. */
  readonly retry: boolean;
};

export type Reply = MessageReply | ErrorReply;

export function textReply(text: string): MessageReply {
  return { kind: "message", blocks: [{ type: "text", chunks: splitIntoChunks(text) }], stopReason: "end_turn" };
}

/** One assistant message that calls the given tools, in order, after an optional sentence. */
export function toolReply(calls: readonly ToolCall[], preamble?: string): MessageReply {
  const sentence: readonly ReplyBlock[] = preamble === undefined ? [] : [{ type: "text", chunks: [preamble] }];
  const uses: readonly ReplyBlock[] = calls.map((call) => ({ type: "tool_use", name: call.name, input: call.input }));
  return { kind: "message", blocks: [...sentence, ...uses], stopReason: "tool_use" };
}

export type ToolCall = { readonly name: string; readonly input: Readonly<Record<string, unknown>> };

/** A handful of words a chunk: enough for a test to see text arrive in pieces. */
const WORDS_PER_CHUNK = 4;

function splitIntoChunks(text: string): readonly string[] {
  const words = text.split(/(?<=\s)/u);
  const chunks: string[] = [];
  for (let index = 0; index < words.length; index += WORDS_PER_CHUNK) {
    chunks.push(words.slice(index, index + WORDS_PER_CHUNK).join(""));
  }
  return chunks;
}
