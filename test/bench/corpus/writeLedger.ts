import { chargeWith } from "../../../electron/engine/ledger/chargeEntries.ts";
import { createPriceBook } from "../../../electron/engine/ledger/pricing/priceBook.ts";
import { openLedger } from "../../../electron/engine/storage/openLedger.ts";
import { transcriptStore } from "../../../electron/engine/storage/transcriptStore.ts";
import { IndexWriter } from "../../../electron/engine/transcripts/indexWriter.ts";
import { millisecondsBetween, now } from "../measure.ts";
import type { LedgerPart } from "./ledgerParts.ts";

/** Writes a new ledger as a first scan does, and answers how many milliseconds it took until all was permanent. */
export function writeLedger(path: string, parts: readonly LedgerPart[]): number {
  const { database } = openLedger(path, () => new Date());
  const store = transcriptStore(database, chargeWith(createPriceBook(null)));
  const writer = new IndexWriter({
    store,
    onChange: () => undefined,
    onLoss: (error) => {
      throw error;
    },
  });
  const beganNs = now();
  store.expand();
  for (const { found, part } of parts) writer.writePart(found, part);
  writer.commit();
  store.rest();
  const tookMs = millisecondsBetween(beganNs, now());
  database.close();
  return tookMs;
}
