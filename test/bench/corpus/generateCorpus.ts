/**
 * Makes a configuration folder full of transcripts like real ones: sessions, sub-agents' files, and forks that begin with
 * a copy of another session. The same arguments make the same files.
 * `node test/bench/corpus/generateCorpus.ts <folder> <files> <messages> [seed]`
 */
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  attachmentRecord,
  closingRecords,
  type CorpusMessage,
  corpusMessage,
  messageRecords,
  type RecordBase,
  requestRecord,
  userRecord,
} from "./corpusRecords.ts";
import { Random } from "./random.ts";

export interface CorpusOptions {
  /** The configuration folder; its `projects` folder is made. */
  readonly folder: string;
  readonly files: number;
  /** Messages of the API in all files together, copies not counted. */
  readonly messages: number;
  readonly seed?: number;
}

export interface Corpus {
  readonly bytes: number;
  readonly files: number;
  readonly messages: number;
}

const FILES_A_PROJECT = 40;
/** A quarter of the files are sub-agents', a tenth are forks. */
const SUBAGENT_SHARE = 0.25;
const FORK_SHARE = 0.1;
/** Messages that a fork copies of its parent. */
const COPIED_MESSAGES = 40;
const BEGIN_MS = Date.UTC(2026, 8, 1);
const SPAN_MS = 60 * 24 * 3_600_000;

interface Parent {
  readonly base: RecordBase;
  readonly folder: string;
  readonly messages: readonly CorpusMessage[];
}

export function generateCorpus({ folder, files, messages, seed = 1 }: CorpusOptions): Corpus {
  const random = new Random(seed);
  let parent: Parent | null = null;
  let bytes = 0;
  let made = 0;
  for (let index = 0; index < files; index += 1) {
    const count = Math.floor((messages * (index + 1)) / files) - made;
    const atMs = BEGIN_MS + Math.floor((SPAN_MS * index) / files);
    const own = Array.from({ length: count }, (_, at) => corpusMessage(random, made + at, atMs + at * 20_000));
    made += count;
    const kind = parent === null ? 1 : random.next();
    const file: MadeFile =
      parent !== null && kind < SUBAGENT_SHARE
        ? subagentFile(random, parent, own)
        : sessionFile(
            random,
            join(folder, "projects", slug(index)),
            index,
            own,
            kind < SUBAGENT_SHARE + FORK_SHARE ? parent : null,
          );
    mkdirSync(join(file.path, ".."), { recursive: true });
    const text = `${file.lines.join("\n")}\n`;
    writeFileSync(file.path, text);
    utimesSync(file.path, atMs / 1000, atMs / 1000);
    bytes += Buffer.byteLength(text);
    parent = file.parent;
  }
  return { bytes, files, messages: made };
}

interface MadeFile {
  readonly path: string;
  readonly lines: readonly string[];
  readonly parent: Parent;
}

function slug(index: number): string {
  return `-home-user-project-${Math.floor(index / FILES_A_PROJECT)}`;
}

function sessionFile(
  random: Random,
  folder: string,
  index: number,
  messages: readonly CorpusMessage[],
  from: Parent | null,
): MadeFile {
  const sessionId = random.uuid();
  const base = { sessionId, cwd: `/home/user/project-${Math.floor(index / FILES_A_PROJECT)}`, agentId: null };
  const copied = (from?.messages ?? []).slice(0, COPIED_MESSAGES);
  const lines = copied.flatMap((message) => messageRecords(random, base, message, from?.base.sessionId ?? sessionId));
  lines.push(...opening(random, base, messages[0]?.atMs ?? BEGIN_MS), ...conversation(random, base, messages));
  return { path: join(folder, `${sessionId}.jsonl`), lines, parent: { base, folder, messages } };
}

function subagentFile(random: Random, parent: Parent, messages: readonly CorpusMessage[]): MadeFile {
  const agentId = random.hex(17);
  const base = { ...parent.base, agentId };
  const lines = [...opening(random, base, messages[0]?.atMs ?? BEGIN_MS), ...conversation(random, base, messages)];
  const path = join(parent.folder, parent.base.sessionId, "subagents", `agent-${agentId}.jsonl`);
  return { path, lines, parent };
}

/** What each file begins with: what the model was told. */
function opening(random: Random, base: RecordBase, atMs: number): readonly string[] {
  return [
    attachmentRecord(random, base, atMs, "skill_listing", 13_000),
    attachmentRecord(random, base, atMs, "agent_listing_delta", 3800),
    attachmentRecord(random, base, atMs, "prompt_snapshot", 44_000),
    requestRecord(random, base, atMs, "api-request-shape", 36_000),
  ];
}

function conversation(random: Random, base: RecordBase, messages: readonly CorpusMessage[]): readonly string[] {
  return messages.flatMap((message, index) => {
    const prompt = random.words(random.between(4, 60));
    const asked =
      index % 8 === 0 ? [userRecord(random, base, message.atMs - 1, prompt, { promptSource: "typed" })] : [];
    return [
      ...asked,
      requestRecord(random, base, message.atMs, "api-request-blob", random.between(100, 700)),
      requestRecord(random, base, message.atMs, "api-request", 900),
      ...messageRecords(random, base, message, base.sessionId),
      ...(asked.length > 0 ? closingRecords(base, prompt) : []),
    ];
  });
}

if (import.meta.main) {
  const [folder, files, messages, seed = "1"] = process.argv.slice(2);
  if (folder === undefined || files === undefined || messages === undefined)
    throw new Error("Say a folder, how many files and how many messages.");
  const made = generateCorpus({ folder, files: Number(files), messages: Number(messages), seed: Number(seed) });
  process.stdout.write(`${JSON.stringify(made)}\n`);
}
