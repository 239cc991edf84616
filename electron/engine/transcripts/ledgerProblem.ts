/** What a person reads when the ledger cannot be used, with the way out. */
import { NewerDatabaseError } from "../storage/openDatabase.ts";
import { systemCode } from "./systemCode.ts";

/** The file cannot be opened or written at all. */
export function refusalProblem(path: string, error: unknown): string {
  if (error instanceof NewerDatabaseError) return error.message;
  const code = systemCode(error);
  if (/^SQLITE_(?:BUSY|LOCKED)/u.test(code))
    return `Sessions on disk are not read: another program keeps ${path} locked. End it; it is tried again within a minute.`;
  if (/^(?:SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS)/u.test(code))
    return `Sessions on disk are not read: ${path} cannot be written (${code}). Check the rights of the file and its folder.`;
  return `Sessions on disk are not read: ${path} cannot be opened (${code}).`;
}

/** The file is open, and what was written into it did not stay. */
export function lossProblem(path: string, error: unknown): string {
  const code = systemCode(error);
  if (code === "SQLITE_FULL")
    return `Not all sessions on disk are read: there is no room to write ${path}. Free some; it is tried again within a minute.`;
  return `Not all sessions on disk are read: ${path} could not be written (${code}). It is tried again within a minute.`;
}
