import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { TokenGrant } from "./tokenFile.ts";

/** The subprotocol that the socket speaks; browsers send their token as a second one, `bearer.<token>`. */
export const SOCKET_PROTOCOL = "switchboard.v1";

const BEARER_PROTOCOL = "bearer.";

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/**
 * Makes the check of a token against the granted ones. The time it takes tells nothing: hashes of equal length are
 * compared in constant time, and all of them, whichever matches.
 */
export function createTokenCheck(grants: readonly TokenGrant[]): (token: string) => TokenGrant | null {
  const known = grants.map((grant) => ({ grant, hash: hashOf(grant.token) }));
  return (token) => {
    const hash = hashOf(token);
    let found: TokenGrant | null = null;
    for (const entry of known) {
      if (timingSafeEqual(entry.hash, hash)) found = entry.grant;
    }
    return found;
  };
}

/** The token that a request or an upgrade carries, from its `Authorization` header or its subprotocols. */
export function tokenOf(headers: IncomingHttpHeaders): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  const offered = (headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  return offered.find((name) => name.startsWith(BEARER_PROTOCOL))?.slice(BEARER_PROTOCOL.length) ?? null;
}
