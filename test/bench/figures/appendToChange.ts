/**
 * `append_to_change`: from the moment a line is appended to one of 100 files that all grow, to the moment the host's main
 * thread is told that the session changed, its row up to date.
 */
import { appendFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openTranscriptIndex } from "../../../electron/engine/transcripts/transcriptIndex.ts";
import { corpusMessage, messageRecords } from "../corpus/corpusRecords.ts";
import { generateCorpus } from "../corpus/generateCorpus.ts";
import { Random } from "../corpus/random.ts";
import type { FigureRun } from "../figure.ts";
import { millisecondsBetween, now, rounded, summarise } from "../measure.ts";

const FILES = 100;
const MESSAGES = 4000;
const APPENDS = 3000;
/** Between two appends: a hundred sessions that each write some three times a second. */
const PAUSE_MS = 3;

export async function appendToChange({ report, progress }: FigureRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "switchboard-bench-append-"));
  try {
    generateCorpus({ folder: join(folder, "config"), files: FILES, messages: MESSAGES });
    await measureAppends(folder, report, progress);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureAppends(
  folder: string,
  report: FigureRun["report"],
  progress: FigureRun["progress"],
): Promise<void> {
  const pending = new Map<string, bigint>();
  const samples: number[] = [];
  const ignore = (): void => undefined;
  await mkdir(join(folder, "data"));
  const index = await openTranscriptIndex({
    dataDir: join(folder, "data"),
    roots: () => Promise.resolve([join(folder, "config")]),
    onChange: (sessionIds) => {
      for (const sessionId of sessionIds) {
        const beganNs = pending.get(sessionId);
        if (beganNs !== undefined) samples.push(millisecondsBetween(beganNs, now()));
        pending.delete(sessionId);
      }
    },
    log: { info: ignore, warn: ignore, error: (detail, message) => progress(`${message} ${JSON.stringify(detail)}`) },
  });
  try {
    await index.scan();
    await index.watch();
    await appendInTurn(mainFiles(index.read.allSessions()), pending);
    while (pending.size > 0) await wait(PAUSE_MS);
  } finally {
    await index.dispose();
  }
  const summary = summarise(samples);
  report({
    what: "append to change told",
    unit: "ms",
    files: FILES,
    ...summary,
    p99: rounded(summary.p99),
    limit: { p99: 300 },
  });
}

interface Growing {
  readonly sessionId: string;
  readonly path: string;
}

function mainFiles(sessions: Iterable<{ readonly sessionId: string; readonly facts: string }>): readonly Growing[] {
  return [...sessions].flatMap(({ sessionId, facts }) => {
    const parsed: unknown = JSON.parse(facts);
    const path =
      typeof parsed === "object" && parsed !== null && "transcriptPath" in parsed ? parsed.transcriptPath : null;
    return typeof path === "string" ? [{ sessionId, path }] : [];
  });
}

/** A file whose last append is not told yet is left alone: what is measured is the age of what is told. */
async function appendInTurn(files: readonly Growing[], pending: Map<string, bigint>): Promise<void> {
  const random = new Random(5);
  for (let number = 0; number < APPENDS; number += 1) {
    const file = files[number % files.length];
    if (file !== undefined && !pending.has(file.sessionId)) {
      const base = { sessionId: file.sessionId, cwd: "/home/user/project-0", agentId: null };
      const message = corpusMessage(random, 10_000_000 + number, Date.now());
      pending.set(file.sessionId, now());
      await appendFile(file.path, `${messageRecords(random, base, message, file.sessionId).join("\n")}\n`);
    }
    await wait(PAUSE_MS);
  }
}
