import { aPermission } from "../builders.ts";
import type { EventDraft } from "../../../shared/model/event.ts";
import type { Permission } from "../../../shared/model/permission.ts";

/** A pending request of the Bash tool, with what a test wants otherwise. */
export function pendingPermission(changes: Partial<Permission> = {}): Permission {
  return aPermission({
    projectPath: "/home/ada/project",
    toolUseId: "tool-1",
    input: { command: "npm test" },
    ...changes,
  });
}

/** Makes `sessionId` a running session of our own. */
export function sessionCreated(title: string): EventDraft {
  return {
    type: "session.created",
    data: {
      projectPath: "/home/ada/project",
      title,
      origin: "new",
      parentSessionId: null,
      model: null,
      permissionMode: "default",
      gitBranch: null,
      history: null,
    },
  };
}

export const processExited: EventDraft = {
  type: "process.exited",
  data: { pid: 4712, exitCode: 0, signal: null, expected: true, reason: null, stderrTail: "" },
};
