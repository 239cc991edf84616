/** What single sessions cost at present, in nano-dollars. Reads the session's own rows and nothing else. */
import { UNLISTED } from "./ledgerCharge.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** What a session has cost at present. */
export interface SessionCharge {
  /** What the CLI's totals added, and what was charged since the last of them. */
  readonly nanoUsd: number;
  readonly turnNano: number;
  readonly messages: number;
  readonly unpricedMessages: number;
}

/** Totals of results are told in whole micro-dollars: a difference up to one is none. */
const ROUNDING_NANO = 1000;

const OF_SESSION = "m.session_key = (SELECT key FROM s)";
const TOKENS =
  "ifnull(input, 0) + ifnull(output, 0) + ifnull(cache_read, 0) + ifnull(cache_write_5m, 0) + ifnull(cache_write_1h, 0)";

/**
 * As `compareTotals` counts: each total by the one before it; the first of a fork begins with its parent's, and what it
 * added is known only when it says so; one of nothing that does not say so is where a count begins; one that a result tells
 * again is none. `t` is what the totals added; messages that no total speaks of count by themselves.
 */
const TOTALS = `
  s AS MATERIALIZED (
    SELECT session_key AS key,
      CASE WHEN json_valid(facts) THEN json_extract(facts, '$.parentSessionId') IS NOT NULL ELSE 0 END AS is_fork
    FROM transcript_sessions WHERE session_id = @sessionId),
  each AS (SELECT at_ms, total_nano, added_nano, turn_id, lead(total_nano) OVER w AS next_nano, lead(turn_id) OVER w AS next_turn
    FROM cost_totals WHERE session_key = (SELECT key FROM s) WINDOW w AS (ORDER BY at_ms)),
  told AS (SELECT at_ms, total_nano, added_nano, turn_id, lag(total_nano) OVER w AS before, ifnull(lag(at_ms) OVER w, -1) AS after_ms
    FROM each
    WHERE NOT ((SELECT is_fork FROM s) AND total_nano = 0 AND added_nano IS NULL)
      AND NOT (turn_id IS NULL AND added_nano IS NULL AND total_nano > 0 AND next_turn IS NOT NULL
        AND abs(next_nano - total_nano) <= ${ROUNDING_NANO})
    WINDOW w AS (ORDER BY at_ms)),
  added AS MATERIALIZED (SELECT after_ms, at_ms, turn_id, CASE
      WHEN total_nano = 0 AND added_nano IS NULL THEN NULL
      WHEN before IS NULL THEN ifnull(added_nano, CASE WHEN (SELECT is_fork FROM s) THEN NULL ELSE total_nano END)
      WHEN total_nano < before THEN ifnull(added_nano, total_nano)
      ELSE total_nano - before END AS nano
    FROM told),
  unknown AS MATERIALIZED (SELECT after_ms, at_ms FROM added WHERE nano IS NULL),
  t AS MATERIALIZED (SELECT sum(nano) AS nano, ifnull(max(at_ms), -1) AS last_ms FROM added)`;

/** When the total of a message's own turn was told, which may be after a later one's first message. */
const OF_TURN = `(SELECT min(a.at_ms) FROM added a JOIN message_turns b ON b.turn_id = a.turn_id
  WHERE b.turn_key = m.turn_key AND a.at_ms >= ifnull(m.at_ms, 0))`;

/** Of a message that no total speaks of. */
const IS_ALONE = `(ifnull(m.at_ms, 0) > (SELECT last_ms FROM t)
  OR EXISTS (SELECT 1 FROM unknown u
    WHERE (ifnull(m.at_ms, 0) > u.after_ms AND ifnull(m.at_ms, 0) <= u.at_ms AND ${OF_TURN} IS NULL) OR u.at_ms = ${OF_TURN}))`;

/**
 * Where other prices than the CLI's are in use: `beyond` is what the totals hold beyond the messages as the CLI charges them.
 * What it holds beyond those is first of all what the CLI charged for messages of which only the user knows the price.
 */
