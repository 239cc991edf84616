import { RequestError } from "../../../shared/contract/errors.ts";
import type { JsonObject } from "../../../shared/model/json.ts";
import type { Permission, Remember } from "../../../shared/model/permission.ts";
import { rememberedSuggestions } from "../../../shared/state/rememberedSuggestions.ts";

/** The CLI's destination for each choice: `project` stays on this machine, in `.claude/settings.local.json`. */
const destinationOf: Readonly<Record<Exclude<Remember, "once">, string>> = {
  session: "session",
  project: "localSettings",
  user: "userSettings",
};

/**
 * The permission updates to send with an allow: from the CLI's own suggestions, kept where the person chose.
 * @throws RequestError `bad_request` when this request cannot be remembered for that scope.
 */
export function rememberedUpdates(permission: Permission, remember: Remember): readonly JsonObject[] {
  if (remember === "once") return [];
  if (permission.requiresUserInteraction) {
    const words = "Questions and plans are answered one by one. Send this with `remember: once`.";
    throw new RequestError("bad_request", words);
  }
  const kept = permission.mayRemember ? rememberedSuggestions(permission.suggestions, remember) : [];
  if (kept.length === 0) {
    const words = "Claude Code offers nothing to keep for this request in that scope. Send it with `remember: once`.";
    throw new RequestError("bad_request", words);
  }
  return kept.map(({ update }) => ({ ...update, destination: destinationOf[remember] }));
}
