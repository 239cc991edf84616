import type { EventData, EventOf, SessionEvent } from "../../../shared/model/event.ts";
import type { Receipt } from "../../../shared/model/payload.ts";
import type { Permission } from "../../../shared/model/permission.ts";
import { isMarked, type MarkedEvent } from "../../terminal/marks/eventMark.ts";
import { type ToldMarks, nothingTold, tellMark } from "../../terminal/marks/toldMarks.ts";
import { parsePayloadFrame } from "../../terminal/payloadFrame.ts";
import { type ToolRow, type TranscriptRow, type UserRow, withReceipt } from "./transcriptRow.ts";

/**
 * Owns: events → rows of the transcript.
 * Knows nothing about: React, how rows are drawn, blocks that are still being written (`openRows.ts`).
 * Invariants: pure; a row keeps its key; rows that belong together (call and result, request and decision, payload and
 * receipts) are one row, at the place where the first of them happened, but a payload moves to where it entered the
 * conversation. Bounded by the events it is given.
 */

/** The rows and where to find them. Begin with `emptyTranscript`. */
export interface Transcript {
  readonly rows: readonly TranscriptRow[];
  readonly indexByKey: ReadonlyMap<string, number>;
  readonly told: ToldMarks;
}

export const emptyTranscript: Transcript = { rows: [], indexByKey: new Map(), told: nothingTold };

/** A copy that events are applied to before it is handed out. */
interface Draft {
  readonly rows: TranscriptRow[];
  readonly indexByKey: Map<string, number>;
  told: ToldMarks;
}

/** The transcript after further events, in order of `seq`. */
export function extendTranscript(before: Transcript, events: readonly SessionEvent[]): Transcript {
  if (events.length === 0) return before;
  const draft: Draft = {
    rows: [...before.rows],
    indexByKey: new Map(before.indexByKey),
    told: before.told,
  };
  for (const event of events) apply(draft, event);
  return draft;
}

/** How deep rows of this parent stand. */
export function rowDepth(transcript: Pick<Transcript, "rows" | "indexByKey">, parentToolUseId: string | null): number {
  if (parentToolUseId === null) return 0;
  return (find(transcript, `tool:${parentToolUseId}`)?.depth ?? 0) + 1;
}

function apply(draft: Draft, event: SessionEvent): void {
  if (isMarked(event)) return applyMark(draft, event);
  const { at } = event;
  switch (event.type) {
    case "user.textAdded":
      return applyUserText(draft, event);
    case "assistant.textAdded":
    case "assistant.thinkingAdded": {
      if (event.type === "assistant.textAdded" && event.data.text.trim() === "") return;
      const depth = rowDepth(draft, event.data.parentToolUseId);
      const kind = event.type === "assistant.textAdded" ? "text" : "thinking";
      return put(draft, { kind, key: keyOf(event), at, depth, text: event.data.text, streaming: false });
    }
    case "tool.called":
      return applyCall(draft, event);
    case "tool.finished":
      return applyResult(draft, event.data.toolUseId, event);
    case "tool.denied":
      return applyDenial(draft, event);
    case "turn.completed":
      if (event.data.outcome === "success" && event.data.modelTurns === 0) return;
      return put(draft, { kind: "turn", key: keyOf(event), at, depth: 0, turn: event.data });
    case "payload.accepted": {
      const { payload } = event.data;
      return put(draft, { kind: "payload", key: `payload:${payload.payloadId}`, at, depth: 0, payload });
    }
    case "payload.advanced":
      return applyReceipt(draft, event);
    case "permission.requested":
    case "permission.settled":
      return applyPermission(draft, event.data.permission);
    case "permission.outcomeKnown":
      return applyOutcome(draft, event.data);
    case "assistant.delta":
    case "usage.recorded":
      return;
  }
}

function applyMark(draft: Draft, event: MarkedEvent): void {
  const { told, mark } = tellMark(draft.told, event);
  draft.told = told;
  if (mark === null) return;
  put(draft, { kind: "mark", key: keyOf(event), at: event.at, depth: 0, mark });
}

function applyUserText(draft: Draft, event: EventOf<"user.textAdded">): void {
  const { text, origin, payloadId, parentToolUseId } = event.data;
  const waiting = payloadId === null ? undefined : find(draft, `payload:${payloadId}`);
  const payload = waiting?.kind === "payload" ? waiting.payload : null;
  if (waiting?.kind === "payload") remove(draft, waiting.key);
  const row: UserRow = {
    kind: "user",
    // The payload's own key, so that later receipts find the row.
    key: payload === null ? keyOf(event) : `payload:${payload.payloadId}`,
    at: event.at,
    depth: rowDepth(draft, parentToolUseId),
    text,
    origin,
    frame: parsePayloadFrame(text),
    payload,
  };
  put(draft, row);
}

