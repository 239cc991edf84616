/**
 * `ledger`: a ledger of 150,000 entries over a year: how fast the index's thread writes them, what they weigh, and how
 * long answers about them take: from the ask to the answer as `CostThread` gives it, and from a REST client's request to
 * the whole of its reply. `at rest`: nothing is written, and each question is another one. `after a write`: an entry is written
 * before each question, as while sessions run, so that nothing that was remembered is still true.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { copyFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepNewObjectsYoung } from "../../../electron/engine/keepNewObjectsYoung.ts";
import { chargeWith } from "../../../electron/engine/ledger/chargeEntries.ts";
import { CostThread } from "../../../electron/engine/ledger/costThread.ts";
import { createPriceBook } from "../../../electron/engine/ledger/pricing/priceBook.ts";
import { ledgerPath, openLedger } from "../../../electron/engine/storage/openLedger.ts";
import { transcriptStore } from "../../../electron/engine/storage/transcriptStore.ts";
import { giveBackMemory } from "../../../electron/engine/transcripts/giveBackMemory.ts";
import { IndexWriter } from "../../../electron/engine/transcripts/indexWriter.ts";
import { ledgerParts, messageCopy } from "../corpus/ledgerParts.ts";
import { Random } from "../corpus/random.ts";
import { writeLedger } from "../corpus/writeLedger.ts";
import type { FigureRun } from "../figure.ts";
import { fakeClaudePath } from "../host/probeLog.ts";
import { askByRest } from "../host/restClient.ts";
import { withHost } from "../host/withHost.ts";
import { millisecondsBetween, now, rounded, summarise } from "../measure.ts";
import { type LedgerQuestion, ledgerQuestions } from "./ledgerQuestions.ts";

const ENTRIES = 150_000;
const ORDER = { entries: ENTRIES, sessions: 2_000, projects: 50, days: 365 };
const WRITINGS = 3;
const WARM_UPS = 20;
const ASKS = 200;
const QUERY_LIMIT = { p99: 10 };

export async function ledger(run: FigureRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "switchboard-bench-ledger-"));
  try {
    const { dataDir, sessionIds } = await measureWriting(run, folder);
    // The parts that were written: collecting them would hold up the answers.
    giveBackMemory();
    // As a host does.
    keepNewObjectsYoung();
    await measureThread(run, dataDir, sessionIds);
    await measureDoor(run, dataDir, sessionIds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes them several times, each into a new file; answers where the last one is, and what it tells of. */
async function measureWriting({ report, progress }: FigureRun, folder: string) {
  const parts = ledgerParts({ ...ORDER, untilMs: Date.now() - 60_000 });
  const entriesPerSecond: number[] = [];
  let dataDir = folder;
  for (let index = 0; index < WRITINGS; index += 1) {
    dataDir = join(folder, String(index));
    await mkdir(dataDir);
    const tookMs = writeLedger(ledgerPath(dataDir), parts);
    entriesPerSecond.push(Math.round((ENTRIES * 1000) / tookMs));
    progress(`${ENTRIES} entries written in ${rounded(tookMs)} ms`);
  }
  const perSecond = entriesPerSecond.toSorted((a, b) => a - b);
  // Limits bound from above.
  const each = rounded(1e6 / (perSecond.at(-1) ?? Number.NaN));
  const median = perSecond[Math.floor(perSecond.length / 2)];
  report({
    what: "entry priced and written by the index's writer, in prepared parts, until permanent (the best run)",
    ...{
      unit: "µs",
      n: ENTRIES,
      each,
      entriesPerSecond: perSecond.at(-1),
      medianPerSecond: median,
      limit: { each: 10 },
    },
  });
  const bytes = statSync(ledgerPath(dataDir)).size;
  const eachBytes = rounded(bytes / ENTRIES);
  report({
    what: "ledger on disk, with its indexes",
    unit: "bytes an entry",
    n: ENTRIES,
    each: eachBytes,
    limit: { each: 250 },
  });
  return { dataDir, sessionIds: parts.map(({ found }) => found.sessionId ?? "") };
}

