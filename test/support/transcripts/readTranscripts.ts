/** Reads transcripts back from a configuration folder, for comparison: every session's own file, parsed. */
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { JsonObject } from "../../../shared/model/json.ts";
import { jsonObjectSchema } from "../../../shared/model/jsonSchema.ts";

/** By session id; sub-agents' files are left out. */
export async function readTranscripts(configDir: string): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  const projects = join(configDir, "projects");
  const files = await readdir(projects, { recursive: true });
  const own = files.filter((file) => file.endsWith(".jsonl") && !basename(file).startsWith("agent-"));
  return new Map(own.map((file) => [basename(file, ".jsonl"), readRecords(join(projects, file))]));
}

function readRecords(path: string): readonly JsonObject[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line) => (line === "" ? [] : [jsonObjectSchema.parse(JSON.parse(line))]));
}
