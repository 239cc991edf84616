import { z } from "zod";
import { type Payload, payloadSchema, type Receipt, receiptStateSchema } from "../../../shared/model/payload.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

const rowSchema = z.looseObject({ payloadId: z.string(), position: z.number(), metadata: z.string() });

const receiptRowSchema = z.object({
  state: receiptStateSchema,
  at: z.string(),
  reason: z.string().nullable(),
});

/** One page of payloads, newest first. */
export interface PayloadPage {
  readonly items: readonly Payload[];
  /** Pass as `before` for the next page; null on the last. */
  readonly nextBefore: number | null;
}

/** Payloads and every step each of them took. */
export interface PayloadRows {
  /** Stores a payload with its first receipt. */
  readonly add: (payload: Payload) => void;
  readonly addReceipt: (payloadId: string, receipt: Receipt) => void;
  readonly get: (payloadId: string) => Payload | null;
  readonly newest: (sessionId: string, limit: number, before?: number) => PayloadPage;
  /** Payloads of an earlier run whose last receipt is not a final one. */
  readonly unfinished: () => readonly Payload[];
}

const SELECT = `
  SELECT payload_id AS payloadId, position, session_id AS sessionId, broadcast_id AS broadcastId, kind, text, metadata,
    delivery, route, sender, composed_at AS composedAt
  FROM payloads`;

export function payloadRows(database: SqliteDatabase): PayloadRows {
  const insert = database.prepare(`
    INSERT INTO payloads (payload_id, position, session_id, broadcast_id, kind, text, metadata, delivery, route,
      sender, composed_at)
    VALUES (@payloadId, (SELECT coalesce(max(position), 0) + 1 FROM payloads), @sessionId, @broadcastId, @kind, @text,
      @metadata, @delivery, @route, @sender, @composedAt)
  `);
  const insertReceipt = database.prepare(`
    INSERT INTO receipts (payload_id, position, state, at, reason)
    VALUES (@payloadId, (SELECT count(*) FROM receipts WHERE payload_id = @payloadId), @state, @at, @reason)
  `);
  const byId = database.prepare(`${SELECT} WHERE payload_id = ?`);
  const bySession = database.prepare(
    `${SELECT} WHERE session_id = @sessionId AND position < @before ORDER BY position DESC LIMIT @limit`,
  );
  const unfinished = database.prepare(`${SELECT} WHERE NOT EXISTS (
    SELECT 1 FROM receipts WHERE receipts.payload_id = payloads.payload_id
      AND (state IN ('answered', 'cancelled', 'failed') OR (state = 'delivered' AND payloads.delivery = 'silent')))
    ORDER BY position`);
  const receiptsOf = database.prepare("SELECT state, at, reason FROM receipts WHERE payload_id = ? ORDER BY position");

  const addReceipt = (payloadId: string, receipt: Receipt): void => {
    insertReceipt.run({ payloadId, state: receipt.state, at: receipt.at, reason: receipt.reason ?? null });
  };
  const toPayload = (row: unknown): Payload => {
    const { position: _position, metadata, ...columns } = rowSchema.parse(row);
    const receipts = z
      .array(receiptRowSchema)
      .parse(receiptsOf.all(columns.payloadId))
      .map(({ reason, ...receipt }) => (reason === null ? receipt : { ...receipt, reason }));
    const receipt = receipts.at(-1)?.state ?? "accepted";
    return payloadSchema.parse({ ...columns, metadata: JSON.parse(metadata), receipt, receipts });
  };

  return {
    add: database.transaction((payload: Payload) => {
      insert.run({ ...payload, receipts: null, metadata: JSON.stringify(payload.metadata) });
      for (const receipt of payload.receipts) addReceipt(payload.payloadId, receipt);
    }),
    addReceipt,
    get: (payloadId) => {
      const row = byId.get(payloadId);
      return row === undefined ? null : toPayload(row);
    },
    newest: (sessionId, limit, before = Number.MAX_SAFE_INTEGER) => {
      const rows = bySession.all({ sessionId, before, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const hasMore = rows.length > limit && last !== undefined;
      return { items: page.map(toPayload), nextBefore: hasMore ? rowSchema.parse(last).position : null };
    },
    unfinished: () => unfinished.all().map(toPayload),
  };
}
