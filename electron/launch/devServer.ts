/**
 * The renderer's development server in front of a host: pages with hot replacement from here, `/api` from there.
 */
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { projectRoot } from "./paths.ts";

/** Starts on a free port of the loopback address. `hostUrl` is null when Electron carries the frames. */
export async function startDevServer(hostUrl: string | null): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: join(projectRoot, "renderer", "vite.config.ts"),
    server: { host: "127.0.0.1", ...(hostUrl === null ? {} : { proxy: { "/api": proxyTo(hostUrl) } }) },
  });
  return await server.listen();
}

/** The host refuses a foreign Origin, and this server is one: so the page's Origin is replaced by the host's own. */
function proxyTo(hostUrl: string) {
  const { origin } = new URL(hostUrl);
  return { target: origin, changeOrigin: true, ws: true, headers: { origin } };
}

/** @throws Error when the server did not start. */
export function addressOf(server: ViteDevServer): string {
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("The development server has no address.");
  return address;
}
