/** The messages that a query finds, best first. SQL only. */
import { insideWordExpression, wholeWordExpression } from "./matchExpression.ts";
import { roleNumber } from "./messageRows.ts";
import type { SearchDatabase } from "./searchDatabase.ts";
import type { SearchTerm } from "./searchTerms.ts";
import type { MatchKind } from "./termMatches.ts";
import { wordFinder } from "./wordList.ts";
import type { SearchFilter } from "./workerMessages.ts";

/** Nobody turns more pages than this; a query that finds more is better made narrower. */
const MAX_RANKED = 1000;

/** What was said now counts twice as much as what is very old; this long ago, one and a half times as much. */
const RECENT_MS = 30 * 24 * 3_600_000;

export interface RankRequest {
  readonly terms: readonly SearchTerm[];
  readonly filter: SearchFilter;
  /** Milliseconds since 1970: what ages are counted from. */
  readonly nowMs: number;
}

/** What the statement compares with; null where anything is wanted. */
interface RankValues {
  readonly expression: string;
  readonly role: number | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly tool: string | null;
  /** As JSON. */
  readonly fileIds: string | null;
  readonly nowMs?: number;
}

export type RankMessages = (request: RankRequest, kind: MatchKind) => readonly number[];

const SQL = `
  SELECT m.message_id FROM words JOIN messages m ON m.message_id = words.rowid
  WHERE words MATCH @expression AND is_wanted(m.message_id)
    AND (@role IS NULL OR m.role = @role)
    AND (@fromMs IS NULL OR m.at_ms >= @fromMs)
    AND (@toMs IS NULL OR m.at_ms < @toMs)
    AND (@fileIds IS NULL OR m.file_id IN (SELECT value FROM json_each(@fileIds)) OR EXISTS (
      SELECT 1 FROM copies c WHERE c.key = m.key AND c.file_id IN (SELECT value FROM json_each(@fileIds))))
    AND (@tool IS NULL OR EXISTS (
      SELECT 1 FROM turn_tools t WHERE t.file_id = m.file_id AND t.turn = m.turn
        AND t.tool_id = (SELECT tool_id FROM tools WHERE name = @tool)))
  ORDER BY `;

const BY_RANK = `bm25(words) * (1 + 1 / (1 + max(0, @nowMs - coalesce(m.at_ms, 0)) / ${RECENT_MS}.0)), m.message_id`;

/** Parts of words have no rank of their own: the newest come first. */
const BY_TIME = "m.at_ms DESC, m.message_id";

/** @param isWanted asked for every message that is found; what it throws ends the query. */
export function openRanking(database: SearchDatabase, isWanted: () => boolean): RankMessages {
  database.function("is_wanted", { varargs: true, directOnly: true }, () => Number(isWanted()));
  const findWords = wordFinder(database);
  const whole = database.prepare<[RankValues], number>(`${SQL} ${BY_RANK} LIMIT ${MAX_RANKED}`).pluck();
  const inside = database.prepare<[RankValues], number>(`${SQL} ${BY_TIME} LIMIT ${MAX_RANKED}`).pluck();
  const files = database
    .prepare<[{ readonly sessionIds: string }], string>(
      `SELECT json_group_array(file_id) FROM files
      WHERE session_id IN (SELECT value FROM json_each(@sessionIds))`,
    )
    .pluck();
  return ({ terms, filter, nowMs }, kind) => {
    const expression = kind === "whole" ? wholeWordExpression(terms) : insideWordExpression(terms, findWords);
    if (expression === null) return [];
    const { fromMs = null, toMs = null, tool = null, sessionIds = null } = filter;
    const fileIds = sessionIds === null ? null : (files.get({ sessionIds: JSON.stringify(sessionIds) }) ?? null);
    const role = filter.role === undefined || filter.role === null ? null : roleNumber[filter.role];
    const statement = kind === "whole" ? whole : inside;
    const rankValues = kind === "whole" ? { nowMs } : {};
    return statement.all({ expression, role, fromMs, toMs, tool, fileIds, ...rankValues });
  };
}
