import { RequestError } from "../../../shared/contract/errors.ts";
import type { JsonObject } from "../../../shared/model/json.ts";
import type { Permission, Remember } from "../../../shared/model/permission.ts";

/** The CLI's destination for each choice: `project` stays on this machine, in `.claude/settings.local.json`. */
const destinationOf: Readonly<Record<Exclude<Remember, "once">, string>> = {
  session: "session",
  project: "localSettings",
  user: "userSettings",
};

/**
 * The permission updates to send with an allow: the CLI's own suggestions, kept where the person chose.
 * @throws RequestError `bad_request` when this request cannot be remembered.
 */
export function rememberedUpdates(permission: Permission, remember: Remember): readonly JsonObject[] {
  if (remember === "once") return [];
  if (permission.requiresUserInteraction) {
    throw new RequestError(
      "bad_request",
      "Questions and plans are answered one by one. Send this with `remember: once`.",
    );
  }
  if (!permission.mayRemember || permission.suggestions.length === 0) {
    throw new RequestError(
      "bad_request",
      "Claude Code offers no rule to keep for this request. Send it with `remember: once`.",
    );
  }
  return permission.suggestions.map(({ update }) => ({ ...update, destination: destinationFor(update, remember) }));
}

/** A mode belongs to a session; Claude Code has no place to keep it for a project or a user. */
function destinationFor(update: JsonObject, remember: Exclude<Remember, "once">): string {
  return update["type"] === "setMode" ? "session" : destinationOf[remember];
}
