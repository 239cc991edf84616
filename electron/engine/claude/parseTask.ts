/** Sub-agents and background commands. */
import type { JsonObject } from "../../../shared/model/json.ts";
import { readOrigin } from "./messageOrigin.ts";
import type { SystemOutcome } from "./parseSystem.ts";
import { readFlag, readObject, readObjects, readString } from "./readField.ts";
import type { SystemMessage } from "./systemMessage.ts";

export function parseTask(line: JsonObject, subtype: string): SystemOutcome {
  if (subtype === "background_tasks_changed") return parseBackgroundTasks(line);
  const parse = parsers[subtype];
  if (parse === undefined) return "unknown";
  const taskId = readString(line, "task_id");
  return taskId === null ? null : parse(line, taskId);
}

const parsers: Readonly<Record<string, (line: JsonObject, taskId: string) => SystemMessage>> = {
  task_started: (line, taskId) => ({
    kind: "system/task_started",
    ...readOrigin(line),
    taskId,
    toolUseId: readString(line, "tool_use_id"),
    description: readString(line, "description") ?? "",
    taskType: readString(line, "task_type"),
    subagentType: readString(line, "subagent_type"),
    isBackgrounded: readFlag(line, "is_backgrounded"),
  }),
  task_updated: (line, taskId) => {
    const patch = readObject(line, "patch") ?? {};
    return {
      kind: "system/task_updated",
      ...readOrigin(line),
      taskId,
      status: readString(patch, "status"),
      error: readString(patch, "error"),
      patch,
    };
  },
  task_progress: (line, taskId) => ({
    kind: "system/task_progress",
    ...readOrigin(line),
    taskId,
    toolUseId: readString(line, "tool_use_id"),
    description: readString(line, "description") ?? readString(line, "summary") ?? "",
    lastToolName: readString(line, "last_tool_name"),
  }),
  task_notification: (line, taskId) => ({
    kind: "system/task_notification",
    ...readOrigin(line),
    taskId,
    toolUseId: readString(line, "tool_use_id"),
    status: readString(line, "status") ?? "unknown",
    summary: readString(line, "summary") ?? "",
    outputFile: readString(line, "output_file"),
  }),
};

function parseBackgroundTasks(line: JsonObject): SystemMessage {
  return {
    kind: "system/background_tasks_changed",
    ...readOrigin(line),
    tasks: readObjects(line, "tasks").flatMap((task) => {
      const taskId = readString(task, "task_id");
      if (taskId === null) return [];
      return [{ taskId, taskType: readString(task, "task_type"), description: readString(task, "description") ?? "" }];
    }),
  };
}
