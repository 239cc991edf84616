/** Readers of single fields of a JSON object: the value when it has the type asked for, else null or an empty list. */
import { isJsonObject } from "../../../shared/model/json.ts";
import type { JsonObject, JsonValue } from "../../../shared/model/json.ts";

export function readString(from: JsonObject, key: string): string | null {
  const value = from[key];
  return typeof value === "string" ? value : null;
}

export function readNumber(from: JsonObject, key: string): number | null {
  const value = from[key];
  return typeof value === "number" ? value : null;
}

export function readFlag(from: JsonObject, key: string): boolean {
  return from[key] === true;
}

export function readObject(from: JsonObject, key: string): JsonObject | null {
  const value = from[key];
  return isJsonObject(value) ? value : null;
}

export function readValue(from: JsonObject, key: string): JsonValue {
  return from[key] ?? null;
}

export function readObjects(from: JsonObject, key: string): readonly JsonObject[] {
  const value = from[key];
  return Array.isArray(value) ? value.filter(isJsonObject) : NOTHING;
}

export function readStrings(from: JsonObject, key: string): readonly string[] {
  const value = from[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : NOTHING;
}

/** One shared empty list: the stream reads thousands of missing lists a second. */
const NOTHING: readonly never[] = [];
