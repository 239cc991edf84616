/**
 * Opens `ledger.db`: what was read from transcripts, in a file of its own. One thread writes it; any number of
 * connections read it meanwhile, since a reader of a WAL database waits for nobody.
 */
import { join } from "node:path";
import Database from "better-sqlite3";
import { isSealed, removeSeal, sealLedger } from "./ledgerSeal.ts";
import { ledgerMigrations } from "./migrations/ledgerMigrations.ts";
import { type OpenedDatabase, openDatabase, type SqliteDatabase } from "./openDatabase.ts";

/** Kibibytes of pages that are kept in memory: enough for what is appended and looked up at a time. */
const RESTING_CACHE_KIB = 2 * 1024;

/** Another process that writes is none of ours, and may take long: trying again is for the next scan. */
const WRITER_PATIENCE_MS = 1000;

/** A reader waits only while the file is being opened or closed by the writer. */
const READER_PATIENCE_MS = 50;

/** Pages in the WAL before they are moved into the file: with fewer, the same pages are moved again and again. */
const WAL_PAGES = 4000;

export function ledgerPath(dataDir: string): string {
  return join(dataDir, "ledger.db");
}

/** The file that takes the ledger's place while that is a newer version's, which is left as it is. */
export function interimLedgerPath(path: string): string {
  return path.replace(/\.db$/u, "-interim.db");
}

/** @throws NewerDatabaseError when a newer version wrote it; SQLite's own error when the file cannot be opened or written. */
export function openLedger(path: string, now: () => Date): OpenedDatabase {
  const opened = openDatabase(path, now, {
    migrations: ledgerMigrations,
    loss: "what transcripts say is read from them again, and what else can be read of it and of the newest backup is taken over",
    cacheKib: RESTING_CACHE_KIB,
    patienceMs: WRITER_PATIENCE_MS,
    isSound: () => isSealed(path),
  });
  const { database } = opened;
  removeSeal(path);
  try {
    // A file that can be read and not written is found out here, and not by the first transcript.
    database.exec("BEGIN IMMEDIATE; ROLLBACK");
  } catch (error) {
    database.close();
    throw error;
  }
  database.pragma(`wal_autocheckpoint = ${WAL_PAGES}`);
  return opened;
}

/** Closes what `openLedger` opened: everybody else who reads it should have closed it by then. */
export function closeLedger(database: SqliteDatabase): void {
  const path = database.name;
  database.close();
  sealLedger(path);
}

/** Whether a file is a ledger without damage. */
export function isSoundLedger(path: string): boolean {
  let database: SqliteDatabase | null = null;
  try {
    database = openLedgerToRead(path);
    return database.pragma("quick_check(1)", { simple: true }) === "ok";
  } catch {
    return false;
  } finally {
    database?.close();
  }
}

/** A connection that cannot write. @throws SQLite's error when there is no such file. */
export function openLedgerToRead(path: string): SqliteDatabase {
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: READER_PATIENCE_MS });
  database.pragma(`cache_size = -${RESTING_CACHE_KIB}`);
  return database;
}
