import fastify, { type FastifyInstance } from "fastify";
import { MAX_CLIENT_FRAME_BYTES } from "../../shared/contract/limits.ts";
import { requests } from "../../shared/contract/requests.ts";
import type { Engine } from "../engine/engine.ts";
import type { RequestTable } from "../hosting/callRequest.ts";
import type { HostLog } from "../hosting/hostLog.ts";
import { addApi } from "./apiRoutes.ts";
import { failureOf, replyFailure } from "./failureReply.ts";
import { createHostGuard, inUrl } from "./hostGuard.ts";
import { addOpenLinks } from "./openLinks.ts";
import { commonHeaders, contentSecurityPolicy } from "./securityHeaders.ts";
import { prepareSockets } from "./socketRoute.ts";
import { addStaticPages } from "./staticPages.ts";
import { readTokens } from "./tokenFile.ts";

const LOOPBACK = "127.0.0.1";

/** Characters of a path parameter: more than any id may have, so that a longer one is refused in words. */
const MAX_PATH_PARAM_LENGTH = 1000;

/** The largest refused body that is read to its end, and thrown away, so that its sender hears of the refusal. */
const MAX_DRAINED_BYTES = 64 * 1024 * 1024;

export interface WebHostOptions {
  readonly engine: Engine;
  /** Where `tokens.json` is or will be. */
  readonly dataDir: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The address to bind; loopback when missing. Any other one opens the host to the network, unencrypted. */
  readonly host?: string;
  /** The built page, as an absolute directory. */
  readonly staticDir: string;
  readonly log: HostLog;
  /** Origins besides the host's own that may talk to it, e.g. the development server's. */
  readonly allowedOrigins?: readonly string[];
  readonly table?: RequestTable;
}

export interface WebHost {
  /** The address without the token, e.g. `http://127.0.0.1:4747`. */
  readonly url: string;
  /** The owner's token. */
  readonly token: string;
  readonly port: number;
  /** A link that opens the page with the owner's token, once and within a minute. */
  readonly createOpenLink: () => string;
  /** Ends all connections. Resolves when the port is free. */
  readonly close: () => Promise<void>;
}

function boundPort(server: FastifyInstance): number {
  const address = server.server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** An address that a browser on this machine reaches the host by. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0") return LOOPBACK;
  return host === "::" ? "[::1]" : inUrl(host);
}

function addGuards(server: FastifyInstance, host: string, allowedOrigins: readonly string[]): void {
  // Only the bound server knows its port, and no request comes before that.
  let guard: ReturnType<typeof createHostGuard> | null = null;
  server.addHook("onRequest", async (request, reply) => {
    void reply.headers(commonHeaders);
    guard ??= createHostGuard({ host, port: boundPort(server), allowedOrigins });
    guard(request.headers.host ?? "", request.headers.origin);
    void reply.header("content-security-policy", contentSecurityPolicy(request.headers.host ?? ""));
  });
}

/** Params are checked by the rows' own schemas. Fastify would load compilers of JSON Schema for 30 ms, and routes have none. */
function withoutCompiler(): never {
  throw new Error("Routes have no JSON Schema here.");
}

function createServer(log: HostLog): FastifyInstance {
  const server = fastify({
    logger: false,
    bodyLimit: MAX_CLIENT_FRAME_BYTES,
    routerOptions: { maxParamLength: MAX_PATH_PARAM_LENGTH },
    schemaController: { compilersFactory: { buildValidator: withoutCompiler, buildSerializer: withoutCompiler } },
    frameworkErrors: (error, request, reply) => {
      void replyFailure(reply, failureOf(error, log, request.url));
    },
  });
  server.setErrorHandler<Error>((error, request, reply) => {
    const failure = failureOf(error, log, `${request.method} ${request.routeOptions.url ?? ""}`);
    // A connection closed on a client that is still writing is reset, and the client never reads why.
    const declared = Number(request.headers["content-length"]);
    if (failure.code === "too_large" && declared <= MAX_DRAINED_BYTES) void reply.removeHeader("connection");
    return replyFailure(reply, failure);
  });
  return server;
}

/**
 * Serves the engine over HTTP: the page, REST, the API document and the WebSocket, all on one port.
 * @throws TokenFileError when the token file cannot be used, or the system's error (e.g. `EADDRINUSE`) when the port
 * cannot be bound.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { engine, log, host = LOOPBACK, allowedOrigins = [], table = requests } = options;
  const grants = await readTokens(options.dataDir, log);
  const { token } = grants[0];
  const server = createServer(log);
  // First, so that an upgrade refused by a guard is known as one and its connection is ended.
  await prepareSockets(server, log);
  addGuards(server, host, allowedOrigins);
  await server.register(async (api) => addApi(api, { engine, table, grants, log }), { prefix: "/api/v1" });
  const createLinkPath = addOpenLinks(server, token);
  await addStaticPages(server, options.staticDir);
  await server.listen({ host, port: options.port });

  const port = boundPort(server);
  const url = `http://${reachableHost(host)}:${port}`;
  return {
    url,
    token,
    port,
    createOpenLink: () => `${url}${createLinkPath()}`,
    close: () => server.close(),
  };
}
