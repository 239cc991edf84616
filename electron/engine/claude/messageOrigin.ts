import type { JsonObject } from "../../../shared/model/json.ts";
import type { MessageOrigin } from "./claudeMessage.ts";
import { readString, readStrings } from "./readField.ts";

export function readOrigin(line: JsonObject): MessageOrigin {
  return { uuid: readString(line, "uuid"), sessionId: readString(line, "session_id") };
}

/**
 * The user messages that a line belongs to. Versions before the plural field named one at most
 * (`user_message_uuid`; both are on result lines of 2.1.329).
 */
export function readUserMessageUuids(line: JsonObject): readonly string[] {
  const several = readStrings(line, "user_message_uuids");
  if (several.length > 0) return several;
  const one = readString(line, "user_message_uuid");
  return one === null ? several : [one];
}
