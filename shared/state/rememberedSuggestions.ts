import type { PermissionSuggestion, Remember } from "../model/permission.ts";

/**
 * What is kept when an allow is remembered for the given scope: the least of the CLI's suggestions that does it. They
 * are alternatives (measured on 2.1.329: a rule alone stops the next request for the same command), so rules go before
 * directories, and a change of mode is taken only where nothing else is offered and only for a session, because the CLI
 * has no place to keep a mode longer. Empty when the CLI offers nothing for the scope.
 */
export function rememberedSuggestions(
  suggestions: readonly PermissionSuggestion[],
  remember: Remember,
): readonly PermissionSuggestion[] {
  if (remember === "once") return [];
  for (const type of ["addRules", "addDirectories"]) {
    const found = suggestions.filter(({ update }) => update["type"] === type);
    if (found.length > 0) return found;
  }
  return remember === "session" ? suggestions : [];
}
