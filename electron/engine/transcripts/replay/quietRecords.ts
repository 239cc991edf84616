/** Which records of a transcript say nothing that a reader of the session would miss. */
import type { Buffer } from "node:buffer";

/**
 * Bookkeeping of the CLI, by record type (2.1.329). Types that are not known are shown. A `pr-link` is written again and
 * again; the result of the tool that made the pull request tells of it once.
 */
const quietTypes: ReadonlySet<string> = new Set([
  ...["api-request", "api-request-shape", "api-request-blob", "api-request-resumed", "atis-latch", "tools-used"],
  ...["last-prompt", "mode", "repl-mode", "memory-mode", "cost-state", "progress", "agent-name", "agent-color"],
  ...["agent-setting", "agent-server", "file-history-snapshot", "file-history-delta", "worktree-state", "relocated"],
  ...["session-owner", "bridge-session", "content-replacement", "data-flow-records", "data-flow-incomplete"],
  ...["isolation-latch", "history-suppression", "fork-context-ref", "resume-head-vouch", "interactive-mark"],
  ...["observer-ref", "frame-link", "artifact-autoreact-ledger", "attacher-caps", "tag", "pr-link"],
]);

/** What the CLI tells the model about itself and its surroundings, by attachment type (2.1.329). */
const quietAttachments: ReadonlySet<string> = new Set([
  ...["prompt_snapshot", "environment", "skill_listing", "agent_listing_delta", "deferred_tools_delta", "date"],
  ...["session_context", "remote_session_change", "total_tokens_reminder", "critical_system_reminder"],
  ...["todo_reminder", "task_reminder", "batching_reminder", "secondary_reminder", "elapsed_time_reminder"],
  ...["silent_turn_reminder", "plan_mode", "plan_mode_exit", "plan_mode_reentry", "plan_file_reference"],
  ...["command_permissions", "ultra_effort_enter", "sandbox_instructions", "coordinator_context", "output_style"],
  ...["token_usage", "budget_usd", "already_read_file", "compact_file_reference", "mcp_instructions_delta"],
  ...["guidance_loaded", "linked_plugin_tools_note", "repl_mcp_servers", "env_log", "task_status", "date_change"],
]);

export function isQuietType(type: string): boolean {
  return quietTypes.has(type);
}

export function isQuietAttachment(type: string): boolean {
  return quietAttachments.has(type);
}

/** Everything that 2.1.329 writes before the type of an attachment fits into this. */
const HEAD_BYTES = 512;

/** The record's type, where it is the first key. */
const FIRST_TYPE = /^\{"type":"([a-z-]+)"/u;

/** An attachment's type, where only plain values of the record's own come before it. */
const ATTACHMENT_TYPE = /^\{(?:"\w+":(?:"[^"\\]*"|true|false|null),)*"attachment":\{"type":"(\w+)"/u;

/**
 * Whether a line can be left out without being parsed. What it cannot tell from the first bytes it answers with false: the
 * mapping leaves out the same records, only later.
 */
export function isQuietLine(bytes: Buffer): boolean {
  const head = bytes.toString("latin1", 0, HEAD_BYTES);
  const type = FIRST_TYPE.exec(head)?.[1];
  if (type !== undefined) return isQuietType(type);
  const attachment = ATTACHMENT_TYPE.exec(head)?.[1];
  return attachment !== undefined && isQuietAttachment(attachment);
}
