/**
 * The scripted Messages API, with scenes for transcripts and with a book of what each answer charged: the numbers that
 * an index over the transcripts must come to. Every answer without a usage of its own gets one that no other has.
 */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerMessage } from "../scriptedApi/answerMessage.ts";
import { readConversation } from "../scriptedApi/conversation.ts";
import type { Conversation } from "../scriptedApi/conversation.ts";
import { createGates } from "../scriptedApi/gates.ts";
import { readBody } from "../scriptedApi/readBody.ts";
import type { Reply, ReplyUsage } from "../scriptedApi/reply.ts";
import { chooseReply, isSideRequest, scenes } from "../scriptedApi/scenes.ts";
import { transcriptScenes } from "./transcriptScenes.ts";

/** What one answer of the API used. */
export interface Charge {
  /** The session that asked, as the request's metadata say. */
  readonly sessionId: string | null;
  readonly messageId: string;
  readonly requestId: string;
  /** The model that answered, and the one that was asked for. */
  readonly model: string;
  readonly requestedModel: string;
  readonly usage: Required<ReplyUsage>;
  /** `compaction` and `check` (of a model's name) are the CLI's own: no record of the transcript shows them. */
  readonly purpose: "turn" | "compaction" | "check";
  readonly sceneLine: string;
}

export interface ChargedApi {
  /** For `ANTHROPIC_BASE_URL`. */
  readonly url: string;
  /** In the order in which the requests came. */
  readonly charges: readonly Charge[];
  readonly close: () => Promise<void>;
}

const sceneNames = [...Object.keys(scenes), ...Object.keys(transcriptScenes)];

export async function startChargedApi(): Promise<ChargedApi> {
  const gates = createGates();
  const charges: Charge[] = [];
  let count = 0;
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "/").split("?")[0];
    const body = await readBody(request);
    if (request.method !== "POST" || path !== "/v1/messages") {
      response.writeHead(path === "/v1/messages/count_tokens" || request.method === "HEAD" ? 200 : 404);
      response.end(JSON.stringify({ input_tokens: 100 }));
      return;
    }
    const conversation = readConversation(body, sceneNames, 1);
    const serial = (count += 1);
    const id = `t${String(serial).padStart(5, "0")}`;
    const reply = withUsage(replyTo(conversation), serial);
    if (reply.kind === "message") charges.push(chargeOf({ body, conversation, reply, id }));
    await answerMessage({ reply, id, body, gates, response });
  }
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => response.destroy(Error("Not answered", { cause: error })));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The scripted API has no port");
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    charges,
    close: () =>
      new Promise((resolve) => {
        gates.releaseAll();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function replyTo(conversation: Conversation): Reply {
  const scene = conversation.sceneName === null ? undefined : transcriptScenes[conversation.sceneName];
  return scene === undefined || isSideRequest(conversation) ? chooseReply(conversation) : scene(conversation);
}

/** Numbers of which no two sums are alike, and small enough to stay far from a full context. */
function withUsage(reply: Reply, serial: number): Reply {
  if (reply.kind === "error" || reply.usage !== undefined) return reply;
  const usage = { input: 100 + serial, output: 10 + 3 * serial, cacheRead: 7 * serial, cacheWrite5m: 11 * serial };
  return { ...reply, usage: { ...usage, cacheWrite1h: 13 * serial, webSearches: 0 } };
}

interface Answered {
  readonly body: unknown;
  readonly conversation: Conversation;
  readonly reply: Extract<Reply, { kind: "message" }>;
  readonly id: string;
}

function chargeOf({ body, conversation, reply, id }: Answered): Charge {
  const none = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
  return {
    sessionId: sessionOf(body),
    messageId: `msg_${id}`,
    requestId: `req_${id}`,
    model: reply.model ?? conversation.model,
    requestedModel: conversation.model,
    usage: { ...none, ...reply.usage },
    purpose: purposeOf(conversation),
    sceneLine: `${conversation.sceneName ?? ""} ${conversation.argument}`.trim(),
  };
}

/** A compaction sends the tools along, a check does not. */
function purposeOf(conversation: Conversation): Charge["purpose"] {
  if (!isSideRequest(conversation)) return "turn";
  return conversation.toolNames.length > 0 ? "compaction" : "check";
}

/** The CLI names its session in `metadata.user_id`, which is JSON (measured on 2.1.329). */
function sessionOf(body: unknown): string | null {
  return /\bsession_id\\*"\s*:\s*\\*"([0-9a-f-]{36})/u.exec(JSON.stringify(metadataOf(body)))?.[1] ?? null;
}

function metadataOf(body: unknown): unknown {
  return typeof body === "object" && body !== null && "metadata" in body ? body.metadata : null;
}
