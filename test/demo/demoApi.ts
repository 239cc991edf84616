/**
 * The scripted Messages API of the demo: answers the prompts of the demo scenes, and tells a visitor who writes
 * something else that the model is scripted. Everything else in the loop is the real CLI.
 */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { answerMessage } from "../support/scriptedApi/answerMessage.ts";
import { type Conversation, readConversation } from "../support/scriptedApi/conversation.ts";
import { createGates } from "../support/scriptedApi/gates.ts";
import { readBody } from "../support/scriptedApi/readBody.ts";
import { type Reply, textReply } from "../support/scriptedApi/reply.ts";
import { isSideRequest } from "../support/scriptedApi/scenes.ts";
import { demoScenes } from "./scenes/demoScenes.ts";
import { visitorReply } from "./scenes/visitorReply.ts";

export interface DemoApi {
  /** To be used as `ANTHROPIC_BASE_URL`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts the server on a free port; it listens when the promise resolves. */
export async function startDemoApi(): Promise<DemoApi> {
  const gates = createGates();
  const idPrefix = randomBytes(4).toString("hex");
  let count = 0;
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "/").split("?")[0];
    const body = await readBody(request);
    if (request.method === "HEAD") return void response.writeHead(200).end();
    if (path === "/v1/messages/count_tokens") return sendJson(response, 200, { input_tokens: estimateTokens(body) });
    if (path !== "/v1/messages") return sendJson(response, 404, failure("not_found_error", "Not scripted"));
    count += 1;
    const reply = replyTo(readConversation(body, [], 1));
    await answerMessage({ reply, id: `${idPrefix}_${String(count)}`, body, gates, response });
  }
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, failure("invalid_request_error", String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The API of the demo has no port");
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    close: () =>
      new Promise((resolve) => {
        gates.releaseAll();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Pure: the same conversation always gets the same reply. */
export function replyTo(conversation: Conversation): Reply {
  if (isSideRequest(conversation)) return textReply("A scripted summary.");
  for (const scene of demoScenes) {
    if (scene.prompt === conversation.prompt) return scene.reply(conversation);
    const helper = scene.subAgents?.[conversation.prompt];
    if (helper !== undefined) return helper(conversation);
  }
  return visitorReply(conversation);
}

const CHARS_PER_TOKEN = 4;

function estimateTokens(body: unknown): number {
  return Math.ceil(JSON.stringify(body).length / CHARS_PER_TOKEN);
}

function failure(type: string, message: string): Readonly<Record<string, unknown>> {
  return { type: "error", error: { type, message } };
}

function sendJson(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
