/**
 * `first_index`: a gigabyte of transcripts, from nothing to a list of all sessions with their tokens, beside
 * `ccusage daily --json --offline` on the same files, in turn. Then the next start with nothing changed, the session
 * list, and the memory of the process that does it.
 * `CCUSAGE_PATH` names the `ccusage` to compare with; without it, it is installed into `node_modules/.cache/bench`.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { generateCorpus } from "../corpus/generateCorpus.ts";
import type { FigureRun } from "../figure.ts";
import { compare, millisecondsBetween, now, runInPairs, summarise } from "../measure.ts";
import { type Totals, totalDifferences } from "./ccusageTotals.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const target = fileURLToPath(new URL("./indexTarget.ts", import.meta.url));

const FILES = 2000;
const MESSAGES = 150_000;
const PAIRS = 3;
const NEXT_STARTS = 5;
const CCUSAGE_VERSION = "20.0.24";
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const targetSchema = z.object({
  elapsedMs: z.number(),
  listMs: z.number(),
  endMegabytes: z.number(),
  peakMegabytes: z.number(),
  longestBlockMs: z.number(),
  messages: z.number(),
  sessions: z.number(),
  databaseBytes: z.number(),
  totals: z.custom<Totals>(),
});
type TargetResult = z.infer<typeof targetSchema>;

export async function firstIndex({ report, progress }: FigureRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "switchboard-bench-index-"));
  try {
    const config = join(folder, "config");
    const ccusage = await findCcusage(progress);
    const corpus = generateCorpus({ folder: config, files: FILES, messages: MESSAGES });
    progress(`${corpus.files} files, ${corpus.bytes} bytes, ${corpus.messages} messages`);
    const results: TargetResult[] = [];
    const bareMs: number[] = [];
    let bareOutput = "";
    const samples = await runInPairs({
      pairs: PAIRS,
      warmUps: 1,
      ours: async (index) => {
        const result = await runTarget(config, join(folder, `${index}.db`));
        results.push(result);
        return result.elapsedMs;
      },
      bare: async () => {
        const beganNs = now();
        bareOutput = await runCcusage(ccusage, config, folder);
        const took = millisecondsBetween(beganNs, now());
        bareMs.push(took);
        return took;
      },
      progress,
    });
    const last = results.at(-1);
    if (last === undefined) throw new Error("Nothing was indexed.");
    const differences = totalDifferences(last.totals, bareOutput);
    for (const difference of differences) progress(`differs from ccusage: ${difference}`);
    const paired = compare(samples);
    const size = { bytes: corpus.bytes, files: corpus.files, messages: last.messages, sessions: last.sessions };
    report({
      what: "first index, divided by ccusage daily",
      unit: "ms",
      ...size,
      ...paired,
      differences: differences.length,
      limit: { ratio: 0.7, differences: 0 },
    });
    const again: TargetResult[] = [];
    for (let index = 0; index < NEXT_STARTS; index += 1) again.push(await runTarget(config, join(folder, "1.db")));
    const next = summarise(again.map(({ elapsedMs }) => elapsedMs));
    const ratio = next.p50 / summarise(bareMs).p50;
    report({
      what: "next start with nothing changed, divided by ccusage daily",
      unit: "ms",
      ...next,
      ratio,
      limit: { ratio: 0.05 },
    });
    report({
      what: "first page of the session list",
      unit: "ms",
      ...summarise(again.map(({ listMs }) => listMs)),
      limit: { max: 50 },
    });
    report({
      what: "longest time the main thread was held during the first index",
      unit: "ms",
      ...summarise(results.map(({ longestBlockMs }) => longestBlockMs)),
      limit: {},
    });
    const peak = Math.max(...results.map(({ peakMegabytes }) => peakMegabytes));
    const end = Math.max(...results.map(({ endMegabytes }) => endMegabytes));
    report({
      what: "memory of the indexing process",
      unit: "MB",
      n: results.length,
      peak,
      end,
      limit: { peak: 350, end: 180 },
    });
    report({
      what: "database",
      unit: "bytes a message",
      n: 1,
      each: last.databaseBytes / last.messages,
      limit: { each: 250 },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runTarget(config: string, database: string): Promise<TargetResult> {
  const { stdout } = await run(process.execPath, [target, config, database], { maxBuffer: MAX_OUTPUT_BYTES });
  return targetSchema.parse(JSON.parse(stdout));
}

async function runCcusage(command: string, config: string, home: string): Promise<string> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, CLAUDE_CONFIG_DIR: config, TZ: "UTC" };
  const args = ["daily", "--json", "--offline"];
  const { stdout } = await run(command, args, { env, maxBuffer: MAX_OUTPUT_BYTES });
  return stdout;
}

async function findCcusage(progress: (words: string) => void): Promise<string> {
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
