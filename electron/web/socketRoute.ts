import fastifyWebsocket, { type WebSocket } from "@fastify/websocket";
import type { FastifyInstance } from "fastify";
import { RequestError, toFailure } from "../../shared/contract/errors.ts";
import { MAX_CLIENT_FRAME_BYTES } from "../../shared/contract/limits.ts";
import { bindClient } from "../hosting/bindClient.ts";
import type { RequestTable } from "../hosting/callRequest.ts";
import type { HostLog } from "../hosting/hostLog.ts";
import type { Engine } from "../engine/engine.ts";
import { SOCKET_PROTOCOL } from "./tokenCheck.ts";
import type { TokenGrant } from "./tokenFile.ts";
import { createWebSocketPipe } from "./webSocketPipe.ts";

/** Sockets open at a time: more tabs than one person has, few enough that their queues stay affordable. */
export const MAX_SOCKETS = 64;

/**
 * A message above this ends the connection before it is read. It is twice the limit of a frame, so that one somewhat
 * too large is answered with a failure.
 */
const MAX_MESSAGE_BYTES = 2 * MAX_CLIENT_FRAME_BYTES;

/** How long a closing host waits for its clients to say goodbye, in milliseconds. */
const CLOSE_GRACE_MS = 500;

const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

export interface SocketRouteOptions {
  readonly engine: Engine;
  readonly table: RequestTable;
  readonly hostVersion: string;
  readonly log: HostLog;
  readonly grantOf: (request: object) => TokenGrant;
}

/** Prepares a server for sockets; to be called before its other hooks and routes are added. */
export async function prepareSockets(server: FastifyInstance, log: HostLog): Promise<void> {
  await server.register(fastifyWebsocket, {
    options: {
      maxPayload: MAX_MESSAGE_BYTES,
      handleProtocols: (offered) => (offered.has(SOCKET_PROTOCOL) ? SOCKET_PROTOCOL : false),
    },
    errorHandler: (error, socket) => {
      log.info({ err: error }, "a client's socket failed");
      socket.terminate();
    },
    preClose: (done) => {
      for (const socket of server.websocketServer.clients) {
        socket.close(GOING_AWAY);
        setTimeout(() => socket.terminate(), CLOSE_GRACE_MS).unref();
      }
      server.websocketServer.close(() => done());
    },
  });
}

/** Browsers cannot read why an upgrade was refused, so a socket too many is taken, told, and closed. */
function turnAway(socket: WebSocket): void {
  const words = `${MAX_SOCKETS} clients are connected, which is all this host serves. Close a tab and try again.`;
  const error = toFailure(new RequestError("too_many_requests", words));
  socket.send(JSON.stringify({ t: "failure", id: null, error }));
  socket.close(TRY_AGAIN_LATER);
}

/** Adds `/socket`: each accepted socket becomes a client of the engine until it closes. */
export function addSocketRoute(server: FastifyInstance, options: SocketRouteOptions): void {
  const { engine, table, hostVersion, log } = options;
  server.get("/socket", { websocket: true }, (socket, request) => {
    if (server.websocketServer.clients.size > MAX_SOCKETS) return turnAway(socket);
    const { label, scopes } = options.grantOf(request);
    const pipe = createWebSocketPipe(socket);
    bindClient({ engine, pipe, scopes, hostVersion, log, table, ...(label !== null && { tokenLabel: label }) });
  });
}
