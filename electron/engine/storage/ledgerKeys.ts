/** The numbers that stand in the ledger for sessions and for what kinds of messages have in common. */
import type { SqliteDatabase } from "./openDatabase.ts";

/** What a message's kind is made of. */
export interface MessageKind {
  readonly model: string | null;
  readonly speed: string | null;
  readonly serviceTier: string | null;
  readonly inferenceGeo: string | null;
}

/** Numbers remembered of each sort: far more than are met at a time. */
const MAX_REMEMBERED = 10_000;

/** Gives each its number when it is first asked for. */
export function ledgerKeys(database: SqliteDatabase) {
  const addSession = database.prepare("INSERT INTO transcript_sessions (session_id) VALUES (?) ON CONFLICT DO NOTHING");
  const findSession = database.prepare("SELECT session_key FROM transcript_sessions WHERE session_id = ?").pluck();
  const addKind = database.prepare(
    "INSERT INTO message_kinds (model, speed, service_tier, inference_geo) VALUES (?, ?, ?, ?)",
  );
  const findKind = database
    .prepare(
      `SELECT kind_key FROM message_kinds
      WHERE model IS ? AND speed IS ? AND service_tier IS ? AND inference_geo IS ?`,
    )
    .pluck();
  const sessions = remembering((sessionId) => {
    addSession.run(sessionId);
    return Number(findSession.get(sessionId));
  });
  const kinds = remembering((text) => {
    const parts: unknown = JSON.parse(text);
    return Number(findKind.get(parts) ?? addKind.run(parts).lastInsertRowid);
  });
  let last: MessageKind | null = null;
  let lastKey = 0;
  return {
    ofSession: sessions.of,
    ofKind: (kind: MessageKind): number => {
      if (last !== null && isSame(kind, last)) return lastKey;
      const { model, speed, serviceTier, inferenceGeo } = kind;
      lastKey = kinds.of(JSON.stringify([model, speed, serviceTier, inferenceGeo]));
      last = kind;
      return lastKey;
    },
    /** To be called after a transaction was undone: a number may stand for nothing now. */
    forget: (): void => {
      sessions.forget();
      kinds.forget();
      last = null;
    },
  };
}

function isSame(a: MessageKind, b: MessageKind): boolean {
  return (
    a.model === b.model && a.speed === b.speed && a.serviceTier === b.serviceTier && a.inferenceGeo === b.inferenceGeo
  );
}

function remembering(find: (text: string) => number) {
  const known = new Map<string, number>();
  return {
    of: (text: string): number => {
      const key = known.get(text);
      if (key !== undefined) return key;
      const found = find(text);
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(text, found);
      return found;
    },
    forget: (): void => known.clear(),
  };
}
