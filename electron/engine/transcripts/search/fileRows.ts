/**
 * The rows of transcript files: how far each is read, and what the reading of the next record needs to know.
 * Rows are typed by their statements and not checked again: what another version wrote is discarded whole, and the thread
 * that reads them has no room for a schema library.
 */
import type { SearchDatabase } from "./searchDatabase.ts";

export interface SearchFileRow {
  readonly fileId: number;
  readonly path: string;
  readonly sessionId: string;
  readonly identity: string;
  readonly fingerprint: string;
  readonly offset: number;
  /** Null while the file is not read to its end. */
  readonly sizeBytes: number | null;
  readonly modifiedMs: number | null;
  readonly bornMs: number;
  readonly turn: number;
}

export type SearchFileState = Pick<
  SearchFileRow,
  "fileId" | "path" | "identity" | "offset" | "sizeBytes" | "modifiedMs"
>;

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
  const states = database.prepare<[], SearchFileState>(
    `SELECT file_id AS fileId, path, identity, read_offset AS offset, size_bytes AS sizeBytes,
      modified_ms AS modifiedMs FROM files`,
  );
  const one = database.prepare<[string], SearchFileRow>(
    `SELECT file_id AS fileId, path, session_id AS sessionId, identity, fingerprint, read_offset AS offset,
      size_bytes AS sizeBytes, modified_ms AS modifiedMs, born_ms AS bornMs, turn
    FROM files WHERE path = ?`,
  );
  const named = database
    .prepare<[{ readonly names: string }], string>(
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
    states: () => states.all(),
    file: (path) => one.get(path) ?? null,
    named: (names) => named.all({ names: JSON.stringify(names) }),
    save: (row) => Number(save.get(row)),
    remove: (fileId) => void remove.run(fileId),
  };
}
