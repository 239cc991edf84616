/** The rows of transcript files: how far each is read, and what the reading of the next record needs to know. */
import { z } from "zod";
import type { SearchDatabase } from "./searchDatabase.ts";

const fileSchema = z.object({
  fileId: z.number(),
  path: z.string(),
  sessionId: z.string(),
  identity: z.string(),
  fingerprint: z.string(),
  offset: z.number(),
  /** Null while the file is not read to its end. */
  sizeBytes: z.number().nullable(),
  modifiedMs: z.number().nullable(),
  bornMs: z.number(),
  turn: z.number(),
});
export type SearchFileRow = Readonly<z.infer<typeof fileSchema>>;

const stateSchema = fileSchema.pick({
  fileId: true,
  path: true,
  identity: true,
  offset: true,
  sizeBytes: true,
  modifiedMs: true,
});
export type SearchFileState = Readonly<z.infer<typeof stateSchema>>;

export interface FileRows {
  readonly states: () => readonly SearchFileState[];
  readonly file: (path: string) => SearchFileRow | null;
  /** Paths of the files that a list of paths and session ids names. */
  readonly named: (names: readonly string[]) => readonly string[];
  /** Answers the file's number, which stays its own. */
  readonly save: (row: Omit<SearchFileRow, "fileId">) => number;
  readonly remove: (fileId: number) => void;
}

export function fileRows(database: SearchDatabase): FileRows {
  const states = database.prepare(
    `SELECT file_id AS fileId, path, identity, read_offset AS offset, size_bytes AS sizeBytes,
      modified_ms AS modifiedMs FROM files`,
  );
  const one = database.prepare(
    `SELECT file_id AS fileId, path, session_id AS sessionId, identity, fingerprint, read_offset AS offset,
      size_bytes AS sizeBytes, modified_ms AS modifiedMs, born_ms AS bornMs, turn
    FROM files WHERE path = ?`,
  );
  const named = database
    .prepare(
      `SELECT path FROM files WHERE path IN (SELECT value FROM json_each(@names))
        OR session_id IN (SELECT value FROM json_each(@names))`,
    )
    .pluck();
  const save = database
    .prepare(
      `INSERT INTO files (path, session_id, identity, fingerprint, read_offset, size_bytes, modified_ms, born_ms, turn)
      VALUES (@path, @sessionId, @identity, @fingerprint, @offset, @sizeBytes, @modifiedMs, @bornMs, @turn)
      ON CONFLICT (path) DO UPDATE SET session_id = excluded.session_id, identity = excluded.identity,
        fingerprint = excluded.fingerprint, read_offset = excluded.read_offset, size_bytes = excluded.size_bytes,
        modified_ms = excluded.modified_ms, born_ms = excluded.born_ms, turn = excluded.turn
      RETURNING file_id`,
    )
    .pluck();
  const remove = database.prepare("DELETE FROM files WHERE file_id = ?");
  return {
    states: () => z.array(stateSchema).parse(states.all()),
    file: (path) => fileSchema.nullable().parse(one.get(path) ?? null),
    named: (names) => z.array(z.string()).parse(named.all({ names: JSON.stringify(names) })),
    save: (row) => Number(save.get(row)),
    remove: (fileId) => void remove.run(fileId),
  };
}
