import { z } from "zod";
import { directWrites, type RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

const rowSchema = z.object({
  pid: z.number(),
  startIdentity: z.string(),
  sessionId: z.string(),
});

/** Roughly. */
const ROW_CHARACTERS = 200;

/** A child of this or an earlier run: its pid, what tells it from a later process with that pid, and its session. */
export type OwnedProcessRow = Readonly<z.infer<typeof rowSchema>>;

/** The children that run now, kept so that a crash leaves a list of what to end. */
export interface OwnedProcessRows {
  readonly add: (row: OwnedProcessRow) => void;
  readonly remove: (pid: number) => void;
  readonly all: () => readonly OwnedProcessRow[];
}

export function ownedProcessRows(database: SqliteDatabase, writes: RowWrites = directWrites): OwnedProcessRows {
  const add = database.prepare(
    "INSERT OR REPLACE INTO owned_processes (pid, start_identity, session_id) VALUES (@pid, @startIdentity, @sessionId)",
  );
  const remove = database.prepare("DELETE FROM owned_processes WHERE pid = ?");
  const all = database.prepare(
    "SELECT pid, start_identity AS startIdentity, session_id AS sessionId FROM owned_processes",
  );
  /** Not written yet; null for one that is gone. */
  const held = new Map<number, OwnedProcessRow | null>();
  const write = (pid: number, row: OwnedProcessRow | null): void =>
    writes.write({
      act: () => void (row === null ? remove.run(pid) : add.run(row)),
      characters: () => ROW_CHARACTERS,
      what: "record",
      key: `process:${pid}`,
      onHeld: () => void held.set(pid, row),
      onSettled: () => void held.delete(pid),
    });
  return {
    add: (row) => write(row.pid, row),
    remove: (pid) => write(pid, null),
    all: () => [
      ...z
        .array(rowSchema)
        .parse(all.all())
        .filter(({ pid }) => !held.has(pid)),
      ...[...held.values()].filter((row) => row !== null),
    ],
  };
}
