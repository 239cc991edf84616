/** The user's own hooks, as the CLI reports them. */
import type { JsonObject } from "../../../shared/model/json.ts";
import { readOrigin } from "./messageOrigin.ts";
import type { SystemOutcome } from "./parseSystem.ts";
import { readNumber, readString } from "./readField.ts";

const known: ReadonlySet<string> = new Set(["hook_started", "hook_progress", "hook_response"]);

export function parseHook(line: JsonObject, subtype: string): SystemOutcome {
  if (!known.has(subtype)) return "unknown";
  const hookName = readString(line, "hook_name");
  if (hookName === null) return null;
  const hook = {
    ...readOrigin(line),
    hookId: readString(line, "hook_id"),
    hookName,
    hookEvent: readString(line, "hook_event"),
  };
  switch (subtype) {
    case "hook_started":
      return { kind: "system/hook_started", ...hook };
    case "hook_progress":
      return { kind: "system/hook_progress", ...hook, output: readString(line, "output") ?? "" };
    case "hook_response":
      return {
        kind: "system/hook_response",
        ...hook,
        output: readString(line, "output") ?? readString(line, "stdout") ?? "",
        stderr: readString(line, "stderr") ?? "",
        exitCode: readNumber(line, "exit_code"),
        outcome: readString(line, "outcome"),
      };
    default:
      return "unknown";
  }
}
