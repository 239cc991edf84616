import type { JsonObject } from "../../../shared/model/json.ts";
import { isJsonObject } from "../../../shared/model/json.ts";
import type { MessageUsage, ModelUsage } from "./messageUsage.ts";
import { readNumber, readObject, readString } from "./readField.ts";

type ReadCount = (from: JsonObject, key: string) => number | null;

/**
 * Reads an API `usage` object; null when the line has none. What is no count is unknown, unless `read` takes numbers as they
 * are told.
 */
export function parseUsage(line: JsonObject, read: ReadCount = readCount): MessageUsage | null {
  const usage = readObject(line, "usage");
  if (usage === null) return null;
  const serverTools = readObject(usage, "server_tool_use");
  return {
    tokens: {
      input: read(usage, "input_tokens"),
      output: read(usage, "output_tokens"),
      cacheRead: read(usage, "cache_read_input_tokens"),
      ...readCacheWrites(usage, read),
    },
    webSearchRequests: serverTools === null ? null : read(serverTools, "web_search_requests"),
    serviceTier: readString(usage, "service_tier"),
    speed: readString(usage, "speed"),
    inferenceGeo: readString(usage, "inference_geo"),
  };
}

/**
 * Five minutes is the API's own default: an unsplit count is one of those, and the other stays unknown; so is what the sum
 * has beyond the split (measured on 2.1.329).
 */
function readCacheWrites(
  usage: JsonObject,
  read: ReadCount,
): Pick<MessageUsage["tokens"], "cacheWrite5m" | "cacheWrite1h"> {
  const split = readObject(usage, "cache_creation");
  const flat = read(usage, "cache_creation_input_tokens");
  if (split === null) return { cacheWrite5m: flat, cacheWrite1h: null };
  const cacheWrite5m = read(split, "ephemeral_5m_input_tokens");
  const cacheWrite1h = read(split, "ephemeral_1h_input_tokens");
  if (flat === null) return { cacheWrite5m, cacheWrite1h };
  return { cacheWrite5m: Math.max(cacheWrite5m ?? 0, flat - (cacheWrite1h ?? 0)), cacheWrite1h };
}

/** Reads `modelUsage` of a result: the session's running totals by model. */
export function parseModelUsage(line: JsonObject): readonly ModelUsage[] {
  const byModel = readObject(line, "modelUsage");
  if (byModel === null) return [];
  return Object.entries(byModel).flatMap(([model, totals]) =>
    isJsonObject(totals) ? [parseModelTotals(model, totals)] : [],
  );
}

function parseModelTotals(model: string, totals: JsonObject): ModelUsage {
  const writes5m = readCount(totals, "cacheCreationEphemeral5mInputTokens");
  return {
    model,
    tokens: {
      input: readCount(totals, "inputTokens"),
      output: readCount(totals, "outputTokens"),
      cacheRead: readCount(totals, "cacheReadInputTokens"),
      cacheWrite5m: writes5m ?? readCount(totals, "cacheCreationInputTokens"),
      cacheWrite1h: readCount(totals, "cacheCreationEphemeral1hInputTokens"),
    },
    webSearchRequests: readCount(totals, "webSearchRequests"),
    costUsd: readNumber(totals, "costUSD"),
    contextWindow: readCount(totals, "contextWindow"),
  };
}

/** A count is a whole number from zero up; anything else is unknown. */
function readCount(from: JsonObject, key: string): number | null {
  const value = readNumber(from, key);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
