/** The labels of sessions as the ledger has them: a copy, by which it sums. */
import type { SessionLabel } from "../../../shared/model/session.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

export function ledgerLabelWrites(database: SqliteDatabase) {
  const insert = `INSERT INTO session_labels (session_id, label, change_number)
    VALUES (@sessionId, @label, (SELECT ifnull(max(change_number), 0) + 1 FROM session_labels))`;
  const set = database.prepare<[SessionLabel]>(
    `${insert} ON CONFLICT DO UPDATE SET label = excluded.label, change_number = excluded.change_number
      WHERE label IS NOT excluded.label`,
  );
  const add = database.prepare<[SessionLabel]>(`${insert} ON CONFLICT DO NOTHING`);
  return {
    set: (labelled: SessionLabel): void => void set.run(labelled),
    /** Unless something is known of the session, be it that its label was taken away. */
    addIfNew: (labelled: SessionLabel): void => void add.run(labelled),
  };
}

/** All labels, those that were taken away too; none of a ledger that is older than labels. */
export function labelsIn(database: SqliteDatabase): IterableIterator<SessionLabel> {
  const isOlder = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'session_labels'").get() === undefined;
  const nothing: readonly SessionLabel[] = [];
  if (isOlder) return nothing.values();
  return database.prepare<[], SessionLabel>("SELECT session_id AS sessionId, label FROM session_labels").iterate();
}

/** Answers a number that is another one whenever a label became another one. */
export function labelsMark(database: SqliteDatabase): () => number {
  const mark = database.prepare<[], number>("SELECT ifnull(max(change_number), 0) FROM session_labels").pluck();
  return () => mark.get() ?? 0;
}
