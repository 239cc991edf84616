import type { JsonObject } from "../../../shared/model/json.ts";
import { readObject, readString } from "./readField.ts";

/**
 * Reads from the answer to `initialize` that the CLI has no credentials at all: neither a token nor a key, and no other
 * provider (measured on 2.1.329). Its first turn would fail with "Not logged in". False where the answer does not say.
 */
export function isLoggedOut(initializeResponse: JsonObject): boolean {
  const account = readObject(initializeResponse, "account");
  if (account === null || readString(account, "apiProvider") !== "firstParty") return false;
  return readString(account, "tokenSource") === "none" && readString(account, "apiKeySource") === null;
}
