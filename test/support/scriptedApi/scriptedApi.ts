/**
 * A scripted Messages API on loopback, for the real `claude` CLI to talk to without an account or a network.
 * Owns the HTTP server and the record of what was asked; scenes decide what is answered.
 * Invariant: `close()` leaves no open response and no waiting gate.
 */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerMessage } from "./answerMessage.ts";
import { readConversation } from "./conversation.ts";
import type { Conversation } from "./conversation.ts";
import { createGates } from "./gates.ts";
import type { Gate, Gates } from "./gates.ts";
import { readBody } from "./readBody.ts";
import { createRequestRecord } from "./requestRecord.ts";
import type { RecordedRequest, RequestRecord } from "./requestRecord.ts";
import type { Scene } from "./scene.ts";
import { chooseReply, isSideRequest, scenes } from "./scenes.ts";

export type ScriptedApi = {
  /** For `ANTHROPIC_BASE_URL`. */
  readonly url: string;
  readonly port: number;
  /** Requests to `/v1/messages` so far, oldest first; only the newest are kept. */
  readonly requests: readonly RecordedRequest[];
  /** Resolves with the first request, past or future, that the predicate accepts. */
  readonly waitForRequest: (predicate: (request: RecordedRequest) => boolean) => Promise<RecordedRequest>;
  /** Holds back replies; see `Gates.hold`. */
  readonly hold: (sceneKey: string, step?: number) => Gate;
  readonly releaseStalled: () => void;
  readonly close: () => Promise<void>;
};

export type ScriptedApiOptions = {
  /** Makes message and request ids of one server unlike those of another; random when missing. */
  readonly idPrefix?: string;
  /** A fixed port; 0, any free one, when missing. */
  readonly port?: number;
  /** Beside those that everybody has. */
  readonly scenes?: Readonly<Record<string, Scene>>;
};

/** Starts the server; it listens when the promise resolves. */
export async function startScriptedApi(options: ScriptedApiOptions = {}): Promise<ScriptedApi> {
  const gates = createGates();
  const record = createRequestRecord();
  const state: ServerState = {
    gates,
    record,
    scenes: { ...scenes, ...options.scenes },
    idPrefix: options.idPrefix ?? randomBytes(4).toString("hex"),
    attempts: new Map(),
    count: 0,
  };
  const server = createServer((request, response) => {
    respond(state, request, response).catch((error: unknown) => failResponse(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The scripted API has no port");
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    port: address.port,
    requests: record.requests,
    waitForRequest: record.waitFor,
    hold: gates.hold,
    releaseStalled: gates.releaseStalled,
    close: () =>
      new Promise((resolve) => {
        gates.releaseAll();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type ServerState = {
  readonly gates: Gates;
  readonly record: RequestRecord;
  readonly scenes: Readonly<Record<string, Scene>>;
  readonly idPrefix: string;
  /** How often each conversation was asked; a scene that fails twice and then answers needs it. */
  readonly attempts: Map<string, number>;
  count: number;
};

async function respond(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const body = await readBody(request);
  if (request.method === "POST" && path === "/v1/messages/count_tokens") {
    sendJson(response, 200, { input_tokens: Math.ceil(JSON.stringify(body).length / 4) });
  } else if (request.method === "POST" && path === "/v1/messages") {
    await respondWithScene(state, body, response);
  } else if (request.method === "HEAD") {
    response.writeHead(200).end();
  } else {
    sendJson(response, 404, { type: "error", error: { type: "not_found_error", message: `Not scripted: ${path}` } });
  }
}

async function respondWithScene(state: ServerState, body: unknown, response: ServerResponse): Promise<void> {
  const first = readConversation(body, Object.keys(state.scenes), 1);
  const conversation = { ...first, attempt: nextAttempt(state, first) };
  const serial = String((state.count += 1)).padStart(6, "0");
  const id = `${state.idPrefix}_${serial}`;
  state.record.add({ requestId: `req_${id}`, conversation, body });
  if (!isSideRequest(conversation)) await state.gates.pass(sceneLine(conversation), conversation.step);
  await answerMessage({ reply: chooseReply(conversation, state.scenes), id, body, gates: state.gates, response });
}

function sceneLine(conversation: Conversation): string {
  return `${conversation.sceneName ?? ""} ${conversation.argument}`.trim();
}

function nextAttempt(state: ServerState, conversation: Conversation): number {
  const key = JSON.stringify([conversation.prompt, conversation.step, conversation.toolResults.length]);
  const attempt = (state.attempts.get(key) ?? 0) + 1;
  state.attempts.set(key, attempt);
  return attempt;
}

function failResponse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else sendJson(response, 400, { type: "error", error: { type: "invalid_request_error", message: String(error) } });
}

function sendJson(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
