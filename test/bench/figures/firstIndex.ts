/**
 * `first_index`: a gigabyte of transcripts, from nothing to a list of all sessions with their tokens, beside
 * `ccusage daily --json --offline` on the same files, in turn. Then the next start with nothing changed, the session
 * list, and the memory of the process that does it. With `--large`, once: 8 GB in 5,000 files, without ccusage's turns.
 * `CCUSAGE_PATH` names the `ccusage` to compare with; without it, it is installed into `node_modules/.cache/bench`.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { HOST_NODE_FLAGS } from "../../../electron/launch/hostNodeFlags.ts";
import { projectRoot } from "../../../electron/launch/paths.ts";
import { type Corpus, generateCorpus } from "../corpus/generateCorpus.ts";
import { readWholeFolder } from "../corpus/readWholeFolder.ts";
import type { FigureRun } from "../figure.ts";
import { buildTarget } from "../host/buildTarget.ts";
import { compare, millisecondsBetween, now, type PairedSamples, rounded, runInPairs, summarise } from "../measure.ts";
import { findCcusage, runCcusage } from "./ccusage.ts";
import { type Costs, costDifferences, type Totals, totalDifferences } from "./ccusageTotals.ts";
import { dailyCosts } from "./dailyCosts.ts";

import { type HostPlace, type HostStart, startWholeHost } from "./wholeHost.ts";

const run = promisify(execFile);
const target = fileURLToPath(new URL("./indexTarget.ts", import.meta.url));
const compileCache = join(projectRoot, "node_modules", ".cache", "compile");

interface Extent {
  readonly files: number;
  readonly messages: number;
  readonly pairs: number;
  /** Pairs that are run first and not counted. */
  readonly warmUps: number;
}

const USUAL: Extent = { files: 2000, messages: 150_000, pairs: 3, warmUps: 1 };
const LARGE: Extent = { files: 5000, messages: 1_090_000, pairs: 1, warmUps: 0 };
const NEXT_STARTS = 5;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const targetSchema = z.object({
  elapsedMs: z.number(),
  /** Of all threads, while it was indexed. */
  cpuMs: z.number(),
  listMs: z.number(),
  allSessionsMs: z.number(),
  endMegabytes: z.number(),
  peakMegabytes: z.number(),
  longestBlockMs: z.number(),
  /** Of the main thread's own work between two looks at the clock; the other one holds waiting for a processor too. */
  longestTaskMs: z.number(),
  messages: z.number(),
  sessions: z.number(),
  databaseBytes: z.number(),
  totals: z.custom<Totals>(),
});
type TargetResult = z.infer<typeof targetSchema>;

/** All runs of one corpus. */
interface Runs {
  readonly corpus: Corpus;
  readonly samples: PairedSamples;
  readonly first: readonly TargetResult[];
  readonly next: readonly TargetResult[];
  readonly host: { readonly first: readonly HostStart[]; readonly next: readonly HostStart[] };
  readonly ccusageOutput: string;
  readonly costs: Costs;
}

