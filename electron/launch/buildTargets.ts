/**
 * What there is to build, from what, and whether the last build is still good.
 * Knows nothing about how a build runs.
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "./paths.ts";

export type BuildTargetName = "renderer" | "electron";

export interface BuildTarget {
  readonly name: BuildTargetName;
  /** Vite configurations, built one after the other. */
  readonly configs: readonly string[];
  /** Directories and files whose change makes the build stale. */
  readonly sources: readonly string[];
  /** Files that the build leaves; the oldest one tells its age. */
  readonly outputs: readonly string[];
}

export const buildTargets: readonly BuildTarget[] = [
  {
    name: "renderer",
    configs: ["renderer/vite.config.ts"],
    sources: ["renderer", "shared", "package-lock.json"],
    outputs: ["dist/renderer/index.html"],
  },
  {
    name: "electron",
    configs: ["electron/vite.config.ts", "electron/vite.preload.config.ts"],
    sources: ["electron", "shared", "package-lock.json"],
    outputs: ["dist/electron/main.js", "dist/electron/preload.cjs"],
  },
];

export function isBuildTargetName(name: string): name is BuildTargetName {
  return buildTargets.some((target) => target.name === name);
}

/** True when an output is missing or older than any source. `root` holds both. */
export async function isStale(target: BuildTarget, root: string = projectRoot): Promise<boolean> {
  const ages = await Promise.all(target.outputs.map((output) => changedAt(join(root, output))));
  const oldestOutput = Math.min(...ages);
  if (oldestOutput === 0) return true;
  for (const source of target.sources) {
    if ((await newestChange(join(root, source))) > oldestOutput) return true;
  }
  return false;
}

/** Milliseconds since the epoch, or 0 for a file that is not there. */
async function changedAt(path: string): Promise<number> {
  return await stat(path).then(
    (found) => found.mtimeMs,
    () => 0,
  );
}

async function newestChange(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found === null) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".tsbuildinfo"));
  const changes = await Promise.all(files.map((file) => changedAt(join(file.parentPath, file.name))));
  return Math.max(0, ...changes);
}
