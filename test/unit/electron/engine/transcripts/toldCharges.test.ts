/** The ledger is the same whatever told it first: transcripts, the live stream, an export, in any order and again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { chargeWith } from "../../../../../electron/engine/ledger/chargeEntries.ts";
import { createPriceBook } from "../../../../../electron/engine/ledger/pricing/priceBook.ts";
import { ledgerPath, openLedger } from "../../../../../electron/engine/storage/openLedger.ts";
import { transcriptStore } from "../../../../../electron/engine/storage/transcriptStore.ts";
import { emptyFacts } from "../../../../../electron/engine/transcripts/fileFacts.ts";
import { IndexWriter } from "../../../../../electron/engine/transcripts/indexWriter.ts";
import type { MessageCopy } from "../../../../../electron/engine/transcripts/messageCopy.ts";

const chargeOf = chargeWith(createPriceBook(null));

/** What one message came to be told as, by one teller. */
const copies = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 4 }),
    origin: fc.constantFrom("stream", "transcript", "import"),
    isProvisional: fc.boolean(),
    /** Known by its counts, or no longer: then its teller says so. */
    bad: fc.constantFrom("not", "not", "counts", "told"),
  }),
  { maxLength: 24 },
);
type Told = Pick<MessageCopy, "origin" | "isProvisional"> & {
  readonly id: number;
  readonly bad: "not" | "counts" | "told";
};

function copyOf({ id, origin, isProvisional, bad }: Told): MessageCopy {
  return {
    ...{ messageId: `msg_${String(id)}`, requestId: `req_${String(id)}`, sessionId: "s1", isForkCopy: false },
    ...{ isSidechain: id === 4, model: "claude-opus-5-5", atMs: Date.parse("2026-11-20T10:00:00Z") + id },
    ...{ input: 10 * id, output: isProvisional ? 1 : 7 * id, cacheRead: 5, cacheWrite5m: 3, cacheWrite1h: 2 },
    ...{ webSearches: 0, speed: "standard", serviceTier: "standard", inferenceGeo: "" },
    ...{ path: origin === "transcript" ? "/a.jsonl" : "", offset: 100 * id, origin, isProvisional },
    ...{ turnId: `turn_${String(id)}`, isTurnTold: origin === "stream", gitBranch: null },
    ...(bad === "counts" ? { input: 1e15, cacheRead: -3 } : {}),
    ...(bad === "told" ? { input: null, output: null, hasBadUsage: true } : {}),
  };
}

function ledgerOf(told: readonly Told[]): readonly unknown[] {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-told-"));
  const { database } = openLedger(ledgerPath(folder), () => new Date());
  const store = transcriptStore(database, chargeOf);
  const onLoss = (error: unknown): void => {
    throw error;
  };
  const writer = new IndexWriter({ store, onChange: () => undefined, onLoss });
  const file = { path: "/a.jsonl", kind: "main", sessionId: "s1" } as const;
  const stat = { identity: "1:1", sizeBytes: 1, modifiedMs: 1 };
  for (const one of told) {
    const copy = copyOf(one);
    if (one.origin !== "transcript") writer.writeTold({ copies: [copy], totals: [], owned: [] });
    else {
      const part = { ...stat, offset: 1, fingerprint: "", facts: emptyFacts(), isAnew: false, isDone: true };
      writer.writePart({ ...file, ...stat }, { ...part, copies: [copy], totals: [] });
    }
  }
  writer.commit();
  const rows = database
    .prepare(
      `SELECT message_id, input, output, nano_usd, saved_nano, unpriced_reason, turn_id, file_id, m.flags FROM api_messages m
      LEFT JOIN message_turns USING (turn_key) ORDER BY message_id, variant`,
    )
    .all();
  database.close();
  rmSync(folder, { recursive: true });
  return rows;
}

it("in any order, and told again", () => {
  fc.assert(
    fc.property(
      copies.chain((told) =>
        fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 })),
      ),
      ([told, other]) => {
        expect(ledgerOf(other)).toEqual(ledgerOf(told));
      },
    ),
    { numRuns: 40 },
  );
});

it("each message once, by what the transcript says", () => {
  const both = ["stream", "transcript", "import"] as const;
  const told = [1, 2, 3].flatMap((id) =>
    both.map((origin) => ({ id, origin, isProvisional: false, bad: "not" as const })),
  );
  const amounts = (rows: readonly unknown[]) => rows.map((row) => ({ ...Object(row), file_id: 0, flags: 0 }));
  for (const origin of both)
    expect(amounts(ledgerOf(told.filter((one) => one.origin === origin)))).toEqual(amounts(ledgerOf(told)));
});
