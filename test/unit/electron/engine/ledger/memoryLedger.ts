/** A ledger in memory: written as the index writes it, asked as clients ask. */
import { importedCharges } from "../../../../../electron/engine/costs/importedCharges.ts";
import { chargeWith } from "../../../../../electron/engine/ledger/chargeEntries.ts";
import { readImport } from "../../../../../electron/engine/ledger/costImport.ts";
import { CostQueries } from "../../../../../electron/engine/ledger/costQueries.ts";
import type { CostAnswers } from "../../../../../electron/engine/ledger/costMessages.ts";
import { createPriceBook } from "../../../../../electron/engine/ledger/pricing/priceBook.ts";
import { ledgerMigrations } from "../../../../../electron/engine/storage/migrations/ledgerMigrations.ts";
import { openDatabase, type SqliteDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { transcriptStore } from "../../../../../electron/engine/storage/transcriptStore.ts";
import { IndexWriter, type ToldOutcome } from "../../../../../electron/engine/transcripts/indexWriter.ts";

type ExportAsk = Omit<CostAnswers["export"]["ask"], "cursor">;

export interface MemoryLedger {
  readonly database: SqliteDatabase;
  readonly writer: IndexWriter;
  /** Answers from all that is written. */
  readonly queries: () => CostQueries;
  /** The whole export, part after part. */
  readonly exported: (ask: ExportAsk) => string;
  /** Takes an export in; fails where a row of it is refused. */
  readonly take: (text: string) => ToldOutcome;
}

const chargeOf = chargeWith(createPriceBook(null));

export function memoryLedger(): MemoryLedger {
  const { database } = openDatabase(":memory:", () => new Date(), { migrations: ledgerMigrations });
  const onLoss = (error: unknown): void => {
    throw error;
  };
  const store = transcriptStore(database, chargeOf);
  const writer = new IndexWriter({ store, onChange: () => undefined, onLoss });
  const queries = (): CostQueries => {
    writer.commit();
    return new CostQueries(database, null);
  };
  return {
    ...{ database, writer, queries },
    exported: (ask) => {
      const answering = queries();
      let part = answering.answer("export", ask);
      let { text } = part;
      while (part.nextCursor !== null) {
        part = answering.answer("export", { ...ask, cursor: part.nextCursor });
        text += part.text;
      }
      return text;
    },
    take: (text) => {
      const { rejected, ...read } = readImport(text);
      if (rejected.length > 0) throw new Error(JSON.stringify(rejected));
      return writer.writeTold(importedCharges(read));
    },
  };
}
