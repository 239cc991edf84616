import type { EventDraft } from "../../../shared/model/event.ts";
import type { Permission } from "../../../shared/model/permission.ts";

/** A pending request of the Bash tool, with what a test wants otherwise. */
export function pendingPermission(changes: Partial<Permission> = {}): Permission {
  return {
    permissionId: "permission-1",
    sessionId: "session-1",
    projectPath: "/home/ada/project",
    origin: "owned",
    toolName: "Bash",
    displayName: "Bash",
    toolUseId: "tool-1",
    plan: null,
    input: { command: "npm test" },
    inputHash: "0".repeat(64),
    description: null,
    decisionReason: null,
    decisionReasonType: null,
    blockedPath: null,
    requiresUserInteraction: false,
    defaultToNo: false,
    mayRemember: true,
    suggestions: [],
    status: "pending",
    requestedAt: "2026-01-01T00:00:00.000Z",
    settledAt: null,
    settledReason: null,
    decision: null,
    outcome: null,
    ...changes,
  };
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
    },
  };
}

export const processExited: EventDraft = {
  type: "process.exited",
  data: { pid: 4712, exitCode: 0, signal: null, expected: true, reason: null, stderrTail: "" },
};
