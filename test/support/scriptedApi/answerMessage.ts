/** Writes one reply to `POST /v1/messages`: as a stream of server-sent events, as one JSON body, or as an API error. */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Gates } from "./gates.ts";
import { readMessages } from "./readMessages.ts";
import type { ErrorReply, MessageReply, Reply } from "./reply.ts";
import { replyBody, replyEvents } from "./replyEvents.ts";
import type { ReplyIds, StreamEvent } from "./replyEvents.ts";

export type Answer = {
  readonly reply: Reply;
  readonly id: string;
  readonly body: unknown;
  readonly gates: Gates;
  readonly response: ServerResponse;
};

export async function answerMessage(answer: Answer): Promise<void> {
  const { reply, id, response } = answer;
  const request = readMessages(answer.body);
  const ids: ReplyIds = { messageId: `msg_${id}`, toolUseId: (index) => `toolu_${id}_${String(index)}` };
  if (reply.kind === "error") {
    sendError(reply, id, response);
  } else if (request.stream) {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache",
      "request-id": `req_${id}`,
    });
    await sendEvents({ events: replyEvents(reply, ids, request.model), reply, gates: answer.gates, response });
  } else {
    response.writeHead(200, { "content-type": "application/json", "request-id": `req_${id}` });
    response.end(JSON.stringify(replyBody(reply, ids, request.model)));
  }
}

function sendError(reply: ErrorReply, id: string, response: ServerResponse): void {
  const retryHeader = reply.retry ? {} : { "x-should-retry": "false" };
  response.writeHead(reply.status, { "content-type": "application/json", "request-id": `req_${id}`, ...retryHeader });
  response.end(
    JSON.stringify({
      type: "error",
      error: { type: reply.errorType, message: reply.message },
      request_id: `req_${id}`,
    }),
  );
}

type EventRun = {
  readonly events: readonly StreamEvent[];
  readonly reply: MessageReply;
  readonly gates: Gates;
  readonly response: ServerResponse;
};

async function sendEvents(run: EventRun): Promise<void> {
  const gone = once(run.response, "close");
  let chunks = 0;
  for (const event of run.events) {
    if (run.response.destroyed) return;
    const flushed = run.response.write(`event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`);
    if (!flushed) await Promise.race([once(run.response, "drain"), gone]);
    if (!event.isChunk) continue;
    chunks += 1;
    if (chunks === run.reply.stallAfterChunks) await Promise.race([run.gates.stall(), gone]);
    if (run.reply.chunkIntervalMs) await delay(run.reply.chunkIntervalMs);
  }
  run.response.end();
}
