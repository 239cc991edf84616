import type { FastifyInstance } from "fastify";
import { RequestError } from "../../shared/contract/errors.ts";
import type { Engine } from "../engine/engine.ts";
import type { RequestTable } from "../hosting/callRequest.ts";
import type { HostLog } from "../hosting/hostLog.ts";
import { openApiDocument } from "./openApiDocument.ts";
import { addRestRoutes } from "./restRoutes.ts";
import { addSocketRoute } from "./socketRoute.ts";
import { createTokenCheck, tokenOf } from "./tokenCheck.ts";
import type { TokenGrant } from "./tokenFile.ts";

export interface ApiOptions {
  readonly engine: Engine;
  readonly table: RequestTable;
  readonly grants: readonly TokenGrant[];
  readonly log: HostLog;
}

/** Bodies are read here so that an empty one is no params, and a broken one is named as such. */
function readJsonBodies(server: FastifyInstance): void {
  server.removeContentTypeParser("application/json");
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    const text = String(body);
    if (text.trim() === "") return done(null, undefined);
    try {
      done(null, JSON.parse(text));
    } catch {
      done(new RequestError("bad_request", "The body is not JSON."), undefined);
    }
  });
}

/** Lets only requests and upgrades with a known token pass, and remembers what theirs may do. */
function requireToken(server: FastifyInstance, grants: readonly TokenGrant[]): (request: object) => TokenGrant {
  const check = createTokenCheck(grants);
  const known = new WeakMap<object, TokenGrant>();
  server.addHook("onRequest", async (request) => {
    const token = tokenOf(request.headers);
    const grant = token === null ? null : check(token);
    if (grant === null) {
      const words = token === null ? "A token is needed." : "This token is not known here.";
      throw new RequestError(
        "unauthorized",
        `${words} The host prints its token at start and keeps it in tokens.json.`,
      );
    }
    known.set(request, grant);
  });
  return (request) => {
    const grant = known.get(request);
    if (grant === undefined) throw new RequestError("unauthorized", "A token is needed.");
    return grant;
  };
}

/** Adds everything below `/api/v1` to a server with that prefix: REST, its document, and the socket. */
export function addApi(server: FastifyInstance, options: ApiOptions): void {
  const { engine, table, log } = options;
  const hostVersion = engine.hostInfo().version;
  // Made for the first who asks: it takes a tenth of the host's start, and most hosts are never asked.
  let document: ReturnType<typeof openApiDocument> | null = null;
  const grantOf = requireToken(server, options.grants);
  readJsonBodies(server);
  addRestRoutes(server, { table, handlers: engine.handlers }, grantOf);
  addSocketRoute(server, { engine, table, hostVersion, log, grantOf });
  server.get("/openapi.json", async () => (document ??= openApiDocument(table, hostVersion)));
  server.all("/*", (request) => {
    throw new RequestError("not_found", `There is no ${request.method} ${request.url.split("?", 1)[0]} in the API.`);
  });
}
