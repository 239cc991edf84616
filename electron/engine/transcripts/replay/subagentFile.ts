/**
 * Owns: which file holds what a sub-agent said and did. Every sub-agent of a session, sub-agents of sub-agents included,
 * has its file in one folder, those of workflows in folders inside it, and beside it a `.meta.json` that names the call
 * which started it (2.1.329).
 */
import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { RequestError } from "../../../../shared/contract/errors.ts";
import { isJsonObject, type JsonObject } from "../../../../shared/model/json.ts";
import { holdsIn } from "./lineWords.ts";
import { recordsForward } from "./readRecords.ts";
import { withTranscript } from "./transcriptFile.ts";
import type { TranscriptLine } from "./transcriptLine.ts";
import { readTranscriptPage, type TranscriptPage, type TranscriptPageOptions } from "./transcriptPage.ts";

/** What the sub-agents of a session are found by. */
export interface Subagents {
  /** The file of the sub-agent that a call started, by the call's id. */
  readonly byCall: ReadonlyMap<string, string>;
  /** Files that do not say which call started them, by the sub-agent's id. */
  readonly withoutCall: ReadonlyMap<string, string>;
}

/** A sub-agent is answered once; what only holds the same words is passed over. */
const MAX_RESULTS = 4;

/** Files looked at together: each is small, and one after the other they would wait for the disk. */
const FILES_AT_ONCE = 16;

const TRANSCRIPT_NAME = /^agent-([\w-]+)\.jsonl$/u;

/** Finds all sub-agents of the session whose transcript this is. A session without any has two empty maps. */
export async function findSubagents(path: string): Promise<Subagents> {
  const folder = join(path.replace(/\.jsonl$/u, ""), "subagents");
  const byCall = new Map<string, string>();
  const withoutCall = new Map(await filesIn(dirname(path), false));
  const files = await filesIn(folder, true);
  for (let index = 0; index < files.length; index += FILES_AT_ONCE) {
    const some = files.slice(index, index + FILES_AT_ONCE);
    const calls = await Promise.all(some.map(([, file]) => callOf(file)));
    some.forEach(([agentId, file], at) => {
      const call = calls[at] ?? null;
      if (call === null) withoutCall.set(agentId, file);
      else byCall.set(call, file);
    });
  }
  return { byCall, withoutCall };
}

/** The file of the sub-agent that this call started; null when there is none. @throws RequestError `transcript_missing`. */
export async function subagentFile(path: string, toolUseId: string): Promise<string | null> {
  const { byCall, withoutCall } = await findSubagents(path);
  const file = byCall.get(toolUseId);
  if (file !== undefined || withoutCall.size === 0) return file ?? null;
  const agentId = await agentOfResult(path, toolUseId);
  return agentId === null ? null : (withoutCall.get(agentId) ?? null);
}

/**
 * The call that started the sub-agent whose file this is, as the description beside it says, else the result of a call in
 * the session's own transcript; null when neither does. @throws RequestError `transcript_missing`.
 */
export async function callOfSubagent(path: string, file: string): Promise<string | null> {
  const call = await callOf(file);
  const agentId = TRANSCRIPT_NAME.exec(basename(file))?.[1];
  if (call !== null || agentId === undefined) return call;
  for (const record of await resultsOfAgents(path, [`"agentId":${JSON.stringify(agentId)}`])) {
    const toolUseId = answeredCall(record);
    if (toolUseId !== null) return toolUseId;
  }
  return null;
}

export interface SubagentPageOptions extends Omit<TranscriptPageOptions, "parentToolUseId"> {
  /** The call that started the sub-agent. */
  readonly toolUseId: string;
}

/**
 * A page of a sub-agent's events. `path` is the session's own transcript; the events' places are those of the sub-agent's
 * file, so they are ordered among themselves only.
 * @throws RequestError `not_found` when the call started no sub-agent, `transcript_missing`.
 */
export async function readSubagentPage({ toolUseId, ...page }: SubagentPageOptions): Promise<TranscriptPage> {
  const path = await subagentFile(page.path, toolUseId);
  if (path === null) throw new RequestError("not_found", "Nothing is kept of a sub-agent that this call started.");
  return readTranscriptPage({ ...page, path, parentToolUseId: toolUseId });
}

type SubagentFile = readonly [agentId: string, file: string];

async function filesIn(folder: string, recursive: boolean): Promise<readonly SubagentFile[]> {
  // A session without sub-agents has no such folder.
  const entries = await readdir(folder, { withFileTypes: true, recursive }).catch((): Dirent[] => []);
  return entries.flatMap(({ name, parentPath }) => {
    const agentId = TRANSCRIPT_NAME.exec(name)?.[1];
    return agentId === undefined ? [] : [[agentId, join(parentPath, name)] as const];
  });
}

async function callOf(file: string): Promise<string | null> {
  try {
    const meta: unknown = JSON.parse(await readFile(file.replace(/\.jsonl$/u, ".meta.json"), "utf8"));
    const toolUseId = isJsonObject(meta) ? meta["toolUseId"] : null;
    return typeof toolUseId === "string" ? toolUseId : null;
  } catch {
    // Missing, half written or no JSON: the file then is one of those that do not say.
    return null;
  }
}

/** The sub-agent that the call's result names: versions before the `.meta.json` link them only here. */
async function agentOfResult(path: string, toolUseId: string): Promise<string | null> {
  const needed = [`"tool_use_id":${JSON.stringify(toolUseId)}`, '"agentId":"'];
  for (const record of await resultsOfAgents(path, needed)) {
    const result = record["toolUseResult"];
    const agentId = isJsonObject(result) ? result["agentId"] : null;
    if (typeof agentId === "string") return agentId;
  }
  return null;
}

/** Records that hold all of these words. */
async function resultsOfAgents(path: string, needed: readonly string[]): Promise<readonly JsonObject[]> {
  return withTranscript(path, async (file) => {
    const found: JsonObject[] = [];
    const wants = ({ bytes }: TranscriptLine): boolean => needed.every(holdsIn(bytes));
    for await (const { record } of recordsForward(file, 0, file.size, { wants })) {
      found.push(record);
      if (found.length === MAX_RESULTS) break;
    }
    return found;
  });
}

function answeredCall({ message }: JsonObject): string | null {
  const content = isJsonObject(message) && Array.isArray(message["content"]) ? message["content"] : [];
  const ids = content.map((block) => (isJsonObject(block) ? block["tool_use_id"] : null));
  return ids.find((id) => typeof id === "string") ?? null;
}
