/**
 * The one place that says what kind of failure of a database an error is, and what a person reads of it.
 * Knows nothing about which database it is, or what is done about it.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * - `full`: there is no room on the disk, or none left of a quota.
 * - `unwritable`: the file or its disk may only be read.
 * - `locked`: another process has it locked.
 * - `damaged`: the file is torn, or no database.
 * - `failing`: the disk or the system does not do what it is asked.
 */
export type StorageFailure = "full" | "unwritable" | "locked" | "damaged" | "failing";

/** SQLite's codes with all their variants, and the system's. */
const failures: readonly (readonly [StorageFailure, RegExp])[] = [
  ["full", /^(?:SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)$/u],
  ["unwritable", /^(?:SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)(?:_.*)?|EACCES|EPERM|EROFS)$/u],
  ["locked", /^SQLITE_(?:BUSY|LOCKED)(?:_.*)?$/u],
  ["damaged", /^SQLITE_(?:CORRUPT(?:_.*)?|NOTADB)$/u],
  ["failing", /^(?:SQLITE_(?:IOERR(?:_.*)?|NOMEM|PROTOCOL)|EIO)$/u],
];

/** Null for an error that says nothing about the storage: trying again would not mend it. */
export function storageFailureOf(error: unknown): StorageFailure | null {
  const code = codeOf(error);
  return failures.find(([, codes]) => codes.test(code))?.[0] ?? null;
}

/** True for SQLite's words for a file that is torn, or none of its own. */
export function isDamage(error: unknown): boolean {
  return storageFailureOf(error) === "damaged";
}

/** SQLite's or the system's code, or nothing. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** What a file system gives out at a time. */
const PROBE_BYTES = 4096;

/**
 * The same, where SQLite's word is looked behind: of a quota or a limit on files it only says that writing failed.
 * Writes a small file beside the database to find out.
 */
export function lookedUpFailure(error: unknown, folder: string): StorageFailure | null {
  const failure = storageFailureOf(error);
  if (failure !== "failing") return failure;
  const probe = join(folder, `.room-${process.pid}`);
  try {
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES));
    return failure;
  } catch (refusal) {
    return storageFailureOf(refusal) ?? failure;
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Why a file is not written at present, as the beginning of a sentence: `The disk is full`. */
export function failureWords(failure: StorageFailure, path: string): string {
  switch (failure) {
    case "full":
      return "The disk is full";
    case "unwritable":
      return `${path} may only be read`;
    case "locked":
      return `Another program keeps ${path} locked`;
    case "damaged":
      return `${path} is damaged`;
    case "failing":
      return `${path} cannot be written`;
  }
}

/** What a person can do about it. */
export const failureRemedies: Readonly<Record<StorageFailure, string>> = {
  full: "Free some room.",
  unwritable: "Check the rights of the file and of its folder, and whether its disk is mounted for reading only.",
  locked: "End that program.",
  damaged: "End Switchboard and start it again: the damaged file is put aside then.",
  failing: "Look at the disk; the log has the system's own words.",
};
