/**
 * Owns the kept events of owned sessions: what a client sees of a session before it came.
 * Knows nothing about what events mean, beyond which are worth keeping.
 * Invariants: events are written in order, many in one transaction; a read sees everything appended before it, also what
 * cannot be written yet; a session keeps `MAX_EVENTS_PER_SESSION` events and, until it is next trimmed, less than `TRIM_INTERVAL` more a run.
 */
import { z } from "zod";
import { weightOf } from "../../../shared/contract/events.ts";
import { type EventType, eventSchemas, type SessionEvent } from "../../../shared/model/event.ts";
import { directWrites, type RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** A long day of work is some 5,000 events; the CLI's own transcript holds what is older. */
const MAX_EVENTS_PER_SESSION = 50_000;

/** Appends to a session between two looks at how many events it keeps. */
const TRIM_INTERVAL = 1_000;

/** Long enough to write a burst in one transaction, short enough that a crash costs nothing a person would miss. */
const FLUSH_DELAY_MS = 50;

/** Appends that force a write, so that a flood never piles up in memory. */
const FLUSH_AT = 512;

const rowSchema = z.object({
  seq: z.number(),
  sessionId: z.string(),
  at: z.string(),
  type: z.string(),
  data: z.string(),
});

export interface EventPage {
  readonly items: readonly SessionEvent[];
  readonly hasOlder: boolean;
}

export interface EventJournal {
  /** Takes an event in when it is of a kind that is kept. */
  readonly append: (event: SessionEvent) => void;
  /** The newest events of a session with a smaller sequence number than `before`, in order. */
  readonly newest: (sessionId: string, limit: number, before?: number) => EventPage;
  /** The oldest events of a session with a greater sequence number than `after`, in order. */
  readonly after: (sessionId: string, after: number, limit: number) => readonly SessionEvent[];
  readonly flush: () => void;
  readonly dispose: () => void;
}

/** `onWriteError` is told of what is neither written nor held. */
export function openEventJournal(
  database: SqliteDatabase,
  onWriteError: (error: unknown) => void,
  writes: RowWrites = directWrites,
): EventJournal {
  const statements = prepareStatements(database);
  /** Bursts that are not written yet, the oldest first; all of them after what is. */
  const held = new Set<readonly SessionEvent[]>();
  let pending: SessionEvent[] = [];
  let timer: NodeJS.Timeout | undefined;
  const untrimmed = new Map<string, number>();

  const writeAll = database.transaction((events: readonly SessionEvent[]) => {
    for (const { seq, sessionId, at, type, data } of events) {
      statements.insert.run({ seq, sessionId, at, type, data: JSON.stringify(data) });
    }
    for (const { sessionId } of events) untrimmed.set(sessionId, (untrimmed.get(sessionId) ?? 0) + 1);
    for (const [sessionId, appended] of untrimmed) {
      if (appended < TRIM_INTERVAL) continue;
      statements.trim.run({ sessionId, keep: MAX_EVENTS_PER_SESSION });
      untrimmed.delete(sessionId);
    }
  });

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (pending.length === 0) return;
    const events = pending;
    pending = [];
    const characters = (): number => events.reduce((sum, { data }) => sum + JSON.stringify(data).length, 0);
    try {
      writes.write({
        act: () => writeAll(events),
        characters,
        what: "event",
        onHeld: () => void held.add(events),
        onSettled: () => void held.delete(events),
      });
    } catch (error) {
      // It must not stop a session that runs: what could not be kept is missing from its history only.
      onWriteError(error);
    }
  }

  function heldOf(sessionId: string): readonly SessionEvent[] {
    return [...held].flatMap((events) => events.filter((event) => event.sessionId === sessionId));
  }

  return {
    append: (event) => {
      const weight = weightOf(event.type);
      if (weight === "passing" || weight === "sighting") return;
      pending.push(event);
      if (pending.length >= FLUSH_AT) flush();
      else timer ??= setTimeout(flush, FLUSH_DELAY_MS);
    },
    newest: (sessionId, limit, before = Number.MAX_SAFE_INTEGER) => {
      flush();
      // One more than asked for tells whether there is more.
      const rows = statements.newest.all({ sessionId, before, limit: limit + 1 });
      const stored = rows.slice(0, limit).flatMap(toEvent).toReversed();
      const unwritten = heldOf(sessionId).filter(({ seq }) => seq < before);
      const hasOlder = rows.length > limit || stored.length + unwritten.length > limit;
      return { items: [...stored, ...unwritten].slice(-limit), hasOlder };
    },
    after: (sessionId, after, limit) => {
      flush();
      const stored = statements.after.all({ sessionId, after, limit }).flatMap(toEvent);
      return [...stored, ...heldOf(sessionId).filter(({ seq }) => seq > after)].slice(0, limit);
    },
    flush,
    dispose: flush,
  };
}

function prepareStatements(database: SqliteDatabase) {
  const columns = "seq, session_id AS sessionId, at, type, data";
  return {
    insert: database.prepare(
      "INSERT INTO events (seq, session_id, at, type, data) VALUES (@seq, @sessionId, @at, @type, @data)",
    ),
    newest: database.prepare(
      `SELECT ${columns} FROM events WHERE session_id = @sessionId AND seq < @before ORDER BY seq DESC LIMIT @limit`,
    ),
    after: database.prepare(
      `SELECT ${columns} FROM events WHERE session_id = @sessionId AND seq > @after ORDER BY seq LIMIT @limit`,
    ),
    trim: database.prepare(`
      DELETE FROM events WHERE session_id = @sessionId AND seq <= (
        SELECT seq FROM events WHERE session_id = @sessionId ORDER BY seq DESC LIMIT 1 OFFSET @keep
      )
    `),
  };
}

/** A row of a type that this version does not know is left out rather than shown wrong. */
function toEvent(row: unknown): SessionEvent[] {
  const { type, data, ...envelope } = rowSchema.parse(row);
  if (!isEventType(type)) return [];
  const parsed = eventSchemas[type].safeParse(JSON.parse(data));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the data was parsed with the schema of this very type
  return parsed.success ? [{ ...envelope, type, data: parsed.data } as SessionEvent] : [];
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventSchemas, type);
}
