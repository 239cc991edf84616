/**
 * `search`: search over the 1 GB corpus: how long building takes, what it weighs on disk and in memory, how long a question takes.
 * Its words are few and in nearly every message: no corpus of real words makes questions find as much.
 * Run as a program it is the process that is measured; arguments: configuration folder, database.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { findTranscripts } from "../../../electron/engine/transcripts/findTranscripts.ts";
import type { SearchFile } from "../../../electron/engine/transcripts/search/searchFile.ts";
import {
  openTranscriptSearch,
  type TranscriptSearch,
} from "../../../electron/engine/transcripts/search/transcriptSearch.ts";
import { generateCorpus } from "../corpus/generateCorpus.ts";
import { Random } from "../corpus/random.ts";
import type { FigureRun } from "../figure.ts";
import { summarise } from "../measure.ts";

const FILES = 2000;
const MESSAGES = 150_000;
const WARM_UPS = 20;
const QUESTIONS = 300;
const MEGABYTE = 1_000_000;
const TICK_MS = 5;
const PAGE = 30;

const targetSchema = z.object({
  buildMs: z.number(),
  againMs: z.number(),
  peakMegabytes: z.number(),
  longestBlockMs: z.number(),
  databaseBytes: z.number(),
  questionMs: z.array(z.number()),
  hits: z.number(),
});
type TargetResult = z.infer<typeof targetSchema>;

export async function search({ report, progress }: FigureRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "switchboard-bench-search-"));
  try {
    const corpus = generateCorpus({ folder: join(folder, "config"), files: FILES, messages: MESSAGES });
    progress(`${corpus.files} files, ${corpus.bytes} bytes, ${corpus.messages} messages`);
    const args = [fileURLToPath(import.meta.url), join(folder, "config"), join(folder, "search.db")];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const result = targetSchema.parse(JSON.parse(stdout));
    const { bytes } = corpus;
    report({ what: "search index, built in the background", unit: "ms", n: 1, bytes, each: result.buildMs, limit: {} });
    report({
      what: "search ready at the next start, nothing changed",
      unit: "ms",
      n: 1,
      each: result.againMs,
      limit: {},
    });
    report({
      what: "search index on disk",
      unit: "bytes a byte of transcripts",
      n: 1,
      bytes: result.databaseBytes,
      each: result.databaseBytes / bytes,
      limit: { each: 0.05 },
    });
    const memory = { peak: result.peakMegabytes, limit: { peak: 60 } };
    report({ what: "memory that building takes at most", unit: "MB", n: 1, ...memory });
    report({
      what: "longest time the main thread was held while building",
      unit: "ms",
      n: 1,
      each: result.longestBlockMs,
      limit: {},
    });
    const questions = summarise(result.questionMs);
    report({ what: "two words, first page", unit: "ms", ...questions, hits: result.hits, limit: { p95: 100 } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureTarget(config: string, path: string): Promise<TargetResult> {
  const { files: found } = await findTranscripts([config]);
  const files = found.flatMap(({ kind, sessionId, ...file }) =>
    sessionId === null ? [] : [{ ...file, sessionId, isSubagent: kind === "subagent" }],
  );
  // What a host has paid already: it has threads that read transcripts.
  await new Worker("", { eval: true }).terminate();
  const baseBytes = process.memoryUsage.rss();
  let peakBytes = 0;
  let longestBlockMs = 0;
  let lastMs = performance.now();
  const ticking = setInterval(() => {
    const nowMs = performance.now();
    longestBlockMs = Math.max(longestBlockMs, nowMs - lastMs - TICK_MS);
    lastMs = nowMs;
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, TICK_MS);
  const built = await build(path, files);
  clearInterval(ticking);
  await built.search.dispose();
  const again = await build(path, files);
  const asked = await ask(again.search);
  const databaseBytes = again.search.state().sizeBytes;
  await again.search.dispose();
  const peakMegabytes = (peakBytes - baseBytes) / MEGABYTE;
  return { buildMs: built.tookMs, againMs: again.tookMs, peakMegabytes, longestBlockMs, databaseBytes, ...asked };
}

interface Built {
  readonly search: TranscriptSearch;
  readonly tookMs: number;
}

async function build(path: string, files: readonly SearchFile[]): Promise<Built> {
  const beganMs = performance.now();
  const ready = Promise.withResolvers<void>();
  const tell = (detail: object, message: string): void =>
    void process.stderr.write(`${message} ${JSON.stringify(detail)}\n`);
  const made = openTranscriptSearch({
    path,
    files: () => files,
    onStateChange: ({ state, problem }) => {
      if (problem !== null) ready.reject(new Error(problem));
      if (state === "ready") ready.resolve();
    },
    log: { info: tell, warn: tell, error: tell },
  });
  made.start();
  await ready.promise;
  return { search: made, tookMs: performance.now() - beganMs };
}

async function ask(made: TranscriptSearch): Promise<Pick<TargetResult, "questionMs" | "hits">> {
  const random = new Random(9);
  const questionMs: number[] = [];
  let hits = 0;
  for (let index = 0; index < WARM_UPS + QUESTIONS; index += 1) {
    const words = random.text(400).match(/\b[a-z]{3,}\b/gu) ?? [];
    // Half of them as typed: the last word may go on.
    const q = `${random.pick(words)} ${random.pick(words)}${random.chance(0.5) ? " " : ""}`;
    const beganMs = performance.now();
    const page = await made.query({ q, limit: PAGE }, AbortSignal.timeout(10_000));
    if (index < WARM_UPS) continue;
    questionMs.push(performance.now() - beganMs);
    hits += page.items.length;
  }
  return { questionMs, hits };
}

if (import.meta.main) {
  const [config = "", path = ""] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(await measureTarget(config, path)));
}
