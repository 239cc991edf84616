/**
 * Owns: which file holds what a sub-agent said and did. Every sub-agent of a session, sub-agents of sub-agents included,
 * has its file in one flat folder, and beside it a `.meta.json` that names the call which started it (2.1.329).
 */
import { Buffer } from "node:buffer";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RequestError } from "../../../../shared/contract/errors.ts";
import { isJsonObject } from "../../../../shared/model/json.ts";
import { recordsForward } from "./readRecords.ts";
import { withTranscript } from "./transcriptFile.ts";
import { readTranscriptPage, type TranscriptPage, type TranscriptPageOptions } from "./transcriptPage.ts";

/** What the sub-agents of a session are found by. */
export interface Subagents {
  /** The file of the sub-agent that a call started, by the call's id. */
  readonly byCall: ReadonlyMap<string, string>;
  /** Files that do not say which call started them, by the sub-agent's id. */
  readonly withoutCall: ReadonlyMap<string, string>;
}

/** Files looked at together: each is small, and one after the other they would wait for the disk. */
const FILES_AT_ONCE = 16;

const TRANSCRIPT_NAME = /^agent-([\w-]+)\.jsonl$/u;

/** Finds all sub-agents of the session whose transcript this is. A session without any has two empty maps. */
export async function findSubagents(path: string): Promise<Subagents> {
  const folder = join(path.replace(/\.jsonl$/u, ""), "subagents");
  const byCall = new Map<string, string>();
  const withoutCall = new Map(filesIn(dirname(path), await namesIn(dirname(path))));
  const files = filesIn(folder, await namesIn(folder));
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

async function namesIn(folder: string): Promise<readonly string[]> {
  // A session without sub-agents has no such folder.
  return readdir(folder).catch(() => []);
}

function filesIn(folder: string, names: readonly string[]): readonly (readonly [agentId: string, file: string])[] {
  return names.flatMap((name) => {
    const agentId = TRANSCRIPT_NAME.exec(name)?.[1];
    return agentId === undefined ? [] : [[agentId, join(folder, name)] as const];
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
  const needed = [Buffer.from(`"tool_use_id":${JSON.stringify(toolUseId)}`), Buffer.from('"agentId":"')];
  return withTranscript(path, async (file) => {
    const wants = ({ bytes }: { readonly bytes: Buffer }): boolean => needed.every((words) => bytes.includes(words));
    for await (const { record } of recordsForward(file, 0, file.size, { wants })) {
      const result = record["toolUseResult"];
      const agentId = isJsonObject(result) ? result["agentId"] : null;
      if (typeof agentId === "string") return agentId;
    }
    return null;
  });
}