const BEYOND = `${TOTALS},
  placed AS (SELECT ifnull(${OF_TURN}, (SELECT min(a.at_ms) FROM added a WHERE a.at_ms >= ifnull(m.at_ms, 0))) AS until_ms,
      CASE WHEN list_nano = ${UNLISTED} THEN NULL ELSE ifnull(list_nano, nano_usd) END AS nano,
      list_nano = ${UNLISTED} AS is_own, ${TOKENS} AS tokens
    FROM api_messages m WHERE ${OF_SESSION}),
  stretches AS (SELECT a.nano - total(p.nano) AS nano, ifnull(max(p.is_own), 0) AS has_own,
      total(CASE WHEN p.nano IS NULL THEN p.tokens END) AS unlisted,
      total(CASE WHEN p.nano IS NULL AND NOT ifnull(p.is_own, 0) THEN p.tokens END) AS unpriced
    FROM added a LEFT JOIN placed p ON p.until_ms = a.at_ms WHERE a.nano IS NOT NULL GROUP BY a.at_ms),
  beyond AS (SELECT total(CASE WHEN nano > 0 AND has_own THEN round(nano * unpriced / max(unlisted, 1)) ELSE nano END) AS nano
    FROM stretches)`;

/** Of a message of the turn. What sub-agents do belongs to the turn that runs, and only the stream says which that is. */
const IS_OF_TURN = `(turn_id = @turnId OR (turn_id IS NULL AND is_sidechain = 1 AND at_ms >= (SELECT min(o.at_ms)
  FROM api_messages o JOIN message_turns b USING (turn_key)
  WHERE o.session_key = (SELECT key FROM s) AND o.is_sidechain = 0 AND b.turn_id = @turnId)))`;

interface SessionSum {
  readonly nano: number | null;
  /** Whether prices that the CLI does not know are in use. */
  readonly hasOwn: number;
}

interface OneSession {
  readonly sessionId: string;
}

export function sessionCharges(database: SqliteDatabase) {
  const sum = database.prepare<[OneSession], SessionSum>(
    `WITH ${TOTALS},
      alone AS (SELECT sum(CASE WHEN ${IS_ALONE} THEN nano_usd END) AS nano, count(list_nano) > 0 AS hasOwn
        FROM api_messages m WHERE ${OF_SESSION})
    SELECT CASE WHEN t.nano IS NULL THEN alone.nano ELSE t.nano + ifnull(alone.nano, 0) END AS nano, hasOwn FROM t, alone`,
  );
  const byOwnPrices = database
    .prepare<[OneSession], number | null>(
      `WITH ${BEYOND}, own AS (SELECT sum(nano_usd) AS nano FROM api_messages m WHERE ${OF_SESSION})
      SELECT CASE WHEN EXISTS (SELECT 1 FROM stretches) THEN ifnull(own.nano, 0) + beyond.nano ELSE own.nano END
      FROM own, beyond`,
    )
    .pluck();
  const charge = database.prepare<[OneSession & { readonly turnId: string | null }], Omit<SessionCharge, "nanoUsd">>(
    `WITH s AS (SELECT session_key AS key FROM transcript_sessions WHERE session_id = @sessionId)
    SELECT ifnull(sum(CASE WHEN ${IS_OF_TURN} THEN m.nano_usd END), 0) AS turnNano,
      count(*) AS messages,
      count(*) - count(m.nano_usd) AS unpricedMessages
    FROM api_messages m LEFT JOIN message_turns USING (turn_key) WHERE ${OF_SESSION}`,
  );
  const costOfSession = (sessionId: string): number | null => {
    const { nano, hasOwn } = sum.get({ sessionId }) ?? { nano: null, hasOwn: 0 };
    return hasOwn === 1 ? (byOwnPrices.get({ sessionId }) ?? null) : nano;
  };
  return {
    /** Null when nothing of it has a price. */
    costOfSession,
    chargeOfSession: (sessionId: string, turnId: string | null): SessionCharge => {
      const counts = charge.get({ sessionId, turnId }) ?? { turnNano: 0, messages: 0, unpricedMessages: 0 };
      return { nanoUsd: costOfSession(sessionId) ?? 0, ...counts };
    },
  };
}
