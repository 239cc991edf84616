import type { Migration } from "../migration.ts";

export const sentMessagesMigration: Migration = {
  name: "sentMessages",
  sql: `
    -- For people with an SQLite tool: every payload as a message to its session, the newest first, with how far it got.
    -- turn_id is that of the turn it caused: what that cost is in the recent_messages of ledger.db.
    CREATE VIEW sent_messages AS
    SELECT p.payload_id AS message_id, 'to_session' AS direction, p.session_id, l.label,
      ifnull(first.at, p.composed_at) AS at, ifnull(last.state, 'accepted') AS status, last.at AS status_at,
      last.reason AS status_reason, p.kind, p.text, p.metadata, p.sender, p.delivery, p.broadcast_id,
      p.payload_id AS turn_id
    FROM payloads p
      LEFT JOIN session_labels l USING (session_id)
      LEFT JOIN receipts first ON first.payload_id = p.payload_id AND first.position = 0
      LEFT JOIN receipts last ON last.payload_id = p.payload_id
        AND last.position = (SELECT max(position) FROM receipts r WHERE r.payload_id = p.payload_id)
    ORDER BY p.position DESC;
  `,
};
