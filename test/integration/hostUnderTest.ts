import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { type RawData, WebSocket } from "ws";
import type { HostFrame } from "../../shared/contract/frames.ts";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import type { Engine } from "../../electron/engine/engine.ts";
import type { RequestTable } from "../../electron/hosting/callRequest.ts";
import { startWebHost, type WebHost } from "../../electron/web/startWebHost.ts";
import { createMemoryLog } from "../unit/electron/hosting/memoryPipe.ts";

/** A token with the scope `read` alone, beside the owner's. */
export const READ_TOKEN = "read-only-token-of-enough-length";
const OWNER_TOKEN = "owner-token-of-more-than-enough-length";

export interface HostUnderTest extends WebHost {
  readonly dataDir: string;
  readonly log: ReturnType<typeof createMemoryLog>;
  readonly dispose: () => Promise<void>;
}

export interface HostUnderTestOptions {
  readonly engine: Engine;
  readonly port?: number;
  /** A page to serve; without it the host has none. */
  readonly page?: string;
  readonly allowedOrigins?: readonly string[];
  readonly table?: RequestTable;
}

/** A real host over a real port, with a directory of its own. */
export async function startHostUnderTest(options: HostUnderTestOptions): Promise<HostUnderTest> {
  const { page, port = 0, ...rest } = options;
  const dataDir = await mkdtemp(path.join(tmpdir(), "switchboard-host-"));
  const others = [{ label: "looker", token: READ_TOKEN, scopes: ["read"] }];
  await writeFile(path.join(dataDir, "tokens.json"), JSON.stringify({ owner: OWNER_TOKEN, others }), { mode: 0o600 });
  if (page !== undefined) await writeFile(path.join(dataDir, "index.html"), page);
  const log = createMemoryLog();
  const staticDir = page === undefined ? path.join(dataDir, "none") : dataDir;
  const host = await startWebHost({ ...rest, dataDir, port, staticDir, log });
  const dispose = async (): Promise<void> => {
    await host.close();
    await rm(dataDir, { recursive: true });
  };
  return { ...host, dataDir, log, dispose };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: unknown;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The owner's when missing; null for none. */
  readonly token?: string | null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Asks over plain HTTP, where every header may be chosen. */
export async function ask(host: HostUnderTest, url: string, options: Ask = {}): Promise<Answer> {
  const { method = "GET", body, token = host.token } = options;
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` };
  const headers = { connection: "keep-alive", ...json, ...authorization, ...options.headers };
  const asked = request({ host: "127.0.0.1", port: host.port, path: url, method, headers, agent: false });
  asked.end(body);
  const [response] = await once(asked, "response");
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += String(chunk);
  if (!asked.writableFinished) await once(asked, "finish");
  asked.destroy();
  return { status: response.statusCode, headers: response.headers, text, json: parse(text) };
}

/** A socket to the host that keeps all it hears. */
export interface TestSocket {
  readonly socket: WebSocket;
  readonly frames: HostFrame[];
  readonly say: (frame: unknown) => void;
  /** The first frame, from now on or before, that fits. */
  readonly heard: (fits: (frame: HostFrame) => boolean) => Promise<HostFrame>;
  /** The code that the socket was closed with. */
  readonly closed: Promise<number>;
}

function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString("utf8") : "";
}

/** Connects without saying hello. @throws Error with the status when the upgrade is refused. */
export async function connectSocket(
  host: Pick<HostUnderTest, "port" | "token">,
  options: { readonly protocols?: readonly string[]; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<TestSocket> {
  const { protocols = [], headers = { authorization: `Bearer ${host.token}` } } = options;
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/v1/socket`, [...protocols], { headers });
  const frames: HostFrame[] = [];
  const waiting = new Set<() => void>();
  const closed = once(socket, "close").then(([code]) => Number(code));
  closed.catch(() => undefined);
  socket.on("message", (data) => {
    const frame: HostFrame = JSON.parse(textOf(data));
    frames.push(frame);
    for (const check of waiting) check();
  });
  await once(socket, "open");
  socket.on("error", () => undefined);
  return {
    socket,
    frames,
    closed,
    say: (frame) => socket.send(JSON.stringify(frame)),
    heard: (fits) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = frames.find(fits);
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        void closed.then((code) => reject(new Error(`the socket was closed with ${code}`)));
        check();
      }),
  };
}

/** Connects and says hello. */
export async function connectClient(host: Pick<HostUnderTest, "port" | "token">): Promise<TestSocket> {
  const client = await connectSocket(host);
  client.say({ t: "hello", contractVersion: CONTRACT_VERSION, client: "test" });
  await client.heard(({ t }) => t === "welcome");
  return client;
}
