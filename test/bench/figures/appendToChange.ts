/**
 * `append_to_change`: from the moment a line is appended to one of 100 files that all grow, to the moment a client of
 * the headless host has the frame that tells of the changed session, its row up to date.
 */
import { randomUUID } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { corpusMessage, messageRecords } from "../corpus/corpusRecords.ts";
import { Random } from "../corpus/random.ts";
import type { FigureRun } from "../figure.ts";
import { connectHost } from "../host/hostClient.ts";
import { fakeClaudePath } from "../host/probeLog.ts";
import { untilIndexed } from "../host/untilIndexed.ts";
import { withHost } from "../host/withHost.ts";
import { millisecondsBetween, now, summarise } from "../measure.ts";

const FILES = 100;
const MESSAGES_BEFORE = 40;
const APPENDS = 3000;
/** Between two appends: a hundred sessions that each write some three times a second. */
const PAUSE_MS = 3;
/** What is not told by then never is. */
const MAX_WAIT_MS = 10_000;

/** An append that is not told yet. */
interface Append {
  readonly beganNs: bigint;
  /** The time of its records: what is told of the session earlier is older. */
  readonly atMs: number;
}

interface Growing {
  readonly sessionId: string;
  readonly path: string;
}

export async function appendToChange({ report, progress }: FigureRun): Promise<void> {
  const random = new Random(5);
  let files: readonly Growing[] = [];
  const prepare = async ({ configDir }: { readonly configDir: string }): Promise<void> => {
    files = await writeFiles(random, configDir);
  };
  await withHost({ claudePath: fakeClaudePath, prepare }, async (host) => {
    const client = await connectHost(host);
    await untilIndexed(client);
    const pending = new Map<string, Append>();
    const samples: number[] = [];
    await client.watch(
      { kind: "host" },
      {
        onEvent: (event, atNs) => {
          if (event.type !== "session.sighted") return;
          const append = pending.get(event.sessionId);
          if (append === undefined || Date.parse(event.data.summary.lastActivityAt) < append.atMs) return;
          samples.push(millisecondsBetween(append.beganNs, atNs));
          pending.delete(event.sessionId);
        },
      },
    );
    progress(`${APPENDS} appends to ${files.length} files`);
    await appendInTurn(random, files, pending);
    const untilMs = performance.now() + MAX_WAIT_MS;
    while (pending.size > 0 && performance.now() < untilMs) await wait(PAUSE_MS);
    client.close();
    const what = "append to session.sighted at a client";
    const limit = { p99: 300, untold: 0 };
    report({ what, unit: "ms", files: FILES, ...summarise(samples), untold: pending.size, limit });
  });
}

async function writeFiles(random: Random, configDir: string): Promise<readonly Growing[]> {
  const files = Array.from({ length: FILES }, (_, index) => {
    const sessionId = randomUUID();
    return { sessionId, path: join(configDir, "projects", `-home-user-project-${index % 10}`, `${sessionId}.jsonl`) };
  });
  for (const [index, file] of files.entries()) {
    await mkdir(dirname(file.path), { recursive: true });
    for (let number = 0; number < MESSAGES_BEFORE; number += 1)
      await appendFile(file.path, messageText(random, file, index * MESSAGES_BEFORE + number).lines);
  }
  return files;
}

/** A file whose last append is not told yet is left alone: what is measured is the age of what is told. */
async function appendInTurn(random: Random, files: readonly Growing[], pending: Map<string, Append>): Promise<void> {
  for (let number = 0; number < APPENDS; number += 1) {
    const file = files[number % files.length];
    if (file !== undefined && !pending.has(file.sessionId)) {
      const text = messageText(random, file, FILES * MESSAGES_BEFORE + number);
      pending.set(file.sessionId, { beganNs: now(), atMs: text.atMs });
      await appendFile(file.path, text.lines);
    }
    await wait(PAUSE_MS);
  }
}

/** The records of a message of now. */
function messageText(
  random: Random,
  { sessionId }: Growing,
  number: number,
): { readonly atMs: number; readonly lines: string } {
  const base = { sessionId, cwd: "/home/user/project-0", agentId: null };
  const atMs = Date.now();
  const records = messageRecords(random, base, corpusMessage(random, number, atMs), sessionId);
  return { atMs, lines: `${records.join("\n")}\n` };
}
