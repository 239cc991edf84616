import type { EventDraft } from "../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../shared/model/json.ts";
import { readFlag, readNumber, readString } from "../../claude/readField.ts";
import { unrecognised } from "../../claude/unrecognised.ts";
import { mapAssistantRecord } from "./mapAssistantRecord.ts";
import { mapAttachment } from "./mapAttachment.ts";
import { mapSystemRecord } from "./mapSystemRecord.ts";
import { mapUserRecord } from "./mapUserRecord.ts";
import { isQuietType } from "./quietRecords.ts";
import { UNREADABLE } from "./transcriptRecord.ts";

/** The parent of a sub-agent's lines that do not say which call started it: legacy transcripts hold them inline. */
const UNKNOWN_PARENT = "sub-agent";

/**
 * Maps one record of a transcript to events. Pure, and each record by itself: any part of a file gives the events that the
 * whole file gives there. So settings that a record repeats are told as often as it repeats them, and the end of a turn
 * knows neither its beginning nor its cost. A record that this version does not know is told with its raw text.
 * @param parentToolUseId The call that started the sub-agent whose file this is; null for a session's own file.
 */
export function mapRecord(record: JsonObject, parentToolUseId: string | null = null): readonly EventDraft[] {
  const type = readString(record, "type");
  if (type !== null && isQuietType(type)) return [];
  if (type === UNREADABLE) return [unreadableLine(record)];
  const parent = parentToolUseId ?? (readFlag(record, "isSidechain") ? parentOfSidechain(record) : null);
  return mapKnown(record, type, parent) ?? [unknownRecord(record, type)];
}

/** Null when this version does not know the record. */
function mapKnown(record: JsonObject, type: string | null, parent: string | null): readonly EventDraft[] | null {
  switch (type) {
    case "user":
      return mapUserRecord(record, parent);
    case "assistant":
      return mapAssistantRecord(record, parent);
    case "system":
      return mapSystemRecord(record, parent);
    case "attachment":
      return mapAttachment(record, parent);
    case "custom-title":
      return renamed(readString(record, "customTitle"), "person");
    case "ai-title":
      return renamed(readString(record, "aiTitle"), "cli");
    case "summary":
      return renamed(readString(record, "summary"), "cli");
    case "permission-mode": {
      const permissionMode = readString(record, "permissionMode");
      return permissionMode === null ? null : [{ type: "session.modeChanged", data: { permissionMode } }];
    }
    case "queue-operation":
      return queueOperation(record);
    default:
      return null;
  }
}

function parentOfSidechain(record: JsonObject): string {
  return readString(record, "parentToolUseID") ?? readString(record, "agentId") ?? UNKNOWN_PARENT;
}

function renamed(title: string | null, source: "person" | "cli"): readonly EventDraft[] | null {
  if (title === null) return null;
  return title.trim() === "" ? [] : [{ type: "session.renamed", data: { title, source } }];
}

/** What is queued turns up again when it is delivered; only what never will is told here. */
function queueOperation(record: JsonObject): readonly EventDraft[] {
  const isTakenBack =
    readString(record, "operation") === "remove" && readString(record, "reason") !== "absorbed_mid_turn";
  const content = readString(record, "content");
  if (!isTakenBack || content === null) return [];
  return [{ type: "notice.reported", data: { text: `Taken out of the queue: ${content}`, level: null } }];
}

function unreadableLine(record: JsonObject): EventDraft {
  const reason = readString(record, "reason");
  return {
    type: "message.unrecognised",
    data: {
      reason: reason === "too_long" || reason === "unexpected_shape" ? reason : "not_json",
      messageType: null,
      raw: readString(record, "raw") ?? "",
      omittedChars: readNumber(record, "omittedChars") ?? 0,
    },
  };
}

function unknownRecord(record: JsonObject, type: string | null): EventDraft {
  const subtype = type === "system" ? readString(record, "subtype") : null;
  const messageType = subtype === null ? type : `${type ?? ""}/${subtype}`;
  const isKnownType = type === "user" || type === "assistant" || type === "attachment" || type === null;
  const reason = isKnownType ? "unexpected_shape" : "unknown_type";
  const { raw, omittedChars } = unrecognised({ reason, messageType, line: JSON.stringify(record) });
  return { type: "message.unrecognised", data: { reason, messageType, raw: raw.toWellFormed(), omittedChars } };
}
