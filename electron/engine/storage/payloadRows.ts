import { z } from "zod";
import { type Payload, payloadSchema, type Receipt, receiptStateSchema } from "../../../shared/model/payload.ts";
import { directWrites, type RowWrites } from "./heldWrites.ts";
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

/** A payload and its place among all: pass it as `before` for those that are older. */
export interface PlacedPayload {
  readonly position: number;
  readonly payload: Payload;
}

/** Payloads and every step each of them took. */
export interface PayloadRows {
  /** Stores a payload with its first receipt. */
  readonly add: (payload: Payload) => void;
  readonly addReceipt: (payloadId: string, receipt: Receipt) => void;
  readonly get: (payloadId: string) => Payload | null;
  readonly newest: (sessionId: string, limit: number, before?: number) => PayloadPage;
  /** The same with the place of each, of one session or of all (null); one more than asked for when there are more. */
  readonly recent: (sessionId: string | null, limit: number, before?: number) => readonly PlacedPayload[];
  /** Payloads of an earlier run whose last receipt is not a final one. */
  readonly unfinished: () => readonly Payload[];
}

const SELECT = `
  SELECT payload_id AS payloadId, position, session_id AS sessionId, broadcast_id AS broadcastId, kind, text, metadata,
    delivery, route, sender, composed_at AS composedAt
  FROM payloads`;

/** A payload as it will be once what is held of it is written. */
interface HeldPayload extends PlacedPayload {
  /** Changes of it that are not written. */
  readonly waiting: number;
}

export function payloadRows(database: SqliteDatabase, writes: RowWrites = directWrites): PayloadRows {
  const stored = storedPayloads(database);
  const held = new Map<string, HeldPayload>();

  function nextPosition(): number {
    const last = [...held.values()].reduce((most, { position }) => Math.max(most, position), 0);
    return Math.max(last, stored.lastPosition()) + 1;
  }

  /** `changed` answers the payload after the change; null for one that nobody knows. */
  function write(payloadId: string, act: () => void, text: string, changed: () => Payload | null): void {
    const onHeld = (): void => {
      const payload = changed();
      const known = held.get(payloadId);
      if (payload === null) return;
      const position = known?.position ?? stored.row(payloadId)?.position ?? nextPosition();
      held.set(payloadId, { position, payload, waiting: (known?.waiting ?? 0) + 1 });
    };
    const onSettled = (): void => {
      const known = held.get(payloadId);
      if (known === undefined) return;
      if (known.waiting === 1) held.delete(payloadId);
      else held.set(payloadId, { ...known, waiting: known.waiting - 1 });
    };
    writes.write({ act, characters: () => text.length + SMALL_COLUMNS, what: "record", onHeld, onSettled });
  }

  const get = (payloadId: string): Payload | null =>
    held.get(payloadId)?.payload ?? stored.row(payloadId)?.payload ?? null;

  function recent(sessionId: string | null, limit: number, before = Number.MAX_SAFE_INTEGER): readonly PlacedPayload[] {
    // Those that are held take the place of what is stored of them.
    const found = stored.newest(sessionId, limit + 1 + held.size, before);
    const unwritten = [...held.values()].filter(
      ({ position, payload }) => (sessionId ?? payload.sessionId) === payload.sessionId && position < before,
    );
    return [...found.filter(({ payload }) => !held.has(payload.payloadId)), ...unwritten]
      .toSorted((a, b) => b.position - a.position)
      .slice(0, limit + 1);
  }

  return {
    add: (payload) =>
      write(
        payload.payloadId,
        () => stored.insert(payload),
        payload.text,
        () => payload,
      ),
    addReceipt: (payloadId, receipt) =>
      write(
        payloadId,
        () => stored.insertReceipt(payloadId, receipt),
        receipt.reason ?? "",
        () => withReceipt(get(payloadId), receipt),
      ),
    get,
    recent,
    newest: (sessionId, limit, before) => {
      const rows = recent(sessionId, limit, before);
      const page = rows.slice(0, limit);
      const nextBefore = rows.length > limit ? (page.at(-1)?.position ?? null) : null;
      return { items: page.map(({ payload }) => payload), nextBefore };
    },
    unfinished: stored.unfinished,
  };
}

/** Roughly. */
const SMALL_COLUMNS = 400;

function withReceipt(payload: Payload | null, receipt: Receipt): Payload | null {
  return payload === null ? null : { ...payload, receipt: receipt.state, receipts: [...payload.receipts, receipt] };
}

/** What is in the database. */
function storedPayloads(database: SqliteDatabase) {
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
  const ofAll = database.prepare(`${SELECT} WHERE position < @before ORDER BY position DESC LIMIT @limit`);
  const unfinished = database.prepare(`${SELECT} WHERE NOT EXISTS (
    SELECT 1 FROM receipts WHERE receipts.payload_id = payloads.payload_id
      AND (state IN ('answered', 'cancelled', 'failed') OR (state = 'delivered' AND payloads.delivery = 'silent')))
    ORDER BY position`);
  const receiptsOf = database.prepare("SELECT state, at, reason FROM receipts WHERE payload_id = ? ORDER BY position");
  const last = database.prepare("SELECT max(position) FROM payloads").pluck();

  const addReceipt = (payloadId: string, receipt: Receipt): void => {
    insertReceipt.run({ payloadId, state: receipt.state, at: receipt.at, reason: receipt.reason ?? null });
  };
  const toPlaced = (row: unknown): PlacedPayload => {
    const { position, metadata, ...columns } = rowSchema.parse(row);
    const receipts = z
      .array(receiptRowSchema)
      .parse(receiptsOf.all(columns.payloadId))
      .map(({ reason, ...receipt }) => (reason === null ? receipt : { ...receipt, reason }));
    const receipt = receipts.at(-1)?.state ?? "accepted";
    return {
      position,
      payload: payloadSchema.parse({ ...columns, metadata: JSON.parse(metadata), receipt, receipts }),
    };
  };

  return {
    insert: database.transaction((payload: Payload) => {
      insert.run({ ...payload, receipts: null, metadata: JSON.stringify(payload.metadata) });
      for (const receipt of payload.receipts) addReceipt(payload.payloadId, receipt);
    }),
    insertReceipt: addReceipt,
    lastPosition: (): number => Number(last.get() ?? 0),
    row: (payloadId: string) => {
      const row = byId.get(payloadId);
      return row === undefined ? null : toPlaced(row);
    },
    newest: (sessionId: string | null, limit: number, before: number) => {
      const rows = sessionId === null ? ofAll.all({ before, limit }) : bySession.all({ sessionId, before, limit });
      return rows.map(toPlaced);
    },
    unfinished: () => unfinished.all().map((row) => toPlaced(row).payload),
  };
}
