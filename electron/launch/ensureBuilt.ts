/** Brings builds up to date in a process of their own, so that the bundler's memory is gone when the host starts. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type BuildTargetName, buildTargets, isStale } from "./buildTargets.ts";
import { projectRoot } from "./paths.ts";

const buildScript = fileURLToPath(new URL("build.ts", import.meta.url));

/** Returns false when a build failed; what went wrong stands on stderr then. Writes nothing to stdout. */
export async function ensureBuilt(names: readonly BuildTargetName[]): Promise<boolean> {
  const wanted = buildTargets.filter((target) => names.includes(target.name));
  const stale = await Promise.all(wanted.map(async (target) => ((await isStale(target)) ? [target.name] : [])));
  const toBuild = stale.flat();
  if (toBuild.length === 0) return true;
  const child = spawn(process.execPath, [buildScript, ...toBuild], { cwd: projectRoot, stdio: ["ignore", 2, 2] });
  const [exitCode] = await once(child, "exit");
  return exitCode === 0;
}
