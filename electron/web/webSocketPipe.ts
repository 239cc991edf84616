import type { WebSocket } from "@fastify/websocket";
import type { Pipe } from "../hosting/pipe.ts";

/** How often a silent socket is asked whether it is still there, in milliseconds. */
const HEARTBEAT_MS = 30_000;

/** The close code for an ordinary end. */
const NORMAL_CLOSURE = 1000;

/** Ends a socket that has not answered the ping before: a laptop that went away keeps no feeds open. */
function keepAlive(socket: WebSocket): void {
  let hasAnswered = true;
  socket.on("pong", () => {
    hasAnswered = true;
  });
  const beat = setInterval(() => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    socket.ping();
  }, HEARTBEAT_MS);
  beat.unref();
  socket.on("close", () => clearInterval(beat));
}

function textOf(data: unknown): string {
  if (Buffer.isBuffer(data)) return data.toString("utf8");
  return Array.isArray(data) ? Buffer.concat(data).toString("utf8") : "";
}

/** An accepted WebSocket as a pipe. Binary messages are read as text: what is no frame is refused as such. */
export function createWebSocketPipe(socket: WebSocket): Pipe {
  keepAlive(socket);
  return {
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(frame);
    },
    onFrame: (listener) => {
      socket.on("message", (data) => listener(textOf(data)));
    },
    onClose: (listener) => {
      socket.on("close", () => listener());
    },
    close: () => socket.close(NORMAL_CLOSURE),
    bufferedBytes: () => socket.bufferedAmount,
  };
}
