import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { RequestError, toFailure } from "../../shared/contract/errors.ts";
import { replyFailure } from "./failureReply.ts";

/** The build names these files after their content, so a copy of one is good for as long as it is kept. */
const HASHED_FILES = /[\\/]assets[\\/]/;

const UNBUILT_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Switchboard: the page is not built</title>
<h1>The page is not built</h1>
<p>The host runs, but the files of its page are missing. Run <code>npm run build</code> in Switchboard's folder, then
reload. The REST door works without them.</p>
</html>
`;

function pathOf(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? "";
}

/**
 * Serves the built page from `staticDir` (absolute). It needs no token: it holds nothing but the program, and gets its
 * token from the fragment of the address that opened it. Without a build it says how to make one.
 */
export async function addStaticPages(server: FastifyInstance, staticDir: string): Promise<void> {
  await server.register(fastifyStatic, {
    root: staticDir,
    cacheControl: false,
    dotfiles: "ignore",
    suppressWarning: true,
    setHeaders: (reply, file) => {
      const isHashed = HASHED_FILES.test(file);
      void reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  server.setNotFoundHandler((request, reply) => {
    const path = pathOf(request.url);
    if (path === "/" || path === "/index.html") {
      return reply.code(503).type("text/html; charset=utf-8").send(UNBUILT_PAGE);
    }
    return replyFailure(reply, toFailure(new RequestError("not_found", `There is no ${request.method} ${path} here.`)));
  });
}
