/** Any JSON value, kept as it came: tool inputs, metadata, raw messages. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object whose keys nobody here knows in advance. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Narrows an unknown value to a JSON object without looking inside it. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
