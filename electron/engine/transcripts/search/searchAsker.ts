/**
 * Answers questions from the database, inside the asking worker. Owns a connection that only reads, and the order of
 * what was found for the last few questions, so that the next page goes on in it whatever was indexed since.
 */
import { transcriptSeq } from "../replay/transcriptSeq.ts";
import { roleNumber } from "./messageRows.ts";
import { openRanking, type RankMessages, type RankRequest } from "./rankMessages.ts";
import { readSpoken } from "./readSpoken.ts";
import { isDamage, openForAsking, type SearchDatabase } from "./searchDatabase.ts";
import { type SearchTerm, searchTerms } from "./searchTerms.ts";
import { snippet } from "./snippet.ts";
import type { MatchKind } from "./termMatches.ts";
import type { AskOrder, AskRefusal, AskReport, FoundMessage, FoundPage, SearchAsk } from "./workerMessages.ts";

/** Questions whose next pages are at hand; the answer to any other is found anew. */
const MAX_RANKINGS = 8;

/** The time that ages are counted from, and how many were shown. */
const CURSOR = /^(\d{1,15})\.(\d{1,6})$/u;

interface FoundPlace {
  readonly messageId: number;
  readonly kind: MatchKind;
}

interface Ranking {
  readonly request: RankRequest;
  /** The only sessions that were asked for, as JSON; null for all. */
  readonly sessionIds: string | null;
  readonly whole: readonly number[];
  /** Null until the pages come to it. */
  inside: readonly number[] | null;
}

/** Integers are read whole: a key has 64 bits. */
interface PlaceRow {
  readonly key: bigint;
  readonly offset: bigint;
  readonly bytes: bigint;
  readonly path: string;
  readonly sessionId: string;
  readonly role: bigint;
}

class Stopped extends Error {}
class BadCursor extends Error {}

export class SearchAsker {
  readonly #database: SearchDatabase;
  readonly #rank: RankMessages;
  readonly #rankings = new Map<string, Ranking>();
  readonly #rowOf;
  readonly #sessions;
  #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

  /** @throws SQLite's error when there is no database, or a damaged one. */
  constructor(path: string) {
    this.#database = openForAsking(path);
    this.#rank = openRanking(this.#database, () => {
      if (Atomics.load(this.#stop, 0) !== 0) throw new Stopped();
      return true;
    });
    // Of a message that was found in some sessions only, the record that is in one of them.
    this.#rowOf = this.#database
      .prepare<[{ readonly messageId: number; readonly sessionIds: string | null }], PlaceRow>(
        `SELECT p.key, record_offset AS offset, record_bytes AS bytes, path, session_id AS sessionId, role FROM (
          SELECT 0 AS place, key, file_id, record_offset, record_bytes, role FROM messages WHERE message_id = @messageId
          UNION ALL
          SELECT 1, c.key, c.file_id, c.record_offset, c.record_bytes, c.role
          FROM copies c JOIN messages m USING (key) WHERE m.message_id = @messageId) p
        JOIN files USING (file_id)
        WHERE @sessionIds IS NULL OR session_id IN (SELECT value FROM json_each(@sessionIds))
        ORDER BY place, path, record_offset LIMIT 1`,
      )
      .safeIntegers();
    this.#sessions = this.#database.prepare<[], string>("SELECT DISTINCT session_id FROM files").pluck();
  }

  /** @throws what `refusalOf` knows: the question was stopped, its cursor is wrong, the database failed. */
  take(order: AskOrder): AskReport {
    if (order.kind === "sessions") return { kind: "sessions", id: order.id, sessionIds: this.#sessions.all() };
    this.#stop = new Int32Array(order.stop);
    return { kind: "found", id: order.id, page: this.#page(order.ask) };
  }

  #page(ask: SearchAsk): FoundPage {
    const cursor = readCursor(ask.cursor);
    const terms = searchTerms(ask.q);
    if (terms.length === 0) return { items: [], nextCursor: null };
    const ranking = this.#ranking(ask, terms, cursor.nowMs);
    const items: FoundMessage[] = [];
    let at = cursor.shown;
    for (; items.length < ask.limit; at += 1) {
      const found = this.#found(ranking, at);
      if (found === null) return { items, nextCursor: null };
      const item = this.#item(found, ranking);
      if (item !== null) items.push(item);
    }
    const isMore = this.#found(ranking, at) !== null;
    return { items, nextCursor: isMore ? `${ranking.request.nowMs}.${at}` : null };
  }

  #ranking({ q, filter, cursor }: SearchAsk, terms: readonly SearchTerm[], nowMs: number): Ranking {
    const key = JSON.stringify([q, filter, nowMs]);
    const known = cursor === null ? undefined : this.#rankings.get(key);
    if (known !== undefined) return known;
    const request = { terms, filter, nowMs };
    const sessionIds =
      filter.sessionIds === undefined || filter.sessionIds === null ? null : JSON.stringify(filter.sessionIds);
    const ranking = { request, sessionIds, whole: this.#rank(request, "whole"), inside: null };
    this.#rankings.delete(key);
    this.#rankings.set(key, ranking);
    for (const oldest of this.#rankings.keys()) {
      if (this.#rankings.size <= MAX_RANKINGS) break;
      this.#rankings.delete(oldest);
    }
    return ranking;
  }

  /** The message at this place of the order: whole words first, parts of words after them. */
  #found(ranking: Ranking, at: number): FoundPlace | null {
    const whole = ranking.whole[at];
    if (whole !== undefined) return { messageId: whole, kind: "whole" };
    ranking.inside ??= this.#rank(ranking.request, "inside");
    const inside = ranking.inside[at - ranking.whole.length];
    return inside === undefined ? null : { messageId: inside, kind: "inside" };
  }

  /** Null for a message that is gone, or is not at its place any longer: its file is about to be read again. */
  #item({ messageId, kind }: FoundPlace, { request, sessionIds }: Ranking): FoundMessage | null {
    if (Atomics.load(this.#stop, 0) !== 0) throw new Stopped();
    const row = this.#rowOf.get({ messageId, sessionIds });
    if (row === undefined) return null;
    const { path, sessionId, key } = row;
    const offset = Number(row.offset);
    const isSubagent = Number(row.role) === roleNumber.subagent;
    const message = readSpoken({ path, offset, bytes: Number(row.bytes), key, sessionId, isSubagent });
    if (message === null) return null;
    const { role, atMs, text } = message;
    const pieces = snippet(text, request.terms, kind);
    return { sessionId, path, role, atMs, snippet: pieces, seq: transcriptSeq(offset) };
  }
}

function readCursor(cursor: string | null): { readonly nowMs: number; readonly shown: number } {
  if (cursor === null) return { nowMs: Date.now(), shown: 0 };
  const [, nowMs, shown] = CURSOR.exec(cursor) ?? [];
  if (nowMs === undefined || shown === undefined) throw new BadCursor("The cursor is none that a search gave.");
  return { nowMs: Number(nowMs), shown: Number(shown) };
}

/** Why there is no answer. */
export function refusalOf(error: unknown): AskRefusal {
  if (error instanceof Stopped) return "stopped";
  if (error instanceof BadCursor) return "bad_cursor";
  return isDamage(error) ? "damaged" : "failed";
}
