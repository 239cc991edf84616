/**
 * `open_end`: opening a session at its end, and further pages of it, in one transcript of 300 MB; the time until the page is there,
 * and what the process grows by meanwhile. Each run is a process of its own, so that none finds what another has read.
 */
import { execFile } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import {
  attachmentRecord,
  closingRecords,
  corpusMessage,
  messageRecords,
  requestRecord,
  userRecord,
} from "../corpus/corpusRecords.ts";
import { Random } from "../corpus/random.ts";
import type { FigureRun } from "../figure.ts";
import { summarise } from "../measure.ts";

const run = promisify(execFile);
const target = fileURLToPath(new URL("./openEndTarget.ts", import.meta.url));

const TRANSCRIPT_BYTES = 300_000_000;
const RUNS = 7;
const BEGIN_MS = Date.UTC(2026, 8, 1);

const resultSchema = z.object({ openMs: z.number(), olderMs: z.number(), grownMb: z.number(), events: z.number() });

export async function openEnd({ report, progress }: FigureRun): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-bench-open-"));
  try {
    const path = join(folder, "session.jsonl");
    const bytes = writeTranscript(path);
    progress(`a transcript of ${bytes} bytes`);
    const results: z.infer<typeof resultSchema>[] = [];
    for (let index = 0; index < RUNS; index += 1) {
      const { stdout } = await run(process.execPath, [target, path]);
      results.push(resultSchema.parse(JSON.parse(stdout)));
    }
    const events = results[0]?.events ?? 0;
    const opened = summarise(results.map(({ openMs }) => openMs));
    report({ what: "end of a 300 MB transcript opened", unit: "ms", bytes, events, ...opened, limit: { max: 500 } });
    const older = summarise(results.map(({ olderMs }) => olderMs));
    report({ what: "page before it", unit: "ms", bytes, events, ...older, limit: {} });
    const grown = summarise(results.map(({ grownMb }) => grownMb));
    report({ what: "memory growth while opening and paging once", unit: "MB", ...grown, limit: { max: 40 } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One session with the records of real ones, written line by line. Answers its size. */
function writeTranscript(path: string): number {
  const random = new Random(7);
  const base = { sessionId: random.uuid(), cwd: "/home/user/project", agentId: null };
  const file = openSync(path, "w");
  let bytes = 0;
  for (let turn = 0; bytes < TRANSCRIPT_BYTES; turn += 1) {
    const atMs = BEGIN_MS + turn * 20_000;
    const prompt = random.words(20);
    const lines = [
      ...(turn % 8 === 0 ? [userRecord(random, base, atMs - 1, prompt, { promptSource: "typed" })] : []),
      ...(turn % 50 === 0 ? [attachmentRecord(random, base, atMs, "prompt_snapshot", 44_000)] : []),
      requestRecord(random, base, atMs, "api-request-blob", 400),
      requestRecord(random, base, atMs, "api-request", 900),
      ...messageRecords(random, base, corpusMessage(random, turn, atMs), base.sessionId),
      ...(turn % 8 === 7 ? closingRecords(base, prompt) : []),
    ];
    bytes += writeSync(file, `${lines.join("\n")}\n`);
  }
  closeSync(file);
  return bytes;
}
