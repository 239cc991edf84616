/** A real ledger file, written as the index's thread does: messages, totals, owned sessions and labels. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chargeWith } from "../../../electron/engine/ledger/chargeEntries.ts";
import { CostQueries } from "../../../electron/engine/ledger/costQueries.ts";
import { createPriceBook } from "../../../electron/engine/ledger/pricing/priceBook.ts";
import type { SqliteDatabase } from "../../../electron/engine/storage/openDatabase.ts";
import { ledgerPath, openLedger, openLedgerToRead } from "../../../electron/engine/storage/openLedger.ts";
import { transcriptStore } from "../../../electron/engine/storage/transcriptStore.ts";
import { IndexWriter, type ToldCharges } from "../../../electron/engine/transcripts/indexWriter.ts";
import type { MessageCopy } from "../../../electron/engine/transcripts/messageCopy.ts";

export interface LabelledLedger {
  readonly path: string;
  /** A connection that cannot write, as that of a person or of the thread that answers. */
  readonly database: SqliteDatabase;
  readonly queries: CostQueries;
  readonly tell: (charges: Partial<ToldCharges>) => void;
  /** Beside what the thread writes. */
  readonly write: (sql: string, value: string) => void;
  readonly dispose: () => void;
}

export function openLabelledLedger(): LabelledLedger {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-labels-"));
  const path = ledgerPath(folder);
  const { database: written } = openLedger(path, () => new Date());
  const onLoss = (error: unknown): void => {
    throw error;
  };
  const store = transcriptStore(written, chargeWith(createPriceBook(null)));
  const writer = new IndexWriter({ store, onChange: () => undefined, onLoss });
  const database = openLedgerToRead(path);
  return {
    path,
    database,
    queries: new CostQueries(database, null),
    tell: (charges) => void writer.writeTold({ copies: [], totals: [], owned: [], ...charges }),
    write: (sql, value) => void written.prepare(sql).run(value),
    dispose: () => {
      database.close();
      written.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A message of Opus 5.5 with 1,000 tokens of input and 100 of output, which cost $0.006, with the given differences. */
export function aCopy(messageId: string, sessionId: string, differences: Partial<MessageCopy> = {}): MessageCopy {
  return {
    ...{ messageId, sessionId, requestId: `req_${messageId}`, isSidechain: false, isForkCopy: false },
    ...{ model: "claude-opus-5-5", atMs: Date.parse("2026-11-20T10:00:00Z") },
    ...{ input: 1000, output: 100, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 },
    ...{ speed: "standard", serviceTier: "standard", inferenceGeo: "", path: "", offset: 0, origin: "stream" },
    ...{ turnId: null, isTurnTold: false, gitBranch: null, isProvisional: false },
    ...differences,
  };
}
