/** Folds records into the facts of their file. */
import type { FileFacts } from "./fileFacts.ts";
import type { RecordReader } from "./recordReader.ts";
import { isWrapper, toCommand, toTitle, withoutRemarks, WRAPPER_BYTES } from "./titleChoice.ts";

/** Whose file the records stand in. */
export interface FactsPlace {
  /** The session that the path names; null when only the records say it. */
  readonly sessionId: string | null;
  readonly isSubagentFile: boolean;
}

/** Different models that one file names; more is no transcript. */
const MAX_MODELS = 32;

/** What the CLI calls the model of messages that it made itself. */
const SYNTHETIC_MODEL = "<synthetic>";

/** Beyond this a change is not counted line by line: parsing it would hold up the scan. */
const MAX_PATCH_BYTES = 4 * 1024 * 1024;

/** A user, assistant or system record. */
export function gatherTurnRecord(facts: FileFacts, record: RecordReader, place: FactsPlace): void {
  gatherBase(facts, record, place);
  // Versions before sub-agents had files of their own wrote what they said among what the session did.
  const isOwn = place.isSubagentFile || !record.flag("isSidechain");
  if (record.type === "assistant") gatherAssistant(facts, record, isOwn);
  if (record.type === "user") gatherUser(facts, record, isOwn);
}

function gatherBase(facts: FileFacts, record: RecordReader, place: FactsPlace): void {
  const at = record.time();
  if (at !== null) {
    facts.firstAtMs = facts.firstAtMs === null ? at : Math.min(facts.firstAtMs, at);
    facts.lastAtMs = facts.lastAtMs === null ? at : Math.max(facts.lastAtMs, at);
  }
  // Else all that follows is known from the record before.
  if (!record.hasSameEnding) gatherPlace(facts, record, place);
  if (record.flag("isSidechain")) facts.isSidechain = true;
  // In the fork of a fork the oldest copies name the grandparent, the newest the parent.
  facts.parentSessionId = forkedFrom(record) ?? facts.parentSessionId;
}

function gatherPlace(facts: FileFacts, record: RecordReader, place: FactsPlace): void {
  const sessionId = record.text("sessionId");
  facts.sessionId ??= sessionId;
  // Old versions wrote a resumed session into another file, whose first records still name the one before.
  const isOther = sessionId !== null && place.sessionId !== null && sessionId !== place.sessionId;
  if (isOther && !place.isSubagentFile) facts.parentSessionId = sessionId;
  facts.lastCwd = record.text("cwd") ?? facts.lastCwd;
  facts.firstCwd ??= facts.lastCwd;
  facts.gitBranch = branchOf(record) ?? facts.gitBranch;
  facts.cliVersion = record.text("version") ?? facts.cliVersion;
  facts.entrypoint = record.text("entrypoint") ?? facts.entrypoint;
}

/** Outside a working tree, and on a detached head, the CLI writes this word. */
const NO_BRANCH = "HEAD";

function branchOf(record: RecordReader): string | null {
  const branch = record.text("gitBranch");
  return branch === NO_BRANCH ? null : branch;
}

/** 2.1.329 names the session that made the request in the copies that a fork begins with. */
function forkedFrom(record: RecordReader): string | null {
  const requestSession = record.has("requestSessionId") ? record.text("requestSessionId") : null;
  if (requestSession !== null && requestSession !== record.text("sessionId")) return requestSession;
  return record.text("forkedFromSession");
}

function gatherAssistant(facts: FileFacts, record: RecordReader, isOwn: boolean): void {
  facts.toolCount += record.toolCalls;
  const model = record.text("model");
  if (model === null || model === SYNTHETIC_MODEL) return;
  if (isOwn) facts.lastModel = model;
  if (!facts.models.includes(model) && facts.models.length < MAX_MODELS) facts.models.push(model);
}

