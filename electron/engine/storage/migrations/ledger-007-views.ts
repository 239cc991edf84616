import type { Migration } from "../migration.ts";

/** Times as the host tells them: ISO 8601 in UTC. */
const time = (ms: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', ${ms} / 1000.0, 'unixepoch')`;

/** Dollars with six places; NULL, and not 0, where nothing has a price. */
const usd = (nano: string): string => `round(${nano} / 1e9, 6)`;

export const ledgerViewsMigration: Migration = {
  name: "views",
  sql: `
    -- For people with an SQLite tool; nothing here reads them.

    -- What each session used. Kinds of tokens that no message told are NULL. cost_usd is that of the messages that have a
    -- price; cli_total_usd what the CLI itself told last, which of a fork begins with its parent's.
    CREATE VIEW session_stats AS
    SELECT s.session_id, s.project_path,
      CASE WHEN json_valid(s.facts) THEN json_extract(s.facts, '$.title') END AS title,
      l.label, o.session_id IS NOT NULL AS is_owned,
      count(m.message_key) AS messages, count(DISTINCT t.turn_id) AS turns,
      sum(m.input) AS input, sum(m.output) AS output, sum(m.cache_read) AS cache_read,
      sum(m.cache_write_5m) AS cache_write_5m, sum(m.cache_write_1h) AS cache_write_1h,
      ${usd("sum(m.nano_usd)")} AS cost_usd, count(m.message_key) - count(m.nano_usd) AS unpriced_messages,
      ${usd("(SELECT c.total_nano FROM cost_totals c WHERE c.session_key = s.session_key ORDER BY c.at_ms DESC LIMIT 1)")}
        AS cli_total_usd,
      ${time("min(m.at_ms)")} AS first_at, ${time("max(m.at_ms)")} AS last_at
    FROM transcript_sessions s
      LEFT JOIN session_labels l USING (session_id)
      LEFT JOIN owned_sessions o USING (session_id)
      LEFT JOIN api_messages m USING (session_key)
      LEFT JOIN message_turns t USING (turn_key)
    GROUP BY s.session_key;

    -- Every message of the API, the newest first. turn_id: of a session that ran here, the payload that began the turn.
    -- context_tokens: what the model was given with the call. status: provisional while a message is being written, and
    -- for good when it was cut off.
    CREATE VIEW recent_messages AS
    SELECT m.message_id, 'from_session' AS direction, s.session_id, l.label, s.project_path, ${time("m.at_ms")} AS at,
      CASE WHEN m.flags & 8 THEN 'provisional' ELSE 'complete' END AS status, t.turn_id,
      m.is_sidechain AS is_subagent, k.model, c.tools, m.input, m.output, m.cache_read, m.cache_write_5m,
      m.cache_write_1h, m.input + ifnull(m.cache_read, 0) + ifnull(m.cache_write_5m, 0) + ifnull(m.cache_write_1h, 0)
        AS context_tokens,
      ${usd("m.nano_usd")} AS cost_usd, p.price_id AS price, p.source AS price_source, p.price_date
    FROM api_messages m
      JOIN transcript_sessions s USING (session_key)
      JOIN message_kinds k USING (kind_key)
      LEFT JOIN session_labels l USING (session_id)
      LEFT JOIN message_turns t USING (turn_key)
      LEFT JOIN called_tools c USING (tools_key)
      LEFT JOIN prices p USING (price_key)
    ORDER BY m.at_ms DESC, m.message_key DESC;
  `,
};
