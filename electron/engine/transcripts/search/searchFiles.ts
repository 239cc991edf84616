import { rm } from "node:fs/promises";

/** The database and what SQLite keeps beside it. */
export const SEARCH_FILE_SUFFIXES = ["", "-wal", "-shm", "-journal"] as const;

/** Deletes the database without holding up the thread: freeing a large file takes the system a while. */
export async function deleteSearchFiles(path: string): Promise<void> {
  for (const suffix of SEARCH_FILE_SUFFIXES) await rm(`${path}${suffix}`, { force: true });
}