function gatherUser(facts: FileFacts, record: RecordReader, isOwn: boolean): void {
  if (record.has("toolUseResult")) gatherChange(facts, record);
  if (
    !isOwn ||
    record.hasToolResult ||
    record.flag("isMeta") ||
    record.flag("isCompactSummary") ||
    record.flag("queueTranscriptOnly")
  )
    return;
  const field = record.has("blockText") ? "blockText" : "content";
  if (!record.has(field)) return;
  const mayBeWrapped = isWrapper(record.textHead(field, WRAPPER_BYTES));
  const rest = mayBeWrapped ? withoutRemarks(record.text(field) ?? "") : null;
  if (rest !== null && (rest === "" || isWrapper(rest))) return gatherCommand(facts, record, rest);
  facts.turnCount += 1;
  beginTurn(facts, record);
  if (facts.firstPrompt !== null) return;
  const text = rest ?? record.text(field);
  facts.firstPrompt = text === null ? null : toTitle(text);
}

/** A payload's id is that of its record, so that the turn has the same name as in the live stream. */
function beginTurn(facts: FileFacts, record: RecordReader): void {
  if (!record.flag("isSidechain")) facts.turnId = record.text("uuid");
}

function gatherCommand(facts: FileFacts, record: RecordReader, text: string): void {
  const command = toCommand(text);
  if (command === null) return;
  facts.turnCount += 1;
  beginTurn(facts, record);
  facts.firstCommand ??= command;
}

/** Lines that an edit or a new file changed, as the CLI counts them (`totalLinesAdded` of its own totals). */
function gatherChange(facts: FileFacts, record: RecordReader): void {
  // Sub-agents' own records do not tell what they changed; the result of their call does.
  facts.linesAdded += record.number("agentLinesAdded") ?? 0;
  facts.linesRemoved += record.number("agentLinesRemoved") ?? 0;
  if (!record.has("patch") || record.size("patch") > MAX_PATCH_BYTES) return;
  const patch = record.value("patch");
  if (!Array.isArray(patch)) return;
  for (const hunk of patch) {
    const lines = isJsonObject(hunk) && Array.isArray(hunk["lines"]) ? hunk["lines"] : [];
    for (const line of lines) {
      if (typeof line !== "string") continue;
      if (line.startsWith("+")) facts.linesAdded += 1;
      else if (line.startsWith("-")) facts.linesRemoved += 1;
    }
  }
  if (patch.length > 0 || record.text("resultType") !== "create") return;
  if (record.size("resultContent") <= MAX_PATCH_BYTES) facts.linesAdded += countLines(record.text("resultContent"));
}

function countLines(text: string | null): number {
  return text === null || text === "" ? 0 : text.split(/\r?\n/u).length;
}

/** A small record with one fact; `record` is the line parsed. */
export function gatherFactRecord(facts: FileFacts, record: unknown): void {
  if (!isJsonObject(record)) return;
  const text = (key: string): string | null => {
    const value = record[key];
    return typeof value === "string" && value !== "" ? value : null;
  };
  switch (record["type"]) {
    case "custom-title":
      facts.customTitle = shortened(text("customTitle")) ?? facts.customTitle;
      break;
    case "ai-title":
      facts.aiTitle = shortened(text("aiTitle")) ?? facts.aiTitle;
      break;
    case "agent-name":
      facts.agentName = shortened(text("agentName")) ?? facts.agentName;
      break;
    case "summary":
      facts.summary = shortened(text("summary")) ?? facts.summary;
      break;
    case "pr-link":
      facts.pullRequestUrl = text("prUrl") ?? facts.pullRequestUrl;
      break;
    case "worktree-state": {
      const session = record["worktreeSession"];
      const original = isJsonObject(session) ? session["originalCwd"] : null;
      if (typeof original === "string") facts.worktreeOf = original;
      break;
    }
    case "cost-state": {
      const total = record["totalCostUSD"];
      if (typeof total === "number" && Number.isFinite(total)) {
        facts.costUsd = total;
        facts.costAtMs = facts.lastAtMs;
      }
    }
  }
  facts.sessionId ??= text("sessionId");
}

function shortened(text: string | null): string | null {
  return text === null ? null : toTitle(text);
}

/** Of its own, since the shared one comes with a schema library that each scanning thread would load. */
function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
