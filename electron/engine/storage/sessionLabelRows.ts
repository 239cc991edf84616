import type { SessionLabel } from "../../../shared/model/session.ts";
import { directWrites, type RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** The labels of sessions, whoever runs them. */
export interface SessionLabelRows {
  readonly save: (labelled: SessionLabel) => void;
  /** All that are written, those that were taken away too. */
  readonly all: () => readonly SessionLabel[];
}

export function sessionLabelRows(database: SqliteDatabase, writes: RowWrites = directWrites): SessionLabelRows {
  const save = database.prepare<[SessionLabel]>(
    `INSERT INTO session_labels (session_id, label) VALUES (@sessionId, @label)
    ON CONFLICT (session_id) DO UPDATE SET label = excluded.label`,
  );
  const all = database.prepare<[], SessionLabel>("SELECT session_id AS sessionId, label FROM session_labels");
  return {
    save: (labelled) => {
      const characters = (): number => labelled.sessionId.length + (labelled.label?.length ?? 0);
      writes.write({
        act: () => void save.run(labelled),
        characters,
        what: "record",
        key: `label:${labelled.sessionId}`,
      });
    },
    all: () => all.all(),
  };
}
