import type { EventDraft } from "../../../../shared/model/event.ts";
import type { JsonObject, JsonValue } from "../../../../shared/model/json.ts";
import { isJsonObject } from "../../../../shared/model/json.ts";
import { readNumber, readObject, readString, readValue } from "../../claude/readField.ts";
import { recogniseUserText } from "./userText.ts";

/** Subtypes that say nothing a reader would miss (2.1.329); each hook that a summary is about has its own attachment. */
const quietSubtypes: ReadonlySet<string> = new Set([
  ...[
    "turn_duration",
    "file_snapshot",
    "init_milestone",
    "microcompact_boundary",
    "stop_hook_summary",
    "ui_invalidate",
  ],
  ...["session_metadata", "vcs_state_changed", "per_turn_effort_changed", "thinking"],
]);

/** Maps a system record: what the CLI says about itself. Null when it is not known and has no words. */
export function mapSystemRecord(record: JsonObject, parentToolUseId: string | null): readonly EventDraft[] | null {
  const subtype = readString(record, "subtype") ?? "";
  if (quietSubtypes.has(subtype)) return [];
  switch (subtype) {
    case "compact_boundary":
      return [compacted(readObject(record, "compactMetadata"))];
    case "api_error":
      return [apiRetry(record)];
    case "local_command":
      return localCommand(record, parentToolUseId);
    default: {
      const text = readString(record, "content");
      if (text === null) return null;
      return text.trim() === ""
        ? []
        : [{ type: "notice.reported", data: { text, level: readString(record, "level") } }];
    }
  }
}

function compacted(facts: JsonObject | null): EventDraft {
  const tokensBefore = facts === null ? null : count(facts, "preTokens");
  return {
    type: "context.compacted",
    data: { trigger: facts === null ? null : readString(facts, "trigger"), tokensBefore },
  };
}

function apiRetry(record: JsonObject): EventDraft {
  const error = readValue(record, "error");
  return {
    type: "api.retried",
    data: {
      attempt: count(record, "retryAttempt") ?? 0,
      maxRetries: count(record, "maxRetries"),
      delayMs: count(record, "retryInMs"),
      httpStatus: isJsonObject(error) ? count(error, "status") : null,
      error: errorWords(error),
    },
  };
}

/** The message inside an error object, however deep the API's own wrapping goes. */
function errorWords(error: JsonValue, depth = 0): string {
  if (typeof error === "string") return error;
  if (!isJsonObject(error) || depth > 3) return "";
  const message = readString(error, "message") ?? readString(error, "formatted");
  return message ?? errorWords(readValue(error, "error"), depth + 1);
}

/** A command that the CLI dealt with itself, or what it printed. */
function localCommand(record: JsonObject, parentToolUseId: string | null): readonly EventDraft[] {
  const text = recogniseUserText(readString(record, "content") ?? "");
  if (text.kind !== "cli" && text.kind !== "command" && text.kind !== "words") return [];
  const messageId = readString(record, "uuid");
  const origin = text.kind === "command" ? "person" : "cli";
  return [{ type: "user.textAdded", data: { messageId, text: text.text, payloadId: null, origin, parentToolUseId } }];
}

/** A whole number from zero up; anything else is unknown. */
function count(from: JsonObject, key: string): number | null {
  const value = readNumber(from, key);
  return value === null || value < 0 || !Number.isFinite(value) ? null : Math.round(value);
}