function applyReceipt(draft: Draft, event: EventOf<"payload.advanced">): void {
  const row = find(draft, `payload:${event.data.payloadId}`);
  const { state, reason } = event.data;
  const receipt: Receipt = reason === undefined ? { state, at: event.at } : { state, at: event.at, reason };
  if (row?.kind === "payload") put(draft, { ...row, payload: withReceipt(row.payload, receipt) });
  if (row?.kind === "user" && row.payload !== null) put(draft, { ...row, payload: withReceipt(row.payload, receipt) });
}

function applyCall(draft: Draft, event: EventOf<"tool.called">): void {
  const { toolUseId, name, input, parentToolUseId } = event.data;
  put(draft, {
    kind: "tool",
    key: `tool:${toolUseId}`,
    at: event.at,
    depth: rowDepth(draft, parentToolUseId),
    toolUseId,
    name,
    input,
    state: "running",
    output: null,
    omittedChars: 0,
    finishedAt: null,
  });
}

function applyResult(draft: Draft, toolUseId: string, event: EventOf<"tool.finished">): void {
  const { isError, output, omittedChars, parentToolUseId } = event.data;
  const row = toolRow(draft, toolUseId) ?? unknownCall(event.at, toolUseId, rowDepth(draft, parentToolUseId));
  // The CLI gives a denied call an error result that repeats the denial.
  const state = row.state === "denied" ? "denied" : isError ? "failed" : "succeeded";
  put(draft, { ...row, state, output, omittedChars, finishedAt: event.at });
}

function applyDenial(draft: Draft, event: EventOf<"tool.denied">): void {
  const { toolUseId, toolName, message } = event.data;
  const row = toolUseId === null ? null : toolRow(draft, toolUseId);
  if (row !== null) return put(draft, { ...row, state: "denied", output: message, finishedAt: event.at });
  const mark = { tone: "bad", title: `${toolName} denied`, detail: message } as const;
  put(draft, { kind: "mark", key: keyOf(event), at: event.at, depth: 0, mark });
}

function applyPermission(draft: Draft, permission: Permission): void {
  const { permissionId, toolUseId, requestedAt } = permission;
  const depth = toolUseId === null ? 0 : (toolRow(draft, toolUseId)?.depth ?? 0);
  put(draft, { kind: "permission", key: `permission:${permissionId}`, at: requestedAt, depth, permission });
}

function applyOutcome(draft: Draft, data: EventData<"permission.outcomeKnown">): void {
  const row = find(draft, `permission:${data.permissionId}`);
  if (row?.kind !== "permission") return;
  put(draft, { ...row, permission: { ...row.permission, outcome: data.outcome } });
}

function unknownCall(at: string, toolUseId: string, depth: number): ToolRow {
  const key = `tool:${toolUseId}`;
  const unfinished = { state: "running", output: null, omittedChars: 0, finishedAt: null } as const;
  return { kind: "tool", key, at, depth, toolUseId, name: null, input: {}, ...unfinished };
}

function toolRow(draft: Draft, toolUseId: string): ToolRow | null {
  const row = find(draft, `tool:${toolUseId}`);
  return row?.kind === "tool" ? row : null;
}

function find(from: Pick<Transcript, "rows" | "indexByKey">, key: string): TranscriptRow | undefined {
  const index = from.indexByKey.get(key);
  return index === undefined ? undefined : from.rows[index];
}

function put(draft: Draft, row: TranscriptRow): void {
  const index = draft.indexByKey.get(row.key);
  if (index === undefined) draft.indexByKey.set(row.key, draft.rows.push(row) - 1);
  else draft.rows[index] = row;
}

function remove(draft: Draft, key: string): void {
  const index = draft.indexByKey.get(key);
  if (index === undefined) return;
  draft.rows.splice(index, 1);
  draft.indexByKey.delete(key);
  for (let at = index; at < draft.rows.length; at += 1) {
    const row = draft.rows[at];
    if (row !== undefined) draft.indexByKey.set(row.key, at);
  }
}

function keyOf(event: SessionEvent): string {
  return `event:${event.seq}`;
}
