/**
 * Transcripts that change as those of many live sessions do: whole and partial lines are appended, files are made, cut,
 * replaced and deleted, sub-agents' files among them.
 * Two sorts of sessions, so that an index can be compared with a new one: the lasting ones only grow, and all that they
 * ever said is on disk; the passing ones are cut, replaced and deleted too, and what was in them then is remembered by
 * those that read it in time.
 */
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { corpusMessage, messageRecords, type RecordBase, userRecord } from "../bench/corpus/corpusRecords.ts";
import type { Random } from "../bench/corpus/random.ts";

interface GrowingFile {
  readonly path: string;
  readonly base: RecordBase;
  /** What is written of it is the beginning of this line's rest. */
  rest: Buffer;
}

const BEGIN_MS = Date.UTC(2026, 9, 5, 8);
const PROJECT = "/home/user/restless";
const MESSAGE_ID = /msg_01\w+/gu;
/** More files than this are not grown any more: the oldest is left alone. */
const MAX_GROWING = 40;

export class RestlessTranscripts {
  readonly #folder: string;
  readonly #random: Random;
  readonly #lasting: GrowingFile[] = [];
  readonly #passing: GrowingFile[] = [];
  readonly #passingSessions = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #deletedSessions = new Set<string>();
  readonly #written = new Set<string>();
  #messages = 0;
  #totalUsd = 0;

  /** `folder` is the configuration folder. */
  constructor(folder: string, random: Random) {
    this.#folder = join(folder, "projects", "-home-user-restless");
    this.#random = random;
    for (let made = 0; made < 4; made += 1) {
      this.#makeSession(this.#lasting);
      this.#makeSession(this.#passing);
    }
  }

  /** Sessions of which something may be gone from disk. */
  get passingSessions(): ReadonlySet<string> {
    return this.#passingSessions;
  }

  /** Sessions of which a file was deleted. */
  get deletedSessions(): ReadonlySet<string> {
    return this.#deletedSessions;
  }

  /** Files that are deleted. */
  get deleted(): ReadonlySet<string> {
    return this.#deleted;
  }

  /** The ids of all messages that were ever in a file of a passing session. */
  get passed(): ReadonlySet<string> {
    return this.#written;
  }

  /** One change of one file. */
  step(): void {
    this.#deleted.delete(this.#change().path);
  }

  /** Appends a whole message to a lasting session, and names the session. */
  appendWhole(): string {
    const file = this.#random.pick(this.#lasting);
    this.#append(file, this.#messageLines(file.base));
    return file.base.sessionId;
  }

