import { join } from "node:path";
import { build, loadConfigFromFile, mergeConfig } from "vite";
import { projectRoot } from "../../../electron/launch/paths.ts";

const CONFIG = join(projectRoot, "electron", "vite.config.ts");

/**
 * Builds a program of the bench as the host itself is built, with the scripts of the host's threads beside it, since that
 * is what people run: its modules are few, and nothing strips their types. Answers the path of the built program.
 */
export async function buildTarget(name: string, path: string): Promise<string> {
  const host = await loadConfigFromFile({ command: "build", mode: "production" }, CONFIG);
  if (host === null) throw new Error(`${CONFIG} cannot be read.`);
  const outDir = join(projectRoot, "node_modules", ".cache", "bench", "built", name);
  const own = { configFile: false, logLevel: "warn" } as const;
  await build(mergeConfig(host.config, { ...own, build: { outDir, rolldownOptions: { input: { [name]: path } } } }));
  return join(outDir, `${name}.js`);
}
