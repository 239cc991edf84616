import { chmodSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** Another host runs on the same data directory. */
export class DataDirectoryInUseError extends Error {
  override readonly name = "DataDirectoryInUseError";

  constructor(dataDir: string) {
    super(
      `Another Switchboard host is running on ${dataDir}. Use that one, end it, or choose another directory with --data-dir.`,
    );
  }
}

/**
 * Makes this process the only host on a data directory, so that no second one takes the first one's children for
 * orphans. SQLite's own file lock is used because the system lets go of it however the process ends.
 * @returns the release.
 * @throws DataDirectoryInUseError when another process holds it.
 */
export function lockDataDirectory(dataDir: string): () => void {
  const path = join(dataDir, "host.lock");
  const lock = new Database(path, { timeout: 0 });
  chmodSync(path, 0o600);
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new DataDirectoryInUseError(dataDir);
    }
    throw error;
  }
  return () => lock.close();
}
