import type { EventDraft } from "../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../shared/model/json.ts";
import { parseContent } from "../../claude/parseContent.ts";
import { readNumber, readObject, readString, readStrings, readValue } from "../../claude/readField.ts";
import { failedTurn } from "./endOfTurn.ts";
import { originOfKind } from "./mapUserRecord.ts";
import { isQuietAttachment } from "./quietRecords.ts";
import { recogniseUserText } from "./userText.ts";

/** Maps an attachment: what the CLI put beside the conversation. Null when its shape is not the known one. */
export function mapAttachment(record: JsonObject, parentToolUseId: string | null): readonly EventDraft[] | null {
  const attachment = readObject(record, "attachment");
  const type = attachment === null ? null : readString(attachment, "type");
  if (attachment === null || type === null) return null;
  if (isQuietAttachment(type)) return [];
  if (type.startsWith("hook_")) return [hookReport(attachment, type)];
  switch (type) {
    case "queued_command":
      return queuedCommand(attachment, parentToolUseId);
    case "model":
      return parentToolUseId === null ? modelChange(attachment) : [];
    case "max_turns_reached": {
      const turns = readNumber(attachment, "maxTurns");
      const words = `Stopped after ${turns === null ? "the" : String(turns)} model turns: the limit was reached.`;
      return parentToolUseId === null ? [failedTurn("error_max_turns", "max_turns", words)] : [];
    }
    default:
      return [{ type: "attachment.added", data: { kind: type, name: nameOf(attachment, type), parentToolUseId } }];
  }
}

const hookOutcomes: Readonly<Record<string, string>> = {
  hook_success: "success",
  hook_non_blocking_error: "error",
  hook_error_during_execution: "error",
  hook_blocking_error: "blocked",
  hook_cancelled: "cancelled",
  hook_stopped_continuation: "stopped the session",
  hook_additional_context: "added context",
  hook_system_message: "says",
};

function hookReport(attachment: JsonObject, type: string): EventDraft {
  const hookEvent = readString(attachment, "hookEvent");
  const name = readString(attachment, "hookName") ?? hookEvent ?? "hook";
  const outcome = hookOutcomes[type] ?? type.slice("hook_".length).replaceAll("_", " ");
  return {
    type: "hook.reported",
    data: { name, hookEvent, phase: "finished", outcome, output: hookOutput(attachment) },
  };
}

/** The first of the places where a hook's words can stand that holds any. */
function hookOutput(attachment: JsonObject): string {
  const blocking = readObject(attachment, "blockingError");
  const candidates = [
    readString(attachment, "content"),
    readStrings(attachment, "content").join("\n"),
    blocking === null ? null : readString(blocking, "blockingError"),
    readString(attachment, "message"),
    readString(attachment, "stdout"),
    readString(attachment, "stderr"),
    readString(attachment, "decision"),
  ];
  return candidates.find((words) => words !== null && words.trim() !== "")?.trimEnd() ?? "";
}

/** What was said while the model worked: it was handed over with a tool's result. */
function queuedCommand(attachment: JsonObject, parentToolUseId: string | null): readonly EventDraft[] {
  const blocks = parseContent(readValue(attachment, "prompt")) ?? [];
  const given = blocks.map((block) => (block.type === "text" ? block.text : `[${block.type}]`)).join("\n");
  const text = recogniseUserText(given);
  if (text.kind === "taskFinished") {
    const { taskId, status, summary } = text;
    return [{ type: "task.finished", data: { taskId, status, summary } }];
  }
  if (text.kind === "nothing" || text.kind === "interrupted") return [];
  const messageId = readString(attachment, "source_uuid");
  const isOwn = text.kind === "cli" || text.kind === "peer";
  const origin = isOwn ? text.kind : originOfKind(readObject(attachment, "origin"));
  return [{ type: "user.textAdded", data: { messageId, text: text.text, payloadId: null, origin, parentToolUseId } }];
}

function modelChange(attachment: JsonObject): readonly EventDraft[] {
  const identity = readObject(attachment, "identity");
  const model = identity === null ? null : readString(identity, "modelId");
  return model === null ? [] : [{ type: "session.modelChanged", data: { model } }];
}

const NAME_FIELDS = ["displayPath", "filename", "path", "name", "agentType", "uri"] as const;

/** What a person would call the attachment; its type in words where it has no name. */
function nameOf(attachment: JsonObject, type: string): string {
  const names = NAME_FIELDS.map((field) => readString(attachment, field));
  return names.find((name) => name !== null && name !== "") ?? type.replaceAll("_", " ");
}
