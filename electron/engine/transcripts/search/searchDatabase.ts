/**
 * The file that search keeps: opening it, its shape, and when it is begun anew. Derived data: it may be deleted at any
 * time, and is deleted whenever it is damaged or of another shape.
 */
import { chmodSync, existsSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import {
  failureRemedies,
  failureWords,
  isDamage as isDatabaseDamage,
  lookedUpFailure,
} from "../../storage/storageFailure.ts";
import { SEARCH_FILE_SUFFIXES } from "./searchFiles.ts";

export type SearchDatabase = Database.Database;

/** Raised with every change of the shape below, or of what is put into it. */
const SHAPE_VERSION = 2;

/** The index is read in long stretches: fewer, larger pages make it smaller and faster than SQLite's 4 KB. */
const PAGE_BYTES = 8192;

/** SQLite's page cache, for building and for asking alike. */
const CACHE_KIB = 4096;

/**
 * The text itself is not kept: a hit's snippet is read back from the transcript. `words` maps the words of a message to
 * its number; `word_parts` finds words by three of their characters, so that parts of words cost an index over the
 * different words and not over all text. (Measured on 21 MB of text: 18 MB and 2 s, against 64 MB and 6 s for an index
 * over all parts of all text, with queries in half the time.)
 */
const SHAPE = `
  CREATE TABLE files (
    file_id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL,
    identity TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    read_offset INTEGER NOT NULL,
    -- The file as it was when it was last read to its end; NULL while it is not.
    size_bytes INTEGER,
    modified_ms REAL,
    born_ms REAL NOT NULL,
    -- The turn that the next record belongs to.
    turn INTEGER NOT NULL
  ) STRICT;

  -- One row a message, whatever number of records repeat it; the place is that of the record to show.
  CREATE TABLE messages (
    message_id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL UNIQUE,
    file_id INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    record_offset INTEGER NOT NULL,
    record_bytes INTEGER NOT NULL,
    -- 0: the model, 1: a person, 2: a sub-agent or who told it what to do.
    role INTEGER NOT NULL,
    at_ms INTEGER,
    is_fork_copy INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX messages_by_file ON messages (file_id, turn);

  -- The other records of the same messages.
  CREATE TABLE copies (
    key INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    record_offset INTEGER NOT NULL,
    record_bytes INTEGER NOT NULL,
    role INTEGER NOT NULL,
    at_ms INTEGER,
    is_fork_copy INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX copies_by_key ON copies (key);
  CREATE INDEX copies_by_file ON copies (file_id, turn);

  CREATE TABLE tools (tool_id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE turn_tools (
    file_id INTEGER NOT NULL, turn INTEGER NOT NULL, tool_id INTEGER NOT NULL,
    PRIMARY KEY (file_id, turn, tool_id)
  ) STRICT, WITHOUT ROWID;

  CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii');
  CREATE TABLE word_list (word_id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
  CREATE VIRTUAL TABLE word_parts USING fts5 (
    word, content = 'word_list', content_rowid = 'word_id', tokenize = 'trigram', detail = none, columnsize = 0
  );
`;

export interface OpenedSearch {
  readonly database: SearchDatabase;
  readonly isNew: boolean;
  /** Why the file that was there is not used, or null. */
  readonly discarded: "damaged" | "other_version" | null;
}

/** @throws SQLite's or the system's error when the file can neither be used nor made anew. */
export function openForBuilding(path: string): OpenedSearch {
  const existed = existsSync(path);
  const found = existed ? openUsable(path) : null;
  if (found !== null && typeof found !== "string") return { database: found, isNew: false, discarded: null };
  deleteFiles(path);
  const database = new Database(path);
  // What sessions say is for this user alone; SQLite gives the files beside it the same mode.
  chmodSync(path, 0o600);
  database.pragma(`page_size = ${PAGE_BYTES}`);
  configure(database);
  database.transaction(() => {
    database.exec(SHAPE);
    database.pragma(`user_version = ${SHAPE_VERSION}`);
  })();
  return { database, isNew: true, discarded: found };
}

function openUsable(path: string): SearchDatabase | "damaged" | "other_version" {
  let database: SearchDatabase | null = null;
  try {
    database = new Database(path, { fileMustExist: true });
    configure(database);
    const version = Number(database.pragma("user_version", { simple: true }));
    if (version === SHAPE_VERSION) return database;
    database.close();
    return "other_version";
  } catch (error) {
    database?.close();
    if (isDamage(error)) return "damaged";
    throw error;
  }
}

function configure(database: SearchDatabase): void {
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma("busy_timeout = 5000");
}

/** The database's pages do not fit together. */
class DamagedSearchError extends Error {
  override readonly name = "DamagedSearchError";
}

/**
 * Looks for torn pages, one table at a time: the caller may pause between two. What the word indexes mean is not looked
 * at, which would take many times as long: what is wrong there shows when they are asked.
 * @throws an error that `isDamage` knows.
 */
export function* checkTables(database: SearchDatabase): Generator<void> {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    .pluck()
    .all();
  for (const table of tables) {
    if (database.pragma(`quick_check(${String(table)})`, { simple: true }) !== "ok")
      throw new DamagedSearchError(`The table ${String(table)} is damaged.`);
    yield;
  }
}

/** For asking only, beside the building. @throws SQLite's error when there is no such file or it is damaged. */
export function openForAsking(path: string): SearchDatabase {
  const database = new Database(path, { fileMustExist: true, readonly: true });
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma("busy_timeout = 5000");
  return database;
}

export function isDamage(error: unknown): boolean {
  return error instanceof DamagedSearchError || isDatabaseDamage(error);
}

/** Why there is nothing to build in, for a person. */
export function buildProblem(path: string, error: unknown): string {
  const failure = lookedUpFailure(error, dirname(path));
  if (failure !== null) return `${failureWords(failure, path)}. ${failureRemedies[failure]}`;
  return error instanceof Error ? error.message : String(error);
}

function deleteFiles(path: string): void {
  for (const suffix of SEARCH_FILE_SUFFIXES) rmSync(`${path}${suffix}`, { force: true });
}

/** Bytes on disk, with what SQLite keeps beside it. */
export function searchFileBytes(path: string): number {
  return SEARCH_FILE_SUFFIXES.reduce(
    (sum, suffix) => sum + (statSync(`${path}${suffix}`, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
