/** The fields of a record that the index wants, by the names that it gives them, and where they stand. */
import { KeyTable, type WantedKey } from "./keyTable.ts";

export const fieldNames = [
  ...[
    "userType",
    "type",
    "uuid",
    "sessionId",
    "cwd",
    "gitBranch",
    "version",
    "entrypoint",
    "timestamp",
    "isSidechain",
    "isMeta",
  ],
  ...["isCompactSummary", "queueTranscriptOnly", "isApiErrorMessage", "requestId", "requestSessionId", "forkedFrom"],
  ...["requestedModel", "isAbortedMidStream"],
  ...["attachment", "message"],
  ...["toolUseResult", "messageId", "model", "content", "usage", "input", "output", "cacheRead", "cacheWrite"],
  ...["cacheSplit", "cacheWrite5m", "cacheWrite1h", "serverTools", "webSearches", "speed", "serviceTier"],
  ...["inferenceGeo", "forkedFromSession", "patch", "resultType", "resultContent", "blockType", "blockText"],
  "blockName",
  ...["agentLines", "agentLinesAdded", "agentLinesRemoved"],
] as const;

/** A wanted field, by the name that the index gives it. */
export type RecordField = (typeof fieldNames)[number];

const slots: Readonly<Record<string, number>> = Object.fromEntries(fieldNames.map((name, index) => [name, index]));

/** Where the field's range is kept. */
export function slot(name: RecordField): number {
  return slots[name] ?? -1;
}

function wanted(name: RecordField, inside: KeyTable<WantedKey> | null = null): WantedKey {
  return { slot: slot(name), inside, isContent: false };
}

const usageKeys = new KeyTable({
  input_tokens: wanted("input"),
  output_tokens: wanted("output"),
  cache_read_input_tokens: wanted("cacheRead"),
  cache_creation_input_tokens: wanted("cacheWrite"),
  cache_creation: wanted(
    "cacheSplit",
    new KeyTable({
      ephemeral_5m_input_tokens: wanted("cacheWrite5m"),
      ephemeral_1h_input_tokens: wanted("cacheWrite1h"),
    }),
  ),
  server_tool_use: wanted("serverTools", new KeyTable({ web_search_requests: wanted("webSearches") })),
  speed: wanted("speed"),
  service_tier: wanted("serviceTier"),
  inference_geo: wanted("inferenceGeo"),
});

const messageKeys = new KeyTable({
  id: wanted("messageId"),
  model: wanted("model"),
  content: { slot: slot("content"), inside: null, isContent: true },
  usage: wanted("usage", usageKeys),
});

export const recordKeys = new KeyTable({
  userType: wanted("userType"),
  type: wanted("type"),
  uuid: wanted("uuid"),
  sessionId: wanted("sessionId"),
  cwd: wanted("cwd"),
  gitBranch: wanted("gitBranch"),
  version: wanted("version"),
  entrypoint: wanted("entrypoint"),
  timestamp: wanted("timestamp"),
  isSidechain: wanted("isSidechain"),
  isMeta: wanted("isMeta"),
  isCompactSummary: wanted("isCompactSummary"),
  queueTranscriptOnly: wanted("queueTranscriptOnly"),
  isApiErrorMessage: wanted("isApiErrorMessage"),
  requestId: wanted("requestId"),
  requestedModel: wanted("requestedModel"),
  isAbortedMidStream: wanted("isAbortedMidStream"),
  requestSessionId: wanted("requestSessionId"),
  attachment: wanted("attachment"),
  forkedFrom: wanted("forkedFrom", new KeyTable({ sessionId: wanted("forkedFromSession") })),
  message: wanted("message", messageKeys),
  toolUseResult: wanted(
    "toolUseResult",
    new KeyTable({
      structuredPatch: wanted("patch"),
      type: wanted("resultType"),
      content: wanted("resultContent"),
      toolStats: wanted(
        "agentLines",
        new KeyTable({ linesAdded: wanted("agentLinesAdded"), linesRemoved: wanted("agentLinesRemoved") }),
      ),
    }),
  ),
});

export const blockKeys = new KeyTable({
  type: wanted("blockType"),
  text: wanted("blockText"),
  name: wanted("blockName"),
});

/** What all records of a conversation end with, the same in most of them. */
export const ENDING_SLOTS = (["userType", "entrypoint", "cwd", "sessionId", "version", "gitBranch"] as const).map(
  (name) => slot(name),
);
export const isOfEnding = fieldNames.map((_, index) => ENDING_SLOTS.includes(index));
/** All that is wanted of a usage. */
export const USAGE_SLOTS = [
  ...(["input", "output", "cacheRead", "cacheWrite", "cacheWrite5m", "cacheWrite1h", "webSearches"] as const),
  ...(["speed", "serviceTier", "inferenceGeo"] as const),
].map((name) => slot(name));
