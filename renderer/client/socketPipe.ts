import { type Failure, failureSchema } from "../../shared/contract/errors.ts";
import { isJsonObject } from "../../shared/model/json.ts";
import type { ClientPipe, OpenPipe, PipeListener } from "./clientPipe.ts";

const SOCKET_PATH = "/api/v1/socket";

/** Any request that each token may make: it is only asked whether the host would let this page in. */
const PROBE_PATH = "/api/v1/openapi.json";

const SUBPROTOCOL = "switchboard.v1";

/** What may stand in the name of a subprotocol, where the token travels; no token has other characters. */
const TOKEN_SHAPE = /^[\w.~-]+$/;

const noToken: Failure = {
  code: "unauthorized",
  message: "This page has no usable token. Open it by the address that Switchboard printed at its start.",
};

export interface SocketPipeOptions {
  /** The host's address, e.g. `http://127.0.0.1:4747`. */
  readonly origin: string;
  readonly token: string | null;
}

async function failureIn(response: Response): Promise<Failure | null> {
  const body: unknown = await response.json();
  const parsed = failureSchema.safeParse(isJsonObject(body) ? body["error"] : null);
  return parsed.success ? parsed.data : null;
}

/** A browser does not tell why a socket was refused, so the same door is tried with a request that does. */
async function askWhyRefused(origin: string, token: string): Promise<Failure | null> {
  const stop = new AbortController();
  try {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${origin}${PROBE_PATH}`, { headers, signal: stop.signal });
    return response.ok ? null : await failureIn(response);
  } catch {
    return null;
  } finally {
    stop.abort();
  }
}

function openSocket(origin: string, token: string, listener: PipeListener): ClientPipe {
  const socket = new WebSocket(`${origin.replace(/^http/, "ws")}${SOCKET_PATH}`, [SUBPROTOCOL, `bearer.${token}`]);
  let wasOpen = false;
  socket.addEventListener("open", () => {
    wasOpen = true;
    listener.onOpen();
  });
  socket.addEventListener("message", (message) => listener.onFrame(String(message.data)));
  socket.addEventListener("close", () => {
    if (wasOpen) return listener.onClose(null);
    void askWhyRefused(origin, token).then(listener.onClose);
  });
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    close: () => socket.close(),
  };
}

/** Makes the pipe of a browser tab: a WebSocket to the host, with the token as a subprotocol. */
export function createSocketPipe({ origin, token }: SocketPipeOptions): OpenPipe {
  return (listener) => {
    if (token !== null && TOKEN_SHAPE.test(token)) return openSocket(origin, token, listener);
    queueMicrotask(() => listener.onClose(noToken));
    return { send: () => undefined, close: () => undefined };
  };
}
