/** Cuts the records of a transcript down to what a reader of transcripts looks at. Pure. */
import { isJsonObject, type JsonObject, type JsonValue } from "../../../shared/model/json.ts";

/** What repeats the requests to the API: most of the bytes, and nobody's words. */
const LEFT_OUT: ReadonlySet<string> = new Set(["api-request", "api-request-shape", "api-request-blob", "atis-latch"]);

/** Attachments that tell the model of its surroundings; they stand in the chain of records (`parentUuid`). */
const SURROUNDINGS: ReadonlySet<string> = new Set([
  "environment",
  "model",
  "deferred_tools_delta",
  "agent_listing_delta",
  "skill_listing",
  "session_context",
  "date",
  "remote_session_change",
  "prompt_snapshot",
]);

/** Fields that say how a request was made. */
const UNWANTED: ReadonlySet<string> = new Set([
  "rendered",
  "renderedRole",
  "renderedBesideToolResult",
  "requestRef",
  "requestedModel",
  "promptCacheRequested",
  "effort",
  "perTurnEffort",
  "madeBy",
  "apiBlockIndex",
  "toolInputStreamMs",
  "turnAttributionKey",
  "promptId",
  "serverClassifierRequest",
  "userType",
  "turnOrigin",
  "output_tokens_details",
  "iterations",
  "fallback_credit",
  "stop_details",
  "harnessNoteCount",
  "harnessTailCount",
  "harnessSectionHash",
]);

/** Longer texts are cut: a tool's long output shows as well in its first lines. */
const LONGEST_TEXT = 400;

/** `keepsChain`: attachments of no interest stay as links of the chain, emptied; otherwise the chain is closed over them. */
export function trimRecords(records: readonly unknown[], keepsChain: boolean): readonly JsonObject[] {
  const kept: JsonObject[] = [];
  const parents = new Map<JsonValue, JsonValue>();
  for (const record of records) {
    if (!isJsonObject(record) || isOneOf(LEFT_OUT, record["type"])) continue;
    const linked = { ...trimmed(record), ...relinked(record, parents) };
    const { attachment, uuid } = linked;
    const type = isJsonObject(attachment) ? (attachment["type"] ?? null) : null;
    if (!isOneOf(SURROUNDINGS, type)) kept.push(linked);
    else if (keepsChain) kept.push({ ...linked, attachment: { type } });
    else if (uuid !== undefined) parents.set(uuid, linked["parentUuid"] ?? null);
  }
  return kept;
}

/** The fields that name another record, past those that were left out. */
function relinked(record: JsonObject, parents: ReadonlyMap<JsonValue, JsonValue>): JsonObject {
  const links = ["parentUuid", "logicalParentUuid", "leafUuid"].flatMap((key) => {
    const named = record[key];
    return named === undefined ? [] : [[key, parents.get(named) ?? named] as const];
  });
  return Object.fromEntries(links);
}

function isOneOf(names: ReadonlySet<string>, value: JsonValue | undefined): boolean {
  return typeof value === "string" && names.has(value);
}

function trimmed(record: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (UNWANTED.has(key) ? [] : [[key, shortened(value)] as const])),
  );
}

function shortened(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.length <= LONGEST_TEXT ? value : `${value.slice(0, LONGEST_TEXT)}…`;
  if (Array.isArray(value)) return value.map((item) => shortened(item));
  if (!isJsonObject(value)) return value;
  return trimmed(value);
}
