/** The program that `first_index` is compared with. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
export const CCUSAGE_VERSION = "20.0.24";
/** What is asked of it: prices as they were when it was published, nothing from the network. */
export const CCUSAGE_COMMAND = ["ccusage", "daily", "--json", "--offline"] as const;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export interface CcusageRun {
  readonly command: string;
  /** The configuration folder that it reads. */
  readonly config: string;
  readonly home: string;
}

/** Answers what `ccusage daily --json --offline` prints. */
export async function runCcusage({ command, config, home }: CcusageRun): Promise<string> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, CLAUDE_CONFIG_DIR: config, TZ: "UTC" };
  const { stdout } = await run(command, CCUSAGE_COMMAND.slice(1), { env, maxBuffer: MAX_OUTPUT_BYTES });
  return stdout;
}

/** Its executable: the one of `CCUSAGE_PATH`, else one that is installed where nothing else is. */
export async function findCcusage(progress: (words: string) => void): Promise<string> {
  const given = process.env["CCUSAGE_PATH"];
  if (given !== undefined && given !== "") return given;
  const cache = join(root, "node_modules", ".cache", "bench");
  const command = join(cache, "node_modules", ".bin", "ccusage");
  if (existsSync(command)) return command;
  progress("ccusage is installed");
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, "package.json"), "{}");
  const platform = `@ccusage/ccusage-${process.platform}-${process.arch}`;
  const packages = [`ccusage@${CCUSAGE_VERSION}`, `${platform}@${CCUSAGE_VERSION}`];
  await run("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: cache });
  return command;
}
