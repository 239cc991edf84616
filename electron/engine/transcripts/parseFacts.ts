/**
 * Facts that an earlier run kept. Checked by hand: the thread that reads them has no other use for a schema library, which
 * would take more memory than all that it does.
 */
import { emptyFacts, type FileFacts } from "./fileFacts.ts";

const numbers: readonly (keyof FileFacts)[] = [
  ...(["turnCount", "toolCount", "linesAdded", "linesRemoved", "brokenLines", "tooLongLines"] as const),
];
const numbersOrNull: readonly (keyof FileFacts)[] = ["firstAtMs", "lastAtMs", "costUsd", "costAtMs"];
const names = Object.keys(emptyFacts());
const others = new Set<string>([...numbers, ...numbersOrNull, "models", "isSidechain"]);
const textsOrNull = names.filter((name) => !others.has(name));

/** Null when this version cannot read them, and the file must be read anew. */
export function parseFacts(text: string): FileFacts | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isFacts(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isFacts(value: unknown): value is FileFacts {
  if (typeof value !== "object" || value === null) return false;
  const found = new Map<string, unknown>(Object.entries(value));
  const models = found.get("models");
  return (
    numbers.every((name) => typeof found.get(name) === "number") &&
    numbersOrNull.every((name) => isOrNull(found.get(name), "number")) &&
    textsOrNull.every((name) => isOrNull(found.get(name), "string")) &&
    typeof found.get("isSidechain") === "boolean" &&
    Array.isArray(models) &&
    models.every((model) => typeof model === "string")
  );
}

function isOrNull(value: unknown, type: "number" | "string"): boolean {
  return value === null || typeof value === type;
}
