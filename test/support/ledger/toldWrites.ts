/** The single writes that sessions came to, by whoever told of them, and the ledger that a row of such writes makes. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LiveCharges } from "../../../electron/engine/costs/liveCharges.ts";
import { chargeWith } from "../../../electron/engine/ledger/chargeEntries.ts";
import { CostQueries } from "../../../electron/engine/ledger/costQueries.ts";
import { createPriceBook } from "../../../electron/engine/ledger/pricing/priceBook.ts";
import { ledgerPath, openLedger, openLedgerToRead } from "../../../electron/engine/storage/openLedger.ts";
import { transcriptStore } from "../../../electron/engine/storage/transcriptStore.ts";
import { findTranscripts, type FoundTranscript } from "../../../electron/engine/transcripts/findTranscripts.ts";
import { IndexWriter, type ToldCharges } from "../../../electron/engine/transcripts/indexWriter.ts";
import { type ScanPart, TranscriptScanner } from "../../../electron/engine/transcripts/scanTranscript.ts";
import type { CostEntry } from "../../../shared/model/cost.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";

/** One write. */
export type ToldWrite =
  | { readonly by: "stream"; readonly charges: ToldCharges }
  | { readonly by: "transcript"; readonly found: FoundTranscript; readonly part: ScanPart };

const NOTHING: ToldCharges = { copies: [], totals: [], owned: [] };
const silent = (): void => undefined;

/** What the events of live sessions come to: a write for each message, total and session. */
export async function writesOfEvents(events: Iterable<SessionEvent>): Promise<readonly ToldWrite[]> {
  const writes: ToldWrite[] = [];
  const take = (charges: Partial<ToldCharges>): number =>
    writes.push({ by: "stream", charges: { ...NOTHING, ...charges } });
  const charges = new LiveCharges({
    ask: (ask) => {
      if (ask.what === "charge") {
        for (const copy of ask.charges.copies) take({ copies: [copy] });
        for (const total of ask.charges.totals) take({ totals: [total] });
        for (const owned of ask.charges.owned) take({ owned: [owned] });
      }
      return Promise.resolve({ what: "charge", added: 0, known: 0, sessions: [] });
    },
    emit: silent,
    log: { info: silent, warn: silent, error: silent },
  });
  for (const event of events) charges.take(event);
  await charges.dispose();
  return writes;
}

/** What the transcripts below a configuration folder come to: a write for each file. */
export async function writesOfTranscripts(configDir: string): Promise<readonly ToldWrite[]> {
  const { files } = await findTranscripts([configDir]);
  const scanner = new TranscriptScanner();
  return files.flatMap((found) => {
    const parts: ScanPart[] = [];
    const { path, sessionId, kind } = found;
    scanner.scan({ path, sessionId, isSubagentFile: kind === "subagent", earlier: null }, (part) => parts.push(part));
    return parts.map((part): ToldWrite => ({ by: "transcript", found, part }));
  });
}

type PlainEntry = ReturnType<typeof plainEntry>;

export interface MadeLedger {
  /** By message: all that must not depend on who told it. */
  readonly entries: Readonly<Record<string, PlainEntry>>;
  /** By session: what it cost with and without what is beyond its messages. */
  readonly sessions: Readonly<Record<string, readonly [all: number, ofMessages: number]>>;
}

/** The ledger after these writes in this order. */
export function ledgerAfter(writes: readonly ToldWrite[]): MadeLedger {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-told-"));
  const { database } = openLedger(ledgerPath(folder), () => new Date());
  try {
    const store = transcriptStore(database, chargeWith(createPriceBook(null)));
    const onLoss = (error: unknown): void => {
      throw error;
    };
    const writer = new IndexWriter({ store, onChange: silent, onLoss });
    for (const write of writes) {
      if (write.by === "stream") writer.writeTold(write.charges);
      else writer.writePart(write.found, write.part);
    }
    writer.commit();
    return readLedger(ledgerPath(folder));
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

function readLedger(path: string): MadeLedger {
  const database = openLedgerToRead(path);
  const queries = new CostQueries(database, null);
  const { items } = queries.answer("entries", { order: "newest", limit: 100_000 });
  const { rows } = queries.answer("report", { groupBy: "session", limit: 1000, timeZone: "UTC" });
  database.close();
  return {
    entries: Object.fromEntries(items.map((entry) => [entry.messageId, plainEntry(entry)])),
    sessions: Object.fromEntries(
      rows.map(({ key, costUsd, unattributedUsd }) => [key, [micro(costUsd + unattributedUsd), costUsd]]),
    ),
  };
}

const micro = (usd: number): number => Math.round(usd * 1e6) / 1e6;

/** Without where it was read, and with one word for what has two: the API leaves out what is usual, the CLI writes it down. */
function plainEntry(entry: CostEntry) {
  const { messageId, requestId, model, speed, inferenceGeo, tokens, webSearches, costUsd, unpricedReason, price } =
    entry;
  const { sessionId, projectPath, turnId, isSubagent } = entry;
  return {
    ...{ messageId, requestId, sessionId, projectPath, isSubagent, model, costUsd, unpricedReason },
    tokens: { ...tokens, cacheWrite1h: tokens.cacheWrite1h ?? 0 },
    turnId: isSubagent ? null : turnId,
    priceId: price?.priceId ?? null,
    speed: speed ?? "standard",
    inferenceGeo: inferenceGeo ?? "",
    webSearches: webSearches ?? 0,
  };
}
