/**
 * `npm start [-- --no-open --browser --port N --data-dir D]`: builds what is missing or stale, then opens the app:
 * in Electron where its binary is there or can be fetched, else in the browser on the headless host.
 */
import { chooseElectron } from "./chooseElectron.ts";
import { ensureBuilt } from "./ensureBuilt.ts";
import { openAddressOf } from "./openAddress.ts";
import { followChild } from "./runChild.ts";
import { spawnElectron } from "./runElectron.ts";
import { hostArgumentsOf, readStartArguments, type StartArguments } from "./startArguments.ts";
import { startHost } from "./startHost.ts";
import { endWithNpm } from "./watchParent.ts";

endWithNpm();
const args = readStartArguments(process.argv.slice(2));
const electron = await chooseElectron(args);
process.exitCode =
  electron.kind === "found" ? await runDesktop(electron.path) : await runInBrowser(electron.reason, args);

async function runDesktop(path: string): Promise<number> {
  if (!(await ensureBuilt(["renderer", "electron"]))) return 1;
  return await followChild(spawnElectron(path, args));
}

async function runInBrowser(reason: string, startArguments: StartArguments): Promise<number> {
  console.log(`Without Electron (${reason}): Switchboard runs in the browser. Ctrl+C ends it.`);
  const open = startArguments.open ? ["--open"] : [];
  const { child, announcement } = await startHost({ args: [...hostArgumentsOf(startArguments), ...open] });
  if (announcement !== null) console.log(openAddressOf(announcement));
  return await followChild(child);
}
