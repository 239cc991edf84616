import type { EventData } from "../../../shared/model/event.ts";
import type { JsonObject } from "../../../shared/model/json.ts";
import type { Payload, Receipt } from "../../../shared/model/payload.ts";
import type { Permission } from "../../../shared/model/permission.ts";
import type { Mark } from "../../terminal/marks/mark.ts";
import type { PayloadFrame } from "../../terminal/payloadFrame.ts";

interface RowBase {
  /** The same for the same row as long as the session is shown. */
  readonly key: string;
  readonly at: string;
  /** The place of the event that the row stands for, as `sessions.seek` takes it; of a sub-agent's row, that of its call. */
  readonly seq: number;
  /** 0 for the session's own rows, 1 for its sub-agents, and so on. */
  readonly depth: number;
}

/** What a person, a program or another session said. */
export interface UserRow extends RowBase {
  readonly kind: "user";
  readonly text: string;
  readonly origin: EventData<"user.textAdded">["origin"];
  /** The payload's frame taken apart; null for plain text. */
  readonly frame: PayloadFrame | null;
  readonly payload: Payload | null;
}

/** A payload on its way: it becomes a user row when it enters the conversation. */
export interface PayloadRow extends RowBase {
  readonly kind: "payload";
  readonly payload: Payload;
}

export interface TextRow extends RowBase {
  readonly kind: "text";
  readonly text: string;
  readonly streaming: boolean;
}

export interface ThinkingRow extends RowBase {
  readonly kind: "thinking";
  readonly text: string;
  readonly streaming: boolean;
}

/** A tool call that the assistant is still writing. */
export interface ToolDraftRow extends RowBase {
  readonly kind: "toolDraft";
  readonly text: string;
}

export interface ToolRow extends RowBase {
  readonly kind: "tool";
  readonly toolUseId: string;
  /** Null when the call lies before the loaded events. */
  readonly name: string | null;
  readonly input: JsonObject;
  readonly state: "running" | "succeeded" | "failed" | "denied";
  /** The result, or why it was denied; null while it runs. */
  readonly output: string | null;
  readonly omittedChars: number;
  readonly finishedAt: string | null;
}

export interface PermissionRow extends RowBase {
  readonly kind: "permission";
  readonly permission: Permission;
}

export interface TurnRow extends RowBase {
  readonly kind: "turn";
  readonly turn: EventData<"turn.completed">;
}

export interface MarkRow extends RowBase {
  readonly kind: "mark";
  readonly mark: Mark;
  /** True where the conversation was cut: what stands above is no longer in the model's context. */
  readonly divides: boolean;
}

/** What stands below a tool call whose sub-agent is unfolded, where not all of its events are there. */
export interface SubagentRow extends RowBase {
  readonly kind: "subagent";
  readonly toolUseId: string;
  /**
   * `empty`: it said nothing. `more`: further events may follow. `running`: they will. `full`: they do, and are not
   * held. `failed`: they did not load.
   */
  readonly state: "empty" | "more" | "running" | "full" | "failed";
  /** Why its events did not load, in words; null otherwise. */
  readonly problem: string | null;
  readonly isLoading: boolean;
  /** How many events are there. */
  readonly loaded: number;
}

/** One row of the transcript. All text in it is untrusted. */
export type TranscriptRow =
  | UserRow
  | PayloadRow
  | TextRow
  | ThinkingRow
  | ToolDraftRow
  | ToolRow
  | PermissionRow
  | TurnRow
  | MarkRow
  | SubagentRow;

/** A receipt added to a payload; the same state twice counts once. */
export function withReceipt(payload: Payload, receipt: Receipt): Payload {
  if (payload.receipts.some((known) => known.state === receipt.state)) return payload;
  return { ...payload, receipt: receipt.state, receipts: [...payload.receipts, receipt] };
}
