/**
 * `build.ts [--stale] [renderer] [electron]`: builds the named parts, or all; with `--stale` only those that need it.
 * Writes to stderr alone, so that a script that starts a host after a build has stdout for itself.
 */
import { Console } from "node:console";
import { join } from "node:path";
import { build, createLogger } from "vite";
import { type BuildTarget, buildTargets, isBuildTargetName, isStale } from "./buildTargets.ts";
import { projectRoot } from "./paths.ts";

const onlyStale = process.argv.includes("--stale");
const names = process.argv.slice(2).filter((argument) => argument !== "--stale");
const unknown = names.find((name) => !isBuildTargetName(name));
if (unknown !== undefined) {
  console.error(
    `There is nothing to build named "${unknown}". Choose from: ${buildTargets.map(({ name }) => name).join(", ")}.`,
  );
  process.exit(2);
}

for (const target of buildTargets) {
  const isWanted = names.length === 0 || names.includes(target.name);
  if (!isWanted || (onlyStale && !(await isStale(target)))) continue;
  try {
    await buildTarget(target);
  } catch (error) {
    console.error(`Building ${target.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

async function buildTarget(target: BuildTarget): Promise<void> {
  console.error(`Building ${target.name}…`);
  const logger = createLogger("warn", { console: new Console(process.stderr, process.stderr) });
  for (const config of target.configs) {
    await build({ configFile: join(projectRoot, config), customLogger: logger, logLevel: "warn" });
  }
}
