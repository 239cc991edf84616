import type { SubagentContent } from "../../stores/subagentStore.ts";
import type { SubagentRow, ToolRow, TranscriptRow } from "./transcriptRow.ts";
import { emptyTranscript, extendTranscript, type Transcript } from "./transcriptRows.ts";

/** Tools that start a sub-agent (names as the CLI 2.1.329 and earlier ones give them). */
export const subagentTools: ReadonlySet<string | null> = new Set(["Task", "Agent"]);

/** Sub-agents start sub-agents; beyond this depth a circle is more likely than one more. */
const MAX_NESTING = 12;

/** Whether the events of the sub-agent that a call started have to be asked for. */
export function isSubagentCall(row: ToolRow, inlineParents: ReadonlySet<string>): boolean {
  return subagentTools.has(row.name) && !inlineParents.has(row.toolUseId);
}

/** What is needed to put sub-agents in place. */
export interface Unfolded {
  readonly openKeys: ReadonlySet<string>;
  readonly byToolUseId: Readonly<Record<string, SubagentContent>>;
}

/**
 * Puts the rows of each unfolded sub-agent below the call that started it, nested ones below theirs. Their keys carry
 * the call's id, because places of one file say nothing about another's. The rows themselves when none is unfolded.
 */
export function withSubagents(transcript: Transcript, unfolded: Unfolded): readonly TranscriptRow[] {
  return nested(transcript, unfolded, 0);
}

function nested(transcript: Transcript, unfolded: Unfolded, level: number): readonly TranscriptRow[] {
  const { rows, inlineParents } = transcript;
  const isUnfolded = (row: TranscriptRow): row is ToolRow =>
    row.kind === "tool" && unfolded.openKeys.has(row.key) && isSubagentCall(row, inlineParents);
  if (level > MAX_NESTING || !rows.some(isUnfolded)) return rows;
  return rows.flatMap((row) => (isUnfolded(row) ? [row, ...rowsBelow(row, unfolded, level)] : [row]));
}

/** The key of a sub-agent's row, by its key among the sub-agent's own. */
export function subagentKey(toolUseId: string, key: string): string {
  return `agent:${toolUseId}:${key}`;
}

function rowsBelow(call: ToolRow, unfolded: Unfolded, level: number): readonly TranscriptRow[] {
  const content = unfolded.byToolUseId[call.toolUseId];
  const transcript = content === undefined ? emptyTranscript : transcriptOf(content.events);
  // A nested call's key stays as it is: its id is its own, and it is by this key that it is unfolded.
  const place = (row: TranscriptRow): TranscriptRow => ({
    ...row,
    key: row.kind === "tool" ? row.key : subagentKey(call.toolUseId, row.key),
    seq: call.seq,
    depth: Math.max(row.depth, 1) + call.depth,
  });
  const below = nested({ ...transcript, rows: transcript.rows.map(place) }, unfolded, level + 1);
  const rest = restRow(call, content);
  return rest === null ? below : [...below, rest];
}

/** Transcripts of sub-agents by what they were made of: the same events give the same rows. */
const made = new WeakMap<SubagentContent["events"], Transcript>();

function transcriptOf(events: SubagentContent["events"]): Transcript {
  const before = made.get(events);
  if (before !== undefined) return before;
  const transcript = extendTranscript(emptyTranscript, events);
  made.set(events, transcript);
  return transcript;
}

function restRow(call: ToolRow, content: SubagentContent | undefined): SubagentRow | null {
  const state = restState(call, content);
  if (state === null) return null;
  const { key, at, seq, depth, toolUseId } = call;
  const base = { kind: "subagent", key: `rest:${key}`, at, seq, depth: depth + 1, toolUseId, state } as const;
  if (content === undefined) return { ...base, problem: null, isLoading: false, loaded: 0 };
  return { ...base, problem: content.problem, isLoading: content.isLoading, loaded: content.events.length };
}

function restState(call: ToolRow, content: SubagentContent | undefined): SubagentRow["state"] | null {
  if (content === undefined) return "more";
  if (content.problem !== null) return "failed";
  if (content.rest !== "none") return content.rest;
  if (call.state === "running") return "running";
  return content.events.length === 0 ? "empty" : null;
}