export async function firstIndex(figureRun: FigureRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "switchboard-bench-index-"));
  try {
    const runs = await runAll(folder, figureRun.isLarge ? LARGE : USUAL, figureRun.progress);
    reportTimes(runs, figureRun);
    reportRoom(runs, figureRun);
    reportHost(runs, figureRun);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runAll(folder: string, extent: Extent, progress: FigureRun["progress"]): Promise<Runs> {
  const config = join(folder, "config");
  const ccusage = await findCcusage(progress);
  const program = await buildTarget("indexTarget", target);
  const corpus = generateCorpus({ folder: config, files: extent.files, messages: extent.messages });
  progress(`${corpus.files} files, ${corpus.bytes} bytes, ${corpus.messages} messages`);
  const first: TargetResult[] = [];
  let ccusageOutput = "";
  const samples = await runInPairs({
    pairs: extent.pairs,
    warmUps: extent.warmUps,
    ours: async (index) => {
      // Else whoever comes first reads from the disk, and the other from memory.
      await readWholeFolder(config);
      const result = await runTarget(program, config, join(folder, `data-${index}`));
      first.push(result);
      return result.elapsedMs;
    },
    bare: async () => {
      await readWholeFolder(config);
      const beganNs = now();
      ccusageOutput = await runCcusage({ command: ccusage, config, home: folder });
      return millisecondsBetween(beganNs, now());
    },
    progress,
  });
  const next: TargetResult[] = [];
  for (let index = 0; index < NEXT_STARTS; index += 1)
    next.push(await runTarget(program, config, join(folder, "data-0")));
  const host = await runHost({ config, home: folder, dataDir: join(folder, "host") }, extent.pairs, progress);
  return { corpus, samples, first, next, host, ccusageOutput, costs: dailyCosts(join(folder, "data-0")) };
}

/** The first starts, each from nothing, and then as many with what the last one left. */
async function runHost(place: HostPlace, times: number, progress: FigureRun["progress"]): Promise<Runs["host"]> {
  const starts = { first: [] as HostStart[], next: [] as HostStart[] };
  for (let index = 0; index < 2 * times; index += 1) {
    const isFirst = index < times;
    if (isFirst) await rm(place.dataDir, { recursive: true, force: true });
    await readWholeFolder(place.config);
    const start = await startWholeHost(place);
    starts[isFirst ? "first" : "next"].push(start);
    progress(`whole host, ${isFirst ? "first" : "next"} start: ${JSON.stringify(start)}`);
  }
  return starts;
}

function reportTimes(runs: Runs, { report, progress }: FigureRun): void {
  const { corpus, samples, first, next, ccusageOutput } = runs;
  const last = lastOf(first);
  const differences = totalDifferences(last.totals, ccusageOutput);
  const otherCosts = costDifferences(runs.costs, ccusageOutput);
  for (const difference of [...differences, ...otherCosts]) progress(`differs from ccusage: ${difference}`);
  report({
    what: "first index, divided by ccusage daily",
    unit: "ms",
    ...{ bytes: corpus.bytes, files: corpus.files, messages: last.messages, sessions: last.sessions },
    ...compare(samples),
    cpuP50: summarise(first.map(({ cpuMs }) => cpuMs)).p50,
    ...{ differences: differences.length, costDifferences: otherCosts.length },
    limit: { ratio: 0.7, differences: 0, costDifferences: 0 },
  });
  const again = summarise(next.map(({ elapsedMs }) => elapsedMs));
  const ratio = rounded(again.p50 / summarise(samples.bare).p50);
  const what = "next start with nothing changed, divided by ccusage daily";
  report({ what, unit: "ms", ...again, ratio, limit: { ratio: 0.05 } });
  const list = summarise(next.map(({ listMs }) => listMs));
  report({ what: "first page of the session list", unit: "ms", ...list, limit: { max: 50 } });
  const held = summarise(first.map(({ longestBlockMs }) => longestBlockMs));
  const own = summarise(first.map(({ longestTaskMs }) => longestTaskMs)).max;
  report({ what: "longest time the main thread was held during a first index", unit: "ms", ...held, own, limit: {} });
}

function reportRoom({ first, next }: Runs, { report }: FigureRun): void {
  const peak = Math.max(...first.map(({ peakMegabytes }) => peakMegabytes));
  const end = Math.max(...first.map(({ endMegabytes }) => endMegabytes));
  const nextEnd = Math.max(...next.map(({ endMegabytes }) => endMegabytes));
  const memory = { what: "memory of the indexing process", unit: "MB", n: first.length, peak, end, nextEnd };
  report({ ...memory, limit: { peak: 350, end: 180 } });
  const { databaseBytes, messages } = lastOf(first);
  const each = rounded(databaseBytes / messages);
  report({ what: "ledger", unit: "bytes a message", n: 1, each, limit: { each: 250 } });
}

function reportHost({ host: { first, next }, samples }: Runs, { report }: FigureRun): void {
  const bare = summarise(samples.bare).p50;
  const tell = (what: string, starts: readonly HostStart[], ratio: number): void => {
    const ready = summarise(starts.map(({ readyMs }) => readyMs));
    report({ what, unit: "ms", ...ready, ratio: rounded(ready.p50 / bare), limit: { ratio } });
  };
  tell("whole host: told where it is → index ready, divided by ccusage daily", first, 0.7);
  tell("whole host, next start: the same", next, 0.05);
  const told = summarise(next.map(({ toldMs }) => toldMs));
  report({ what: "whole host, next start: started → told where it is", unit: "ms", ...told, limit: {} });
  const peak = Math.max(...[...first, ...next].map(({ peakMb }) => peakMb));
  const end = Math.max(...first.map(({ restMb }) => restMb));
  const nextEnd = Math.max(...next.map(({ restMb }) => restMb));
  const memory = { what: "memory of the whole host, search built", unit: "MB", n: first.length, peak, end, nextEnd };
  report({ ...memory, limit: { peak: 350, end: 180 } });
}

function lastOf(results: readonly TargetResult[]): TargetResult {
  const last = results.at(-1);
  if (last === undefined) throw new Error("Nothing was indexed.");
  return last;
}

async function runTarget(program: string, config: string, dataDir: string): Promise<TargetResult> {
  await mkdir(dataDir, { recursive: true });
  const args = [...HOST_NODE_FLAGS, program, config, dataDir, compileCache];
  const { stdout } = await run(process.execPath, args, { maxBuffer: MAX_OUTPUT_BYTES });
  return targetSchema.parse(JSON.parse(stdout));
}
