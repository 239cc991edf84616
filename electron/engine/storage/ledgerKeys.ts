/** The numbers that stand in the ledger for sessions and for what kinds of messages have in common. */
import type { EntryCharge } from "./ledgerCharge.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** What a message's kind is made of. */
export interface MessageKind {
  readonly model: string | null;
  readonly speed: string | null;
  readonly serviceTier: string | null;
  readonly inferenceGeo: string | null;
}

/** What places a message within its session. */
export interface MessageTurn {
  readonly turnId: string | null;
  readonly gitBranch: string | null;
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
  const kinds = remembering((_name, parts) => Number(findKind.get(parts) ?? addKind.run(parts).lastInsertRowid));
  const addTurn = database.prepare("INSERT INTO message_turns (turn_id, git_branch) VALUES (?, ?)");
  const findTurn = database
    .prepare("SELECT turn_key FROM message_turns WHERE turn_id IS ? AND git_branch IS ?")
    .pluck();
  const turns = remembering((_name, parts) => Number(findTurn.get(parts) ?? addTurn.run(parts).lastInsertRowid));
  const addTools = database.prepare("INSERT INTO called_tools (tools) VALUES (?) ON CONFLICT DO NOTHING");
  const findTools = database.prepare("SELECT tools_key FROM called_tools WHERE tools = ?").pluck();
  const tools = remembering((text) => {
    addTools.run(text);
    return Number(findTools.get(text));
  });
  const addPrice = database.prepare(
    "INSERT INTO prices (price_id, source, price_date) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );
  const findPrice = database.prepare("SELECT price_key FROM prices WHERE price_id = ?").pluck();
  const prices = new Map<string, number>();
  let last: MessageKind | null = null;
  let lastKey = 0;
  let lastTurn: MessageTurn | null = null;
  let lastTurnKey = 0;
  return {
    ofSession: (sessionId: string): number => sessions.of(sessionId),
    ofKind: (kind: MessageKind): number => {
      if (last !== null && isSame(kind, last)) return lastKey;
      const { model, speed, serviceTier, inferenceGeo } = kind;
      const parts = [model, speed, serviceTier, inferenceGeo];
      lastKey = kinds.of(nameOf(parts), parts);
      last = kind;
      return lastKey;
    },
    /** Null for a message of which neither turn nor branch is known. */
    ofTurn: ({ turnId, gitBranch }: MessageTurn): number | null => {
      if (turnId === null && gitBranch === null) return null;
      if (lastTurn !== null && lastTurn.turnId === turnId && lastTurn.gitBranch === gitBranch) return lastTurnKey;
      const parts = [turnId, gitBranch];
      lastTurnKey = turns.of(nameOf(parts), parts);
      lastTurn = { turnId, gitBranch };
      return lastTurnKey;
    },
    /** Null for a message that calls none. */
    ofTools: (text: string | null): number | null => (text === null ? null : tools.of(text)),
    ofPrice: ({ priceId, source, priceDate }: EntryCharge): number | null => {
      if (priceId === null) return null;
      const known = prices.get(priceId);
      if (known !== undefined) return known;
      addPrice.run(priceId, source, priceDate);
      const key = Number(findPrice.get(priceId));
      if (prices.size >= MAX_REMEMBERED) prices.clear();
      prices.set(priceId, key);
      return key;
    },
    /** To be called after a transaction was undone: a number may stand for nothing now. */
    forget: (): void => {
      sessions.forget();
      kinds.forget();
      turns.forget();
      tools.forget();
      prices.clear();
      last = null;
      lastTurn = null;
    },
  };
}

function isSame(a: MessageKind, b: MessageKind): boolean {
  return (
    a.model === b.model && a.speed === b.speed && a.serviceTier === b.serviceTier && a.inferenceGeo === b.inferenceGeo
  );
}

/** Different for different parts: lengths stand before them. */
function nameOf(parts: readonly (string | null)[]): string {
  let name = "";
  for (const part of parts) name += part === null ? "-" : `${part.length}:${part}`;
  return name;
}

const NO_PARTS: readonly (string | null)[] = [];

/** Numbers by the names of what they stand for; `parts` are what a name is made of, where it is made of some. */
function remembering(find: (name: string, parts: readonly (string | null)[]) => number) {
  const known = new Map<string, number>();
  return {
    of: (name: string, parts: readonly (string | null)[] = NO_PARTS): number => {
      const key = known.get(name);
      if (key !== undefined) return key;
      const found = find(name, parts);
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(name, found);
      return found;
    },
    forget: (): void => known.clear(),
  };
}
