import { z } from "zod";
import type { SqliteDatabase } from "./openDatabase.ts";

const rowSchema = z.object({
  pid: z.number(),
  startIdentity: z.string(),
  sessionId: z.string(),
});

/** A child of this or an earlier run: its pid, what tells it from a later process with that pid, and its session. */
export type OwnedProcessRow = Readonly<z.infer<typeof rowSchema>>;

/** The children that run now, kept so that a crash leaves a list of what to end. */
export interface OwnedProcessRows {
  readonly add: (row: OwnedProcessRow) => void;
  readonly remove: (pid: number) => void;
  readonly all: () => readonly OwnedProcessRow[];
}

export function ownedProcessRows(database: SqliteDatabase): OwnedProcessRows {
  const add = database.prepare(
    "INSERT OR REPLACE INTO owned_processes (pid, start_identity, session_id) VALUES (@pid, @startIdentity, @sessionId)",
  );
  const remove = database.prepare("DELETE FROM owned_processes WHERE pid = ?");
  const all = database.prepare(
    "SELECT pid, start_identity AS startIdentity, session_id AS sessionId FROM owned_processes",
  );
  return {
    add: (row) => void add.run(row),
    remove: (pid) => void remove.run(pid),
    all: () => z.array(rowSchema).parse(all.all()),
  };
}
