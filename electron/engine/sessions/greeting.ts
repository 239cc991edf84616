import { isJsonObject, type JsonObject } from "../../../shared/model/json.ts";

/** What a claude process says of itself before it is told anything. */
export interface Greeting {
  /** The CLI's own word; null where it does not say. */
  readonly permissionMode: string | null;
  /** False when the CLI has no way to pay for a turn: no login, no key. */
  readonly loggedIn: boolean;
}

/**
 * Reads the answer to `initialize` (measured on 2.1.329: `current_permission_mode`, and `account` with `tokenSource:
 * "none"` and no `apiKeySource` when nobody is logged in). A version that says less is taken to be logged in.
 */
export function readGreeting(answer: JsonObject): Greeting {
  const { current_permission_mode: mode, account } = answer;
  const hasNoToken =
    isJsonObject(account) && account["tokenSource"] === "none" && account["apiKeySource"] === undefined;
  const usesAnotherProvider = isJsonObject(account) && ![undefined, "firstParty"].includes(providerOf(account));
  return { permissionMode: typeof mode === "string" ? mode : null, loggedIn: !hasNoToken || usesAnotherProvider };
}

function providerOf(account: JsonObject): string | undefined {
  const provider = account["apiProvider"];
  return typeof provider === "string" ? provider : undefined;
}
