import type { HostInfo } from "../../shared/model/host.ts";
import type { Payload } from "../../shared/model/payload.ts";
import type { Permission } from "../../shared/model/permission.ts";
import type { SessionSummary } from "../../shared/model/session.ts";

const AT = "2026-01-01T00:00:00.000Z";

/** A pending request to run a shell command, with the given differences. */
export function aPermission(differences: Partial<Permission> = {}): Permission {
  return {
    permissionId: "permission-1",
    sessionId: "session-1",
    projectPath: "/home/dev/project",
    origin: "owned",
    toolName: "Bash",
    displayName: "Bash",
    toolUseId: "toolu_1",
    input: { command: "touch a" },
    inputHash: "0".repeat(64),
    description: null,
    decisionReason: null,
    decisionReasonType: null,
    blockedPath: null,
    requiresUserInteraction: false,
    defaultToNo: false,
    mayRemember: true,
    suggestions: [],
    plan: null,
    status: "pending",
    requestedAt: AT,
    settledAt: null,
    settledReason: null,
    decision: null,
    outcome: null,
    ...differences,
  };
}

/** An accepted warning, with the given differences. */
export function aPayload(differences: Partial<Payload> = {}): Payload {
  return {
    payloadId: "payload-1",
    sessionId: "session-1",
    broadcastId: null,
    kind: "warning",
    text: "Mind the gap",
    metadata: {},
    delivery: "next",
    route: "stdin",
    sender: "test",
    composedAt: AT,
    receipt: "accepted",
    receipts: [{ state: "accepted", at: AT }],
    ...differences,
  };
}

/** An idle owned session, with the given differences. */
export function aSession(differences: Partial<SessionSummary> = {}): SessionSummary {
  return {
    sessionId: "session-1",
    projectPath: "/home/dev/project",
    worktree: null,
    isFolderGone: false,
    title: "A session",
    owner: "owned",
    live: true,
    activity: { kind: "idle", text: null },
    model: "claude-opus-5-5",
    permissionMode: "default",
    gitBranch: "main",
    cliVersion: "2.1.329",
    startedAt: AT,
    lastActivityAt: AT,
    turnCount: 0,
    costUsd: null,
    turnCostUsd: null,
    context: null,
    pendingPermissions: 0,
    pid: 4711,
    routes: ["stdin"],
    parentSessionId: null,
    label: null,
    facts: null,
    ...differences,
  };
}

const NO_READING = {
  filesDone: 0,
  filesTotal: 0,
  bytesDone: 0,
  bytesTotal: 0,
  elapsedMs: 0,
  secondsLeft: null,
  problem: null,
};

/** A host with a usable CLI that reads no transcripts, with the given differences. */
export function aHost(differences: Partial<HostInfo> = {}): HostInfo {
  return {
    version: "0.1.0",
    contractVersion: 1,
    pid: 1,
    claude: { path: "/usr/local/bin/claude", version: "2.1.329" },
    claudeProblem: null,
    maxSessions: 10,
    notices: [],
    index: { state: "off", ...NO_READING, unread: { count: 0, first: [] } },
    search: { state: "off", ...NO_READING, sizeBytes: 0 },
    ...differences,
  };
}
