/**
 * `npm run dev`: the renderer with hot replacement. With Electron the desktop app shows it; otherwise the headless host
 * answers it in the browser and starts again when its source changes.
 */
import { createServer as createNetServer } from "node:net";
import { once } from "node:events";
import { chooseElectron } from "./chooseElectron.ts";
import { addressOf, startDevServer } from "./devServer.ts";
import { ensureBuilt } from "./ensureBuilt.ts";
import { openAddressOf } from "./openAddress.ts";
import { openBrowser } from "./openBrowser.ts";
import { followChild } from "./runChild.ts";
import { spawnElectron } from "./runElectron.ts";
import { hostArgumentsOf, readStartArguments } from "./startArguments.ts";
import { startHost } from "./startHost.ts";
import { endWithNpm } from "./watchParent.ts";

endWithNpm();
const args = readStartArguments(process.argv.slice(2));
const electron = await chooseElectron(args);
process.exitCode = electron.kind === "found" ? await devInElectron(electron.path) : await devInBrowser(electron.reason);

async function devInElectron(path: string): Promise<number> {
  if (!(await ensureBuilt(["electron"]))) return 1;
  const server = await startDevServer(null);
  console.log("The page follows its source. After a change in electron/ start this again.");
  const exitCode = await followChild(spawnElectron(path, args, { SWITCHBOARD_RENDERER_URL: addressOf(server) }));
  await server.close();
  return exitCode;
}

async function devInBrowser(reason: string): Promise<number> {
  console.log(`Without Electron (${reason}): the page runs in the browser. Ctrl+C ends it.`);
  // Chosen here and kept, so that the host comes back at the same place after a change.
  const port = args.port ?? (await freePort());
  const { child, announcement } = await startHost({
    args: hostArgumentsOf({ ...args, port }),
    nodeArgs: ["--watch", "--watch-preserve-output"],
    skipBuild: true,
  });
  if (announcement === null) return await followChild(child);
  const server = await startDevServer(announcement.url);
  const address = openAddressOf({ url: addressOf(server), token: announcement.token });
  console.log(address);
  if (args.open) openBrowser(address);
  const exitCode = await followChild(child);
  await server.close();
  return exitCode;
}

async function freePort(): Promise<string> {
  const probe = createNetServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? String(address.port) : "0";
}
