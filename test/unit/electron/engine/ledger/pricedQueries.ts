/** Answers about messages that are priced as the app prices them: written by the index's writer into a ledger in memory. */
import { chargeWith } from "../../../../../electron/engine/ledger/chargeEntries.ts";
import { CostQueries } from "../../../../../electron/engine/ledger/costQueries.ts";
import { createPriceBook } from "../../../../../electron/engine/ledger/pricing/priceBook.ts";
import type { CostTotal, OwnedMark } from "../../../../../electron/engine/storage/ledgerWrites.ts";
import { ledgerMigrations } from "../../../../../electron/engine/storage/migrations/ledgerMigrations.ts";
import { openDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { transcriptStore } from "../../../../../electron/engine/storage/transcriptStore.ts";
import { IndexWriter } from "../../../../../electron/engine/transcripts/indexWriter.ts";
import type { MessageCopy } from "../../../../../electron/engine/transcripts/messageCopy.ts";

/** A message with what a test cares about; tokens that are not given are 0. */
export interface GivenMessage extends Partial<Omit<MessageCopy, "atMs">> {
  readonly at: string | null;
}

export interface GivenMessages {
  readonly messages: readonly GivenMessage[];
  /** The CLI's own totals; what was added is all of one that is the only one of its session. */
  readonly totals?: readonly { readonly sessionId: string; readonly at: string; readonly totalNano: number }[];
  /** Sessions that this host runs, and where. */
  readonly owned?: readonly OwnedMark[];
}

/** One dollar a million tokens of input, 5 of output, 0.10 read from the cache, 1.25 and 2 written to it. */
export const HAIKU = "claude-haiku-4-5";
/** 4 dollars, 20, 0.20, 5 and 8. */
export const OPUS = "claude-opus-5-5";

export function pricedQueries({ messages, totals = [], owned = [] }: GivenMessages): CostQueries {
  const { database } = openDatabase(":memory:", () => new Date(), { migrations: ledgerMigrations });
  const store = transcriptStore(database, chargeWith(createPriceBook(null)));
  const onLoss = (error: unknown): never => {
    throw error;
  };
  const writer = new IndexWriter({ store, onChange: () => undefined, onLoss });
  writer.writeTold({ copies: messages.map(copyOf), totals: totals.map(totalOf), owned });
  return new CostQueries(database, null);
}

function copyOf({ at, ...given }: GivenMessage, index: number): MessageCopy {
  return {
    ...{ messageId: `msg_${String(index)}`, requestId: `req_${String(index)}`, sessionId: "s", model: HAIKU },
    ...{ input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 },
    ...{ speed: "standard", serviceTier: "standard", inferenceGeo: "", turnId: null, gitBranch: null },
    ...{ isSidechain: false, isForkCopy: false, isTurnTold: false, isProvisional: false },
    ...{ path: "", offset: 0, origin: "stream" },
    ...given,
    atMs: at === null ? null : Date.parse(at),
  };
}

function totalOf({ sessionId, at, totalNano }: NonNullable<GivenMessages["totals"]>[number]): CostTotal {
  return { sessionId, atMs: Date.parse(at), totalNano, addedNano: totalNano, turnId: null };
}
