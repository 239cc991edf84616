/**
 * The renderer's development server in front of a host: pages with hot replacement from here, `/api` from there.
 */
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { projectRoot } from "./paths.ts";

/** `hostUrl` is null when Electron carries the frames. The renderer's own configuration says how requests are passed on. */
export async function startDevServer(hostUrl: string | null): Promise<ViteDevServer> {
  if (hostUrl !== null) process.env["SWITCHBOARD_HOST_URL"] = hostUrl;
  const server = await createServer({ configFile: join(projectRoot, "renderer", "vite.config.ts") });
  return await server.listen();
}

/** @throws Error when the server did not start. */
export function addressOf(server: ViteDevServer): string {
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error("The development server has no address.");
  return address;
}
