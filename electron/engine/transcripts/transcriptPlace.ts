/** What a path below `projects` says. Knows where the CLI puts transcripts, and nothing of what is in them or on disk. */

/** What a file is to its session: its own record, a sub-agent's, or a part in the layout of old versions. */
export type TranscriptKind = "main" | "subagent" | "part";

export interface TranscriptPlace {
  readonly kind: TranscriptKind;
  /** The session that the path names; null for legacy sub-agent files, whose records alone say it. */
  readonly sessionId: string | null;
}

/** Sub-agents start sub-agents, and workflows have folders of their own; deeper than this is not the CLI's. */
const MAX_DEPTH = 12;

/** Folders beside those of sessions that hold files by the thousand, and no transcripts. */
const OTHER_FOLDERS = new Set(["tool-results", "memory", "images"]);

/**
 * What the parts of a path below `projects` say: `<slug>/<session>.jsonl`, `<slug>/agent-<id>.jsonl` (before sub-agents
 * had folders), `<slug>/<session>/…/subagents/…/agent-<id>.jsonl`, `<slug>/<session>/<file>.jsonl` (old).
 */
export function placeOf(parts: readonly string[]): TranscriptPlace | null {
  const [slug, second, ...rest] = parts;
  const name = parts.at(-1);
  if (slug === undefined || second === undefined || name === undefined || !name.endsWith(".jsonl")) return null;
  if (rest.length === 0) {
    if (second.startsWith("agent-")) return { kind: "subagent", sessionId: null };
    return { kind: "main", sessionId: second.slice(0, -".jsonl".length) };
  }
  if (rest.includes("subagents")) return name.startsWith("agent-") ? { kind: "subagent", sessionId: second } : null;
  return rest.length === 1 ? { kind: "part", sessionId: second } : null;
}

/** Session folders also hold tool results and images by the thousand: only `subagents` and what is in it is entered. */
export function leadsToTranscripts(parts: readonly string[]): boolean {
  const [, second = "", third] = parts;
  if (parts.length <= 1) return true;
  if (parts.length === 2) return !OTHER_FOLDERS.has(second);
  return third === "subagents" && parts.length <= MAX_DEPTH + 1;
}
