/** Scenes without tools: plain text, long text, thinking, chosen usage, and the answers that fail or never end. */
import type { Conversation } from "./conversation.ts";
import { textReply } from "./reply.ts";
import type { ErrorReply, MessageReply, Reply, ReplyUsage } from "./reply.ts";
import { quote } from "./scene.ts";
import type { Scene } from "./scene.ts";

export const textScenes = {
  SAY: (conversation) => textReply(withContext(conversation, conversation.argument)),
  STREAM: stream,
  THINK: think,
  MARKDOWN: () => textReply(MARKDOWN_SAMPLE),
  USAGE: usage,
  STOP: (conversation) => ({
    ...textReply("The answer stops here"),
    stopReason: conversation.argument === "refusal" ? "refusal" : "max_tokens",
  }),
  HANG: (conversation) => ({
    ...textReply(`Started and waiting. ${conversation.argument} Released, and done.`),
    stallAfterChunks: 1,
  }),
  ERROR_400: (conversation) =>
    failing(conversation, { status: 400, errorType: "invalid_request_error", message: "Scripted bad request" }),
  ERROR_401: (conversation) =>
    failing(conversation, { status: 401, errorType: "authentication_error", message: "invalid x-api-key" }),
  ERROR_429: (conversation) =>
    failing(conversation, { status: 429, errorType: "rate_limit_error", message: "Scripted rate limit" }),
  ERROR_500: (conversation) =>
    failing(conversation, { status: 500, errorType: "api_error", message: "Internal server error" }),
  ERROR_529: (conversation) =>
    failing(conversation, { status: 529, errorType: "overloaded_error", message: "Overloaded" }),
} as const satisfies Readonly<Record<string, Scene>>;

/** The answer to a prompt that names no scene. */
export function echoScene(conversation: Conversation): Reply {
  return textReply(withContext(conversation, `You said: ${quote(conversation.prompt)}`));
}

function withContext(conversation: Conversation, text: string): string {
  return [...conversation.contextTexts.map((context) => `I was told before: ${quote(context)}`), text].join("\n");
}

/** `STREAM <chunks> [<milliseconds between chunks>]`: numbered words, so that a lost or doubled chunk shows. */
function stream(conversation: Conversation): MessageReply {
  const [count = "100", interval = "0"] = conversation.argument.split(/\s+/u);
  const chunks = Array.from(
    { length: positiveInteger(count, 100) },
    (_, index) => `word-${String(index + 1)}${index % 12 === 11 ? "\n" : " "}`,
  );
  return {
    kind: "message",
    blocks: [{ type: "text", chunks }],
    stopReason: "end_turn",
    chunkIntervalMs: positiveInteger(interval, 0),
  };
}

function think(conversation: Conversation): MessageReply {
  const thinking = ["Let me consider ", "what was asked: ", conversation.argument];
  return {
    ...textReply(`Having thought about it: ${conversation.argument}`),
    blocks: [
      { type: "thinking", chunks: thinking },
      ...textReply(`Having thought about it: ${conversation.argument}`).blocks,
    ],
  };
}

/** `USAGE input=1000 output=200 read=300 write5m=40 write1h=50 search=2 model=claude-haiku-4-5`: any of them. */
function usage(conversation: Conversation): MessageReply {
  const given = new Map(conversation.argument.split(/\s+/u).map((pair) => splitPair(pair)));
  const counts: ReplyUsage = {
    input: count(given, "input"),
    output: count(given, "output"),
    cacheRead: count(given, "read"),
    cacheWrite5m: count(given, "write5m"),
    cacheWrite1h: count(given, "write1h"),
    webSearches: count(given, "search"),
  };
  const model = given.get("model");
  return { ...textReply("Tokens used as asked."), usage: counts, ...(model === undefined ? {} : { model }) };
}

function splitPair(pair: string): readonly [string, string] {
  const [name = "", value = ""] = pair.split("=");
  return [name, value];
}

function count(given: ReadonlyMap<string, string>, name: string): number {
  return positiveInteger(given.get(name) ?? "0", 0);
}

/** `ERROR_529 2` fails the first two attempts and then answers; `ERROR_529 final` tells the client not to retry; alone it fails always. */
function failing(conversation: Conversation, error: Pick<ErrorReply, "status" | "errorType" | "message">): Reply {
  const failures = positiveInteger(conversation.argument, Number.POSITIVE_INFINITY);
  if (conversation.attempt > failures) return textReply(`Answered at attempt ${String(conversation.attempt)}.`);
  return { kind: "error", retry: !conversation.argument.startsWith("final"), ...error };
}

function positiveInteger(text: string, otherwise: number): number {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) || value < 0 ? otherwise : value;
}

const MARKDOWN_SAMPLE = `# A heading

Some *emphasis*, some **strength**, \`code\` and a [link](https://example.com/page).

| file | lines |
|---|---:|
| main.ts | 60 |
| a very long file name.ts | 1200 |

1. first
2. second
   - nested

\`\`\`ts
const answer: number = 42
\`\`\`
`;
