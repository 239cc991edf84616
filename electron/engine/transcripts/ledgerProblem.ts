/** What a person reads when the ledger cannot be used, with the way out. */
import {
  codeOf,
  failureRemedies,
  failureWords,
  lookedUpFailure,
  type StorageFailure,
} from "../storage/storageFailure.ts";
import type { NewerDatabaseError } from "../storage/openDatabase.ts";
import { dirname } from "node:path";

const AGAIN = "It is tried again within a minute.";

/** The file cannot be opened or written at all. */
export function refusalProblem(path: string, error: unknown): string {
  const { failure, code } = looked(path, error);
  const unread = "Sessions on disk are not read";
  switch (failure) {
    case "locked":
      return `${unread}: another program keeps ${path} locked. End it; it is tried again within a minute.`;
    case "unwritable":
      return `${unread}: ${path} cannot be written (${code}). Check the rights of the file and its folder.`;
    case "full":
      return `${unread}: there is no room to write ${path}. Free some; it is tried again within a minute.`;
    default:
      return `${unread}: ${path} cannot be opened (${code}).`;
  }
}

/** The ledger is a newer version's. */
export function newerProblem({ schema, knownSchema }: NewerDatabaseError): string {
  return `The ledger was written by a newer version of Switchboard (schema ${schema}; this one knows ${knownSchema}). Costs are shown as they stand; nothing new is written. Update Switchboard.`;
}

/** The file is open, and what was written into it did not stay. */
export function lossProblem(path: string, error: unknown): string {
  const { failure, code } = looked(path, error);
  if (failure === "full")
    return `Not all sessions on disk are read: there is no room to write ${path}. Free some; it is tried again within a minute.`;
  return `Not all sessions on disk are read: ${path} could not be written (${code}). ${AGAIN}`;
}

/** Why the ledger's writer did not do what it was asked for. */
export function orderProblem(path: string, error: unknown): string {
  const { failure } = looked(path, error);
  if (failure === null) return error instanceof Error ? error.message : String(error);
  return `${failureWords(failure, path)}. ${failureRemedies[failure]}`;
}

function looked(path: string, error: unknown): { readonly failure: StorageFailure | null; readonly code: string } {
  const words = error instanceof Error ? error.message : String(error);
  return { failure: lookedUpFailure(error, dirname(path)), code: codeOf(error) || words };
}
