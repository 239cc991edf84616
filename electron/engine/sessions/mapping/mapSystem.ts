import type { EventDraft } from "../../../../shared/model/event.ts";
import type { InitMessage, StatusMessage, SystemMessage } from "../../claude/systemMessage.ts";
import { beginOrJoinTurn, type Mapped, type MappingState, told } from "./mappingState.ts";
import type { MappingContext } from "./mapMessage.ts";

/** Maps what the CLI says about itself: settings, state, tasks, hooks, retries, notices. */
export function mapSystem(state: MappingState, message: SystemMessage, context: MappingContext): Mapped {
  switch (message.kind) {
    case "system/init":
      return mapInit(state, message);
    case "system/status":
      return mapStatus(state, message, context);
    case "system/session_title_changed":
      return state.title === message.title
        ? told(state)
        : told(
            { ...state, title: message.title },
            { type: "session.renamed", data: { title: message.title, source: "cli" } },
          );
    case "system/thinking_tokens":
    case "system/background_tasks_changed":
    case "system/session_state_changed":
      return told(state);
    default: {
      const event = reportOf(message);
      return event === null ? told(state) : told(state, event);
    }
  }
}

function mapInit(state: MappingState, message: InitMessage): Mapped {
  const { model, permissionMode, cliVersion, apiKeySource, tools, slashCommands, mcpServers } = message;
  const data = {
    cwd: message.cwd ?? "",
    model,
    permissionMode,
    cliVersion,
    apiKeySource,
    tools,
    slashCommands,
    mcpServers,
  };
  const initSignature = JSON.stringify(data);
  if (initSignature === state.initSignature) return told(state);
  const events: EventDraft[] = [{ type: "session.initialized", data }];
  if (model !== null && model !== state.model) events.push({ type: "session.modelChanged", data: { model } });
  if (permissionMode !== null && permissionMode !== state.permissionMode) {
    events.push({ type: "session.modeChanged", data: { permissionMode } });
  }
  const next = { ...state, initSignature, model, permissionMode: permissionMode ?? state.permissionMode };
  return { state: next, events };
}

function mapStatus(state: MappingState, message: StatusMessage, context: MappingContext): Mapped {
  const { status, permissionMode } = message;
  const events: EventDraft[] = [];
  let next = state;
  if (permissionMode !== null && permissionMode !== state.permissionMode) {
    next = { ...next, permissionMode };
    events.push({ type: "session.modeChanged", data: { permissionMode } });
  }
  // `requesting` is the first sure sign of a turn, also of one that a finished background task started.
  if (status === "requesting") {
    const turn = beginOrJoinTurn(next, message.userMessageUuids.filter(context.isPayload), message.uuid ?? "turn");
    next = turn.state;
    events.push(...turn.events);
  }
  if (status !== null) events.push({ type: "status.reported", data: { status } });
  return { state: next, events };
}

type Report = Exclude<
  SystemMessage,
  {
    kind:
      | "system/init"
      | "system/status"
      | "system/session_title_changed"
      | "system/thinking_tokens"
      | "system/background_tasks_changed"
      | "system/session_state_changed";
  }
>;

function reportOf(message: Report): EventDraft | null {
  switch (message.kind) {
    case "system/task_started": {
      const { taskId, toolUseId, description } = message;
      const taskType = message.subagentType ?? message.taskType;
      return { type: "task.started", data: { taskId, toolUseId, description, taskType } };
    }
    case "system/task_updated":
      return {
        type: "task.updated",
        data: { taskId: message.taskId, status: message.status, text: message.error ?? "" },
      };
    case "system/task_progress":
      return { type: "task.updated", data: { taskId: message.taskId, status: null, text: message.description } };
    case "system/task_notification": {
      const { taskId, status, summary } = message;
      return { type: "task.finished", data: { taskId, status, summary } };
    }
    case "system/permission_denied": {
      const { toolUseId, toolName } = message;
      return { type: "tool.denied", data: { toolUseId, toolName, message: message.message } };
    }
    case "system/api_retry": {
      const { attempt, maxRetries, retryDelayMs: delayMs, errorStatus: httpStatus, error } = message;
      return { type: "api.retried", data: { attempt, maxRetries, delayMs, httpStatus, error } };
    }
    case "system/compact_boundary":
      return { type: "context.compacted", data: { trigger: message.trigger, tokensBefore: message.preTokens } };
    case "system/notice":
      return { type: "notice.reported", data: { text: message.text, level: message.level } };
    default:
      return hookReport(message);
  }
}

function hookReport(
  message: Extract<Report, { kind: "system/hook_started" | "system/hook_progress" | "system/hook_response" }>,
): EventDraft | null {
  const { hookName: name, hookEvent } = message;
  if (message.kind === "system/hook_progress") return null;
  if (message.kind === "system/hook_started") {
    return { type: "hook.reported", data: { name, hookEvent, phase: "started", outcome: null, output: "" } };
  }
  const output = message.output === "" ? message.stderr : message.output;
  return { type: "hook.reported", data: { name, hookEvent, phase: "finished", outcome: message.outcome, output } };
}
