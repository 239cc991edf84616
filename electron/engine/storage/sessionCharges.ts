/** What single sessions cost at present, in nano-dollars. Reads the session's own rows and nothing else. */
import type { SqliteDatabase } from "./openDatabase.ts";

/** What a session has cost at present. */
export interface SessionCharge {
  /** What the CLI's totals added, and what was charged since the last of them. */
  readonly nanoUsd: number;
  readonly turnNano: number;
  readonly messages: number;
  readonly unpricedMessages: number;
}

/**
 * As `compareTotals` counts: each total by the one before it; the first of a fork begins with its parent's, and what it
 * added is known only when it says so; one of nothing that does not say so is where a count begins. Messages that no total
 * speaks of count by themselves. Where the user's own prices are in use the totals say nothing, because the CLI does not know
 * those: then all messages count by themselves.
 */
const TOTALS = `
  s AS MATERIALIZED (
    SELECT session_key AS key,
      CASE WHEN json_valid(facts) THEN json_extract(facts, '$.parentSessionId') IS NOT NULL ELSE 0 END AS is_fork
    FROM transcript_sessions WHERE session_id = @sessionId),
  told AS (SELECT at_ms, total_nano, added_nano, lag(total_nano) OVER (ORDER BY at_ms) AS before,
      ifnull(lag(at_ms) OVER (ORDER BY at_ms), -1) AS after_ms
    FROM cost_totals WHERE session_key = (SELECT key FROM s)
      AND NOT ((SELECT is_fork FROM s) AND total_nano = 0 AND added_nano IS NULL)),
  added AS MATERIALIZED (SELECT after_ms, at_ms, CASE
      WHEN total_nano = 0 AND added_nano IS NULL THEN NULL
      WHEN before IS NULL THEN ifnull(added_nano, CASE WHEN (SELECT is_fork FROM s) THEN NULL ELSE total_nano END)
      WHEN total_nano < before THEN ifnull(added_nano, total_nano)
      ELSE total_nano - before END AS nano
    FROM told),
  unknown AS MATERIALIZED (SELECT after_ms, at_ms FROM added WHERE nano IS NULL),
  own AS MATERIALIZED (SELECT EXISTS (SELECT 1 FROM api_messages JOIN prices USING (price_key)
    WHERE session_key = (SELECT key FROM s) AND source = 'user') AS is_own),
  t AS MATERIALIZED (SELECT iif(is_own, NULL, (SELECT sum(nano) FROM added)) AS nano,
    iif(is_own, -1, (SELECT ifnull(max(at_ms), -1) FROM added)) AS last_ms FROM own)`;

/** Of a message that no total speaks of. */
const IS_ALONE = `(ifnull(m.at_ms, 0) > (SELECT last_ms FROM t)
  OR EXISTS (SELECT 1 FROM unknown u WHERE ifnull(m.at_ms, 0) > u.after_ms AND ifnull(m.at_ms, 0) <= u.at_ms))`;

const OF_SESSION = "m.session_key = (SELECT key FROM s)";

export function sessionCharges(database: SqliteDatabase) {
  const cost = database
    .prepare<[{ readonly sessionId: string }], number | null>(
      `WITH ${TOTALS},
        alone AS (SELECT sum(nano_usd) AS nano FROM api_messages m WHERE ${OF_SESSION} AND ${IS_ALONE})
      SELECT CASE WHEN t.nano IS NULL THEN alone.nano ELSE t.nano + ifnull(alone.nano, 0) END FROM t, alone`,
    )
    .pluck();
  const charge = database.prepare<[{ readonly sessionId: string; readonly turnId: string | null }], SessionCharge>(
    `WITH ${TOTALS} SELECT ifnull((SELECT nano FROM t), 0)
        + ifnull(sum(CASE WHEN ${IS_ALONE} THEN m.nano_usd END), 0) AS nanoUsd,
      ifnull(sum(CASE WHEN turn_id = @turnId THEN m.nano_usd END), 0) AS turnNano,
      count(*) AS messages,
      count(*) - count(m.nano_usd) AS unpricedMessages
    FROM api_messages m LEFT JOIN message_turns USING (turn_key) WHERE ${OF_SESSION}`,
  );
  return {
    /** Null when nothing of it has a price. */
    costOfSession: (sessionId: string): number | null => cost.get({ sessionId }) ?? null,
    chargeOfSession: (sessionId: string, turnId: string | null): SessionCharge =>
      charge.get({ sessionId, turnId }) ?? { nanoUsd: 0, turnNano: 0, messages: 0, unpricedMessages: 0 },
  };
}
