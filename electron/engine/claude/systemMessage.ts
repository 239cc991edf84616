import type { JsonObject } from "../../../shared/model/json.ts";
import type { MessageOrigin } from "./claudeMessage.ts";

/** Comes before every turn, not only the first. */
export interface InitMessage extends MessageOrigin {
  readonly kind: "system/init";
  readonly cwd: string | null;
  readonly model: string | null;
  readonly permissionMode: string | null;
  readonly cliVersion: string | null;
  readonly apiKeySource: string | null;
  readonly tools: readonly string[];
  readonly slashCommands: readonly string[];
  readonly mcpServers: readonly { readonly name: string; readonly status: string }[];
  readonly capabilities: readonly string[];
  readonly userMessageUuids: readonly string[];
}

/** `requesting`, `compacting`, or null when the state is over; also tells a changed permission mode. */
export interface StatusMessage extends MessageOrigin {
  readonly kind: "system/status";
  readonly status: string | null;
  readonly permissionMode: string | null;
  /** `success` or `failed` at the end of a compaction; null otherwise. */
  readonly compactResult: string | null;
  readonly userMessageUuids: readonly string[];
}

export interface TitleChangedMessage extends MessageOrigin {
  readonly kind: "system/session_title_changed";
  readonly title: string;
}

/** The CLI's running estimate while the model thinks. */
export interface ThinkingTokensMessage extends MessageOrigin {
  readonly kind: "system/thinking_tokens";
  readonly estimatedTokens: number | null;
}

/** A sub-agent or a background command began. */
export interface TaskStartedMessage extends MessageOrigin {
  readonly kind: "system/task_started";
  readonly taskId: string;
  readonly toolUseId: string | null;
  readonly description: string;
  readonly taskType: string | null;
  readonly subagentType: string | null;
  readonly isBackgrounded: boolean;
}

export interface TaskUpdatedMessage extends MessageOrigin {
  readonly kind: "system/task_updated";
  readonly taskId: string;
  readonly status: string | null;
  readonly error: string | null;
  readonly patch: JsonObject;
}

export interface TaskProgressMessage extends MessageOrigin {
  readonly kind: "system/task_progress";
  readonly taskId: string;
  readonly toolUseId: string | null;
  readonly description: string;
  readonly lastToolName: string | null;
}

export interface TaskNotificationMessage extends MessageOrigin {
  readonly kind: "system/task_notification";
  readonly taskId: string;
  readonly toolUseId: string | null;
  readonly status: string;
  readonly summary: string;
  readonly outputFile: string | null;
}

/** The background tasks that run now, all of them. */
export interface BackgroundTasksMessage extends MessageOrigin {
  readonly kind: "system/background_tasks_changed";
  readonly tasks: readonly {
    readonly taskId: string;
    readonly taskType: string | null;
    readonly description: string;
  }[];
}

/** A tool was denied by a rule or a mode, without anybody being asked. */
export interface PermissionDeniedMessage extends MessageOrigin {
  readonly kind: "system/permission_denied";
  readonly toolName: string;
  readonly toolUseId: string | null;
  readonly message: string;
  readonly decisionReasonType: string | null;
}

export interface ApiRetryMessage extends MessageOrigin {
  readonly kind: "system/api_retry";
  readonly attempt: number;
  readonly maxRetries: number | null;
  readonly retryDelayMs: number | null;
  /** The HTTP status; null when the connection itself failed. */
  readonly errorStatus: number | null;
  readonly error: string;
}

export interface CompactBoundaryMessage extends MessageOrigin {
  readonly kind: "system/compact_boundary";
  /** `manual` or `auto`. */
  readonly trigger: string | null;
  readonly preTokens: number | null;
  readonly postTokens: number | null;
}

export interface HookStartedMessage extends MessageOrigin {
  readonly kind: "system/hook_started";
  readonly hookId: string | null;
  readonly hookName: string;
  readonly hookEvent: string | null;
}

export interface HookProgressMessage extends MessageOrigin {
  readonly kind: "system/hook_progress";
  readonly hookId: string | null;
  readonly hookName: string;
  readonly hookEvent: string | null;
  readonly output: string;
}

export interface HookResponseMessage extends MessageOrigin {
  readonly kind: "system/hook_response";
  readonly hookId: string | null;
  readonly hookName: string;
  readonly hookEvent: string | null;
  readonly output: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly outcome: string | null;
}

/** A sentence for people: `informational`, `notification` and `local_command` lines. */
export interface NoticeMessage extends MessageOrigin {
  readonly kind: "system/notice";
  readonly subtype: "informational" | "notification" | "local_command";
  readonly text: string;
  /** `info`, `notice`, `warning`, …; null where the CLI does not say. */
  readonly level: string | null;
}

/** `idle`, `running`, `requires_action`, … */
export interface SessionStateMessage extends MessageOrigin {
  readonly kind: "system/session_state_changed";
  readonly state: string;
}

export type SystemMessage =
  | InitMessage
  | StatusMessage
  | TitleChangedMessage
  | ThinkingTokensMessage
  | TaskStartedMessage
  | TaskUpdatedMessage
  | TaskProgressMessage
  | TaskNotificationMessage
  | BackgroundTasksMessage
  | PermissionDeniedMessage
  | ApiRetryMessage
  | CompactBoundaryMessage
  | HookStartedMessage
  | HookProgressMessage
  | HookResponseMessage
  | NoticeMessage
  | SessionStateMessage;
