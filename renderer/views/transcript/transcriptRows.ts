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
  /** Tool calls whose sub-agents' events are among those applied. */
  readonly inlineParents: ReadonlySet<string>;
}

export const emptyTranscript: Transcript = {
  rows: [],
  indexByKey: new Map(),
  told: nothingTold,
  inlineParents: new Set(),
};

/** A copy that events are applied to before it is handed out. */
interface Draft {
  readonly rows: TranscriptRow[];
  readonly indexByKey: Map<string, number>;
  told: ToldMarks;
  readonly inlineParents: Set<string>;
}

/** The transcript after further events, in order of `seq`. */
export function extendTranscript(before: Transcript, events: readonly SessionEvent[]): Transcript {
  if (events.length === 0) return before;
  const draft: Draft = {
    rows: [...before.rows],
    indexByKey: new Map(before.indexByKey),
    told: before.told,
    inlineParents: new Set(before.inlineParents),
  };
  for (const event of events) apply(draft, event);
  return draft;
}

/** How deep rows of this parent stand. */
export function rowDepth(transcript: Pick<Transcript, "rows" | "indexByKey">, parentToolUseId: string | null): number {
  if (parentToolUseId === null) return 0;
  return (find(transcript, `tool:${parentToolUseId}`)?.depth ?? 0) + 1;
}

/** The key of the row that tells of an event, where it has a row. */
export function rowKey(event: SessionEvent): string {
  switch (event.type) {
    case "tool.called":
    case "tool.finished":
      return `tool:${event.data.toolUseId}`;
    case "tool.denied":
      return event.data.toolUseId === null ? keyOf(event) : `tool:${event.data.toolUseId}`;
    case "payload.accepted":
      return `payload:${event.data.payload.payloadId}`;
    case "payload.advanced":
      return `payload:${event.data.payloadId}`;
    case "permission.requested":
    case "permission.settled":
      return `permission:${event.data.permission.permissionId}`;
    case "permission.outcomeKnown":
      return `permission:${event.data.permissionId}`;
    default:
      return keyOf(event);
  }
}

function apply(draft: Draft, event: SessionEvent): void {
  if (isMarked(event)) return applyMark(draft, event);
  const { at, seq } = event;
  if ("parentToolUseId" in event.data && event.data.parentToolUseId !== null) {
    draft.inlineParents.add(event.data.parentToolUseId);
  }
  switch (event.type) {
    case "user.textAdded":
      return applyUserText(draft, event);
    case "assistant.textAdded":
    case "assistant.thinkingAdded": {
      if (event.type === "assistant.textAdded" && event.data.text.trim() === "") return;
      const depth = rowDepth(draft, event.data.parentToolUseId);
      const kind = event.type === "assistant.textAdded" ? "text" : "thinking";
      return put(draft, { kind, key: keyOf(event), at, seq, depth, text: event.data.text, streaming: false });
    }
    case "tool.called":
      return applyCall(draft, event);
    case "tool.finished":
      return applyResult(draft, event.data.toolUseId, event);
    case "tool.denied":
      return applyDenial(draft, event);
    case "turn.completed":
      if (event.data.outcome === "success" && event.data.modelTurns === 0) return;
      return put(draft, { kind: "turn", key: keyOf(event), at, seq, depth: 0, turn: event.data });
    case "payload.accepted": {
      const { payload } = event.data;
      return put(draft, { kind: "payload", key: `payload:${payload.payloadId}`, at, seq, depth: 0, payload });
    }
    case "payload.advanced":
      return applyReceipt(draft, event);
    case "permission.requested":
    case "permission.settled":
      return applyPermission(draft, event.data.permission, seq);
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
  const divides = event.type === "context.compacted";
  put(draft, { kind: "mark", key: keyOf(event), at: event.at, seq: event.seq, depth: 0, mark, divides });
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
    seq: event.seq,
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
    seq: event.seq,
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
  const row = toolRow(draft, toolUseId) ?? unknownCall(event, rowDepth(draft, parentToolUseId));
  // The CLI gives a denied call an error result that repeats the denial.
  const state = row.state === "denied" ? "denied" : isError ? "failed" : "succeeded";
  put(draft, { ...row, state, output, omittedChars, finishedAt: event.at });
}

function applyDenial(draft: Draft, event: EventOf<"tool.denied">): void {
  const { toolUseId, toolName, message } = event.data;
  const row = toolUseId === null ? null : toolRow(draft, toolUseId);
  if (row !== null) return put(draft, { ...row, state: "denied", output: message, finishedAt: event.at });
  const mark = { tone: "bad", title: `${toolName} denied`, detail: message } as const;
  put(draft, { kind: "mark", key: keyOf(event), at: event.at, seq: event.seq, depth: 0, mark, divides: false });
}

function applyPermission(draft: Draft, permission: Permission, seq: number): void {
  const { permissionId, toolUseId, requestedAt } = permission;
  const depth = toolUseId === null ? 0 : (toolRow(draft, toolUseId)?.depth ?? 0);
  const key = `permission:${permissionId}`;
  // The decision stands where the request was made.
  const place = find(draft, key)?.seq ?? seq;
  put(draft, { kind: "permission", key, at: requestedAt, seq: place, depth, permission });
}

function applyOutcome(draft: Draft, data: EventData<"permission.outcomeKnown">): void {
  const row = find(draft, `permission:${data.permissionId}`);
  if (row?.kind !== "permission") return;
  put(draft, { ...row, permission: { ...row.permission, outcome: data.outcome } });
}

function unknownCall({ at, seq, data: { toolUseId } }: EventOf<"tool.finished">, depth: number): ToolRow {
  const key = `tool:${toolUseId}`;
  const unfinished = { state: "running", output: null, omittedChars: 0, finishedAt: null } as const;
  return { kind: "tool", key, at, seq, depth, toolUseId, name: null, input: {}, ...unfinished };
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
