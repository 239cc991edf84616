/**
 * Owns opening, checking, backing up and migrating the database file.
 * Knows nothing about what the tables hold.
 * Invariants: a file is migrated only after a backup of it stands beside it; a damaged file is moved aside, never
 * overwritten; a file written by a newer version is not touched.
 */
import { chmodSync, existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import type { Migration } from "./migration.ts";
import { allMigrations } from "./migrations/allMigrations.ts";
import { failureRemedies, failureWords, isDamage, lookedUpFailure } from "./storageFailure.ts";

export type SqliteDatabase = Database.Database;

export interface OpenedDatabase {
  readonly database: SqliteDatabase;
  /** Where a damaged file was put aside; null when there was none. */
  readonly aside: string | null;
  /** What a person must be told about the opening, e.g. that a damaged file was moved aside; null when all is well. */
  readonly notice: string | null;
}

/** The file was written by a version that knows more migrations than this one. */
export class NewerDatabaseError extends Error {
  override readonly name = "NewerDatabaseError";
  /** How many migrations the file has. */
  readonly schema: number;
  readonly knownSchema: number;

  constructor(path: string, schema: number, knownSchema: number) {
    super(
      `${path} was written by a newer version of Switchboard (schema ${schema}; this one knows ${knownSchema}), and is left as it is. Start that version, or choose another --data-dir.`,
    );
    this.schema = schema;
    this.knownSchema = knownSchema;
  }
}

/** The file cannot be opened, locked or written at all. */
export class DatabaseUnusableError extends Error {
  override readonly name = "DatabaseUnusableError";

  constructor(path: string, cause: unknown) {
    const failure = lookedUpFailure(cause, dirname(path)) ?? "failing";
    super(`Switchboard cannot start: ${failureWords(failure, path)}. ${failureRemedies[failure]}`, { cause });
  }
}

/** What sets one database file apart from another. */
export interface DatabaseKind {
  readonly migrations: readonly Migration[];
  /** What a person misses when the file was damaged and begun anew; ends the sentence that tells it. */
  readonly loss: string;
  /** Kibibytes of its pages that are kept in memory: the check at the opening alone fills them. */
  readonly cacheKib: number;
  /** How long to wait for another process that has the file locked, in milliseconds. */
  readonly patienceMs: number;
  /** Whether the file is known to be whole, and need not be checked. */
  readonly isSound: () => boolean;
}

/** The host's own database: owned sessions, their events, payloads and permissions. */
const hostDatabase: DatabaseKind = {
  migrations: allMigrations,
  loss: "earlier decisions, receipts and events are not shown",
  cacheKib: 16 * 1024,
  patienceMs: 5000,
  isSound: () => false,
};

/**
 * Opens the database at `path` (or `:memory:`), migrated to the newest shape.
 * @throws NewerDatabaseError when a newer version wrote it; SQLite's own error when the file cannot be opened at all.
 */
export function openDatabase(path: string, now: () => Date, kind: Partial<DatabaseKind> = {}): OpenedDatabase {
  const { migrations, loss, cacheKib, patienceMs, isSound } = { ...hostDatabase, ...kind };
  const open = (): SqliteDatabase => openConfigured(path, cacheKib, patienceMs);
  const existed = path !== ":memory:" && existsSync(path);
  const intact = existed ? openIntact(open, isSound()) : open();
  if (intact !== null) {
    migrate(intact, path, existed, migrations);
    return { database: intact, aside: null, notice: null };
  }
  const aside = moveAside(path, now());
  const fresh = open();
  migrate(fresh, path, false, migrations);
  const notice = `The database was damaged. It was kept as ${aside}, and a new one was begun: ${loss}.`;
  return { database: fresh, aside, notice };
}

function openConfigured(path: string, cacheKib: number, patienceMs: number): SqliteDatabase {
  const database = new Database(path, { timeout: patienceMs });
  try {
    configure(database);
    database.pragma(`cache_size = -${cacheKib}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function configure(database: SqliteDatabase): void {
  // What sessions say is for this user alone; SQLite gives the WAL beside it the same mode.
  if (!database.memory) chmodSync(database.name, 0o600);
  database.pragma("journal_mode = WAL");
  // In WAL mode NORMAL loses no consistency, and a commit that a power cut undoes was never told as durable to the CLI.
  database.pragma("synchronous = NORMAL");
  database.pragma("foreign_keys = ON");
}

/** The database when SQLite finds it sound, or null when it is damaged. Other failures (locks, rights) are thrown. */
function openIntact(open: () => SqliteDatabase, isSound: boolean): SqliteDatabase | null {
  let database: SqliteDatabase | null = null;
  try {
    database = open();
    // quick_check skips index comparison: on a large file it takes a tenth of integrity_check and finds torn pages.
    if (isSound || database.pragma("quick_check(1)", { simple: true }) === "ok") return database;
    database.close();
    return null;
  } catch (error) {
    database?.close();
    if (isDamage(error)) return null;
    throw error;
  }
}

function moveAside(path: string, at: Date): string {
  const aside = `${path}.damaged-${at.toISOString().replaceAll(":", "-")}`;
  renameSync(path, aside);
  // What was written last may be there alone.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  rmSync(`${path}-shm`, { force: true });
  return aside;
}

function migrate(database: SqliteDatabase, path: string, existed: boolean, migrations: readonly Migration[]): void {
  const version = Number(database.pragma("user_version", { simple: true }));
  if (version > migrations.length) {
    database.close();
    throw new NewerDatabaseError(path, version, migrations.length);
  }
  if (version === migrations.length) return;
  if (existed && version > 0) backUp(database, `${path}.before-${migrations.length}`);
  for (const [index, migration] of migrations.entries()) {
    if (index < version) continue;
    database.transaction(() => {
      database.exec(migration.sql);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
}

function backUp(database: SqliteDatabase, target: string): void {
  rmSync(target, { force: true });
  database.prepare("VACUUM INTO ?").run(target);
}
