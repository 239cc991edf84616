/**
 * The transcripts on which the ledger's costs are compared with ccusage's: a small corpus of the generator, and a session
 * whose every day has one message with something that prices differ in. The same files everywhere.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateCorpus } from "../../bench/corpus/generateCorpus.ts";

type Counts = readonly [input: number, output: number, cacheRead: number, write5m: number, write1h: number];

/** One a day. */
export const specialMessages: readonly (readonly [model: string, counts: Counts, more?: object])[] = [
  ["claude-opus-5", [1237, 733, 20_011, 3001, 4003]],
  ["claude-fable-5-1", [1237, 733, 20_011, 3001, 4003]],
  ["claude-haiku-4-5", [1237, 733, 20_011, 3001, 4003]],
  ["claude-sonnet-4-5", [1237, 733, 20_011, 3001, 4003]],
  ["claude-sonnet-4-5", [250_000, 733, 0, 0, 0]],
  ["claude-opus-4-6", [1, 733, 250_000, 0, 0]],
  ["claude-opus-4-6", [1237, 733, 20_011, 3001, 4003], { speed: "fast" }],
  ["claude-opus-5", [1237, 733, 20_011, 3001, 4003], { speed: "fast" }],
  ["claude-opus-5", [1237, 733, 20_011, 3001, 4003], { inference_geo: "us" }],
  ["claude-opus-5", [1237, 733, 0, 0, 0], { server_tool_use: { web_search_requests: 3 } }],
  ["claude-opus-5", [1237, 733, 0, 0, 0], { service_tier: "batch" }],
];

const SESSION = "5c000000-0000-4000-8000-000000000001";
const FIRST_DAY_MS = Date.UTC(2026, 6, 1, 12);
const DAY_MS = 86_400_000;

/** The day of a special message, `2026-07-01`. */
export function specialDay(index: number): string {
  return new Date(FIRST_DAY_MS + index * DAY_MS).toISOString().slice(0, 10);
}

/** Below a configuration folder. */
export function makeCcusageCorpus(folder: string): void {
  generateCorpus({ folder, files: 20, messages: 300, seed: 20 });
  const project = join(folder, "projects", "-home-user-special");
  mkdirSync(project, { recursive: true });
  const lines = specialMessages.map(([model, counts, more], index) => specialLine(model, index, usageOf(counts, more)));
  writeFileSync(join(project, `${SESSION}.jsonl`), lines.join(""));
}

function usageOf([input, output, cacheRead, write5m, write1h]: Counts, more: object = {}): object {
  return {
    ...{ input_tokens: input, output_tokens: output, cache_read_input_tokens: cacheRead },
    cache_creation_input_tokens: write5m + write1h,
    cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
    ...{ service_tier: "standard", speed: "standard", inference_geo: "", ...more },
  };
}

function specialLine(model: string, index: number, usage: object): string {
  const serial = String(index).padStart(3, "0");
  const message = { id: `msg_special_${serial}`, type: "message", role: "assistant", model, content: [], usage };
  const timestamp = new Date(FIRST_DAY_MS + index * DAY_MS).toISOString();
  const place = { sessionId: SESSION, cwd: "/home/user/special", version: "2.1.329", isSidechain: false };
  const record = {
    type: "assistant",
    uuid: `u${serial}`,
    requestId: `req_special_${serial}`,
    timestamp,
    message,
    ...place,
  };
  return `${JSON.stringify(record)}\n`;
}
