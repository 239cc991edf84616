import type { JsonObject } from "../../../shared/model/json.ts";
import { isLoggedOut } from "../claude/isLoggedOut.ts";

/** What a claude process says of itself before it is told anything. */
export interface Greeting {
  /** The CLI's own word; null where it does not say. */
  readonly permissionMode: string | null;
  /** False when the CLI has no way to pay for a turn: no login, no key. */
  readonly loggedIn: boolean;
}

/** Reads the answer to `initialize` (measured on 2.1.329: `current_permission_mode`, `account`). */
export function readGreeting(answer: JsonObject): Greeting {
  const mode = answer["current_permission_mode"];
  return { permissionMode: typeof mode === "string" ? mode : null, loggedIn: !isLoggedOut(answer) };
}
