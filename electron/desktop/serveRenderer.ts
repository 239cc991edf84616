/** Serves the built renderer under the app's own scheme, with its security headers. */
import { readFile } from "node:fs/promises";
import { protocol } from "electron";
import { CONTENT_SECURITY_POLICY } from "./contentSecurityPolicy.ts";
import { APP_SCHEME } from "./pageAddress.ts";
import { contentTypeOf, rendererFileOf } from "./rendererFiles.ts";

/** Must run before the app is ready, or the scheme has no origin and no `fetch`. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true },
    },
  ]);
}

/** Answers every `app:` address from `root`; what is not there is a 404. */
export function serveRenderer(root: string): void {
  protocol.handle(APP_SCHEME, (request) => answer(root, request));
}

async function answer(root: string, request: Request): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return refusal(405);
  const file = rendererFileOf(root, request.url);
  if (file === null) return refusal(404);
  try {
    const body = request.method === "HEAD" ? null : new Uint8Array(await readFile(file));
    return new Response(body, { headers: { ...securityHeaders, "Content-Type": contentTypeOf(file) } });
  } catch {
    return refusal(404);
  }
}

const securityHeaders = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
};

function refusal(status: number): Response {
  return new Response(null, { status, headers: securityHeaders });
}