  #change(): GrowingFile {
    const random = this.#random;
    const dice = random.next();
    const isLasting = random.chance(0.6);
    const files = isLasting ? this.#lasting : this.#passing;
    if (dice < 0.08) return this.#makeSession(files);
    if (dice < 0.16) return this.#makeSubagent(files);
    if (dice < 0.2) return this.#makeFork();
    if (dice < 0.28) return this.#cut(random.pick(this.#passing));
    if (dice < 0.34) return this.#replace(random.pick(this.#passing));
    if (dice < 0.4) return this.#delete();
    const file = random.pick(files);
    if (dice < 0.62) return this.#appendPart(file);
    if (dice < 0.68) return this.#append(file, this.#fact(file.base));
    return this.#append(file, this.#messageLines(file.base));
  }

  #makeSession(among: GrowingFile[]): GrowingFile {
    const sessionId = this.#random.uuid();
    const base = { sessionId, cwd: PROJECT, agentId: null };
    return this.#make({ path: join(this.#folder, `${sessionId}.jsonl`), base, rest: Buffer.alloc(0) }, among);
  }

  #makeSubagent(among: GrowingFile[]): GrowingFile {
    const { base } = this.#random.pick(among);
    const agentId = this.#random.hex(17);
    const path = join(this.#folder, base.sessionId, "subagents", `agent-${agentId}.jsonl`);
    return this.#make({ path, base: { ...base, agentId }, rest: Buffer.alloc(0) }, among);
  }

  #make(file: GrowingFile, among: GrowingFile[]): GrowingFile {
    if (among === this.#passing) this.#passingSessions.add(file.base.sessionId);
    among.push(file);
    if (among.length > MAX_GROWING) among.shift();
    mkdirSync(dirname(file.path), { recursive: true });
    const { base } = file;
    const prompt = userRecord(this.#random, base, this.#now(), this.#random.words(8), { promptSource: "typed" });
    writeFileSync(file.path, "");
    return this.#append(file, `${prompt}\n${this.#messageLines(base)}`);
  }

  /** A session that begins with a copy of another, whose messages say which session made them. */
  #makeFork(): GrowingFile {
    const from = this.#random.pick(this.#lasting.filter(({ base }) => base.agentId === null));
    const sessionId = this.#random.uuid();
    const copied = readFileSync(from.path, "utf8")
      .split("\n")
      .slice(0, 30)
      .filter((line) => line.endsWith("}"))
      .map((line) => line.replaceAll(`"sessionId":"${from.base.sessionId}"`, `"sessionId":"${sessionId}"`))
      .map((line) =>
        line.includes('"requestId"') && !line.includes('"requestSessionId"')
          ? `${line.slice(0, -1)},"requestSessionId":"${from.base.sessionId}"}`
          : line,
      );
    const path = join(this.#folder, `${sessionId}.jsonl`);
    const file = this.#make(
      { path, base: { sessionId, cwd: PROJECT, agentId: null }, rest: Buffer.alloc(0) },
      this.#lasting,
    );
    return this.#append(file, copied.map((line) => `${line}\n`).join(""));
  }

  #append(file: GrowingFile, lines: string): GrowingFile {
    appendFileSync(file.path, Buffer.concat([file.rest, Buffer.from(lines)]));
    file.rest = Buffer.alloc(0);
    return file;
  }

  /** Anywhere in a line, in the middle of a character too. */
  #appendPart(file: GrowingFile): GrowingFile {
    const bytes = file.rest.length > 0 ? file.rest : Buffer.from(this.#messageLines(file.base));
    const at = this.#random.between(1, bytes.length);
    appendFileSync(file.path, bytes.subarray(0, at));
    file.rest = bytes.subarray(at);
    return file;
  }

  #cut(file: GrowingFile): GrowingFile {
    const { length } = readFileSync(file.path);
    truncateSync(file.path, this.#random.between(0, length));
    file.rest = Buffer.alloc(0);
    return file;
  }

  #replace(file: GrowingFile): GrowingFile {
    file.rest = Buffer.alloc(0);
    const lines = this.#messageLines(file.base);
    if (this.#random.chance(0.5)) {
      writeFileSync(file.path, lines);
      return file;
    }
    writeFileSync(`${file.path}.new`, lines);
    renameSync(`${file.path}.new`, file.path);
    return file;
  }

  /** A whole session goes, sub-agents and all, or one sub-agent's file. */
  #delete(): GrowingFile {
    const file = this.#random.pick(this.#passing);
    const { sessionId, agentId } = file.base;
    this.#deletedSessions.add(sessionId);
    const isGone = (other: GrowingFile): boolean =>
      agentId === null ? other.base.sessionId === sessionId : other === file;
    for (const other of this.#passing.filter(isGone)) {
      rmSync(other.path, { force: true });
      this.#deleted.add(other.path);
      this.#passing.splice(this.#passing.indexOf(other), 1);
    }
    if (agentId === null) rmSync(file.path.replace(/\.jsonl$/u, ""), { recursive: true, force: true });
    return this.#makeSession(this.#passing);
  }

  #fact({ sessionId }: RecordBase): string {
    if (this.#random.chance(0.5))
      return `${JSON.stringify({ type: "custom-title", customTitle: `Ärger ${this.#random.words(3)}`, sessionId })}\n`;
    // Totals of the CLI only grow, and are more than what the messages cost.
    this.#totalUsd += 100;
    return `${JSON.stringify({ type: "cost-state", totalCostUSD: this.#totalUsd, modelUsage: {}, sessionId })}\n`;
  }

  #messageLines(base: RecordBase): string {
    this.#messages += 1;
    const message = corpusMessage(this.#random, this.#messages, this.#now());
    const lines = `${messageRecords(this.#random, base, message, base.sessionId).join("\n")}\n`;
    if (this.#passingSessions.has(base.sessionId)) for (const [id] of lines.matchAll(MESSAGE_ID)) this.#written.add(id);
    return lines;
  }

  #now(): number {
    return BEGIN_MS + this.#messages * 1000;
  }
}
