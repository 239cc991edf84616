import { chmodSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { codeOf, lookedUpFailure, storageFailureOf } from "./storageFailure.ts";

/** Another host runs on the same data directory. */
export class DataDirectoryInUseError extends Error {
  override readonly name = "DataDirectoryInUseError";

  constructor(dataDir: string) {
    super(
      `Another Switchboard host is running on ${dataDir}. Use that one, end it, or choose another directory with --data-dir.`,
    );
  }
}

/** Nothing can be kept in the data directory. */
export class DataDirectoryUnusableError extends Error {
  override readonly name = "DataDirectoryUnusableError";

  constructor(dataDir: string, cause: unknown) {
    const failure = lookedUpFailure(cause, dataDir);
    const code = codeOf(cause);
    const why = failure === "full" ? "the disk is full" : code === "" ? String(cause) : code;
    const remedy =
      failure === "full" ? "Free some room" : "Check that it is a directory and that you may write into it";
    super(`Switchboard cannot keep its data in ${dataDir}: ${why}. ${remedy}, or choose another with --data-dir.`, {
      cause,
    });
  }
}

/** Makes the data directory when it is missing, for this user alone. @throws DataDirectoryUnusableError */
export async function makeDataDirectory(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DataDirectoryUnusableError(dataDir, error);
  }
}

/**
 * Makes this process the only host on a data directory, so that no second one takes the first one's children for
 * orphans. SQLite's own file lock is used because the system lets go of it however the process ends.
 * @returns the release.
 * @throws DataDirectoryInUseError when another process holds it, DataDirectoryUnusableError when it cannot be written.
 */
export function lockDataDirectory(dataDir: string): () => void {
  const path = join(dataDir, "host.lock");
  let lock: Database.Database | null = null;
  try {
    const opened = new Database(path, { timeout: 0 });
    lock = opened;
    chmodSync(path, 0o600);
    opened.exec("BEGIN EXCLUSIVE");
    return () => opened.close();
  } catch (error) {
    lock?.close();
    if (storageFailureOf(error) === "locked") throw new DataDirectoryInUseError(dataDir);
    throw new DataDirectoryUnusableError(dataDir, error);
  }
}