async function measureThread(run: FigureRun, dataDir: string, sessionIds: readonly string[]): Promise<void> {
  const thread = new CostThread({ ledgerPath: ledgerPath(dataDir), userPrices: () => null });
  // The thread keeps no process alive: in a host, its doors do.
  const staying = setInterval(() => undefined, 1_000);
  const beganNs = now();
  await thread.ask("state", {});
  const firstMs = rounded(millisecondsBetween(beganNs, now()));
  run.report({
    what: "first answer: the thread starts and reads all entries",
    unit: "ms",
    n: 1,
    each: firstMs,
    limit: {},
  });
  const writeOne = writing(ledgerPath(dataDir), sessionIds);
  try {
    for (const question of ledgerQuestions(sessionIds)) {
      run.progress(question.name);
      const atRest = await ask(question, (index) => question.ofThread(thread, index));
      reportQuestion(run, `${question.name}, at rest`, atRest);
      const afterWrite = await ask(question, (index) => question.ofThread(thread, index), writeOne.write);
      reportQuestion(run, `${question.name}, after a write`, afterWrite);
    }
  } finally {
    clearInterval(staying);
    writeOne.close();
    await thread.dispose();
  }
}

/** Milliseconds of each asking. */
async function ask(
  { name }: LedgerQuestion,
  once: (index: number) => Promise<unknown>,
  before: () => void = () => undefined,
): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let index = 0; index < WARM_UPS + ASKS; index += 1) {
    before();
    const beganNs = now();
    const answer = await once(index);
    if (index >= WARM_UPS) samples.push(millisecondsBetween(beganNs, now()));
    if (answer === null || answer === undefined) throw new Error(`There is no answer to ${name}.`);
  }
  return samples;
}

function reportQuestion({ report }: FigureRun, what: string, samples: readonly number[]): void {
  report({ what, unit: "ms", ...summarise(samples), entries: ENTRIES, limit: QUERY_LIMIT });
}

/** Writes one entry at a time into one of the newest sessions, as a running session does. */
function writing(
  path: string,
  sessionIds: readonly string[],
): { readonly write: () => void; readonly close: () => void } {
  const { database } = openLedger(path, () => new Date());
  const store = transcriptStore(database, chargeWith(createPriceBook(null)));
  const writer = new IndexWriter({ store, onChange: () => undefined, onLoss: () => undefined });
  const random = new Random(11);
  const write = (): void => {
    const sessionId = sessionIds[random.between(0, 9)] ?? "";
    const placed = {
      sessionId,
      path: "",
      turnId: random.uuid(),
      model: "claude-opus-5-5",
      atMs: Date.now(),
      offset: 0,
    };
    writer.writeTold({ copies: [{ ...messageCopy(random, placed), origin: "stream" }], totals: [], owned: [] });
  };
  return { write, close: () => void database.close() };
}

/** The same questions by REST, at rest. */
async function measureDoor(run: FigureRun, dataDir: string, sessionIds: readonly string[]): Promise<void> {
  const prepare = async ({ home }: { readonly home: string }): Promise<void> => {
    await mkdir(join(home, "switchboard"));
    copyFileSync(ledgerPath(dataDir), ledgerPath(join(home, "switchboard")));
  };
  await withHost({ claudePath: fakeClaudePath, prepare }, async ({ url, token }) => {
    for (const { name, ofDoor } of ledgerQuestions(sessionIds)) {
      run.progress(`${name} by REST`);
      const paths = Array.from({ length: WARM_UPS + ASKS }, (_, index) => ofDoor(index));
      const samples = await askByRest({ url, token, paths });
      reportQuestion(run, `${name}, by REST`, samples.slice(WARM_UPS));
    }
  });
}
