/** Reads a request body as JSON, up to a limit. */
import type { IncomingMessage } from "node:http";

/** A conversation with a 20 MB tool result still fits; more is a mistake in a test. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Null for an empty body; throws on a body that is too large or not JSON. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MAX_BODY_BYTES) throw new Error(`The body is larger than ${String(MAX_BODY_BYTES)} bytes`);
    chunks.push(buffer);
  }
  return bytes === 0 ? null : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
