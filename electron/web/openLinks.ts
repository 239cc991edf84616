import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { RequestError } from "../../shared/contract/errors.ts";

/** Random bytes of a link: 128 bits, beyond guessing within its life. */
const CODE_BYTES = 16;

/** How long a link waits to be followed, in milliseconds: a slow first start of a browser. */
const LINK_LIFE_MS = 60_000;

/**
 * Adds links that hand the page its token once. A browser that a program starts gets its address on a command line,
 * which every user of the machine can read; such a link is worth nothing once it was followed.
 * @returns a function that makes the path of a new link, e.g. `/open/3q2-7w`.
 */
export function addOpenLinks(server: FastifyInstance, token: string): () => string {
  const codes = new Set<string>();

  server.get<{ Params: { code: string } }>("/open/:code", (request, reply) => {
    if (!codes.delete(request.params.code)) {
      throw new RequestError(
        "not_found",
        "This link was used already or is too old. Use the address printed at start.",
      );
    }
    return reply.redirect(`/#token=${token}`, 303);
  });

  return () => {
    const code = randomBytes(CODE_BYTES).toString("base64url");
    codes.add(code);
    setTimeout(() => codes.delete(code), LINK_LIFE_MS).unref();
    return `/open/${code}`;
  };
}
