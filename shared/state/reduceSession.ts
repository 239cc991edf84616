import type { SessionEvent } from "../model/event.ts";
import type { SessionSummary } from "../model/session.ts";

/**
 * Applies one event to a session's summary. Pure, and the same in the engine and in the renderer. Only headline events
 * and sightings change a summary, so a client that sees nothing else arrives at the same state. `undefined` goes in for
 * a session that is not known yet and comes out when the event is not the one that creates it. Whoever keeps summaries
 * drops that of a session that was forgotten (`session.forgotten`). An event of no session changes nothing.
 */
export function reduceSession(summary: SessionSummary | undefined, event: SessionEvent): SessionSummary | undefined {
  if (event.sessionId === "") return summary;
  if (event.type === "session.created") return createdSession(summary, event);
  if (event.type === "session.sighted") return sightedSession(summary, event.data.summary);
  if (summary === undefined) return undefined;
  // Telling what something cost, or what it is for, is no activity of the session.
  if (event.type === "session.costChanged") return { ...summary, ...costOf(event.data) };
  if (event.type === "session.labelled") return { ...summary, label: event.data.label };
  const change = changeOf(summary, event);
  return change === null ? summary : { ...summary, ...change, lastActivityAt: event.at };
}

function createdSession(
  before: SessionSummary | undefined,
  event: Extract<SessionEvent, { type: "session.created" }>,
): SessionSummary {
  const { projectPath, title, model, permissionMode, gitBranch, parentSessionId } = event.data;
  return {
    sessionId: event.sessionId,
    projectPath,
    worktree: before?.worktree ?? null,
    isFolderGone: before?.isFolderGone ?? false,
    title: before?.title ?? title,
    owner: "owned",
    live: true,
    activity: { kind: "starting" },
    model: model ?? before?.model ?? null,
    permissionMode,
    gitBranch: gitBranch ?? before?.gitBranch ?? null,
    cliVersion: before?.cliVersion ?? null,
    startedAt: before?.startedAt ?? event.at,
    lastActivityAt: event.at,
    turnCount: before?.turnCount ?? 0,
    costUsd: before?.costUsd ?? null,
    turnCostUsd: null,
    context: before?.context ?? null,
    pendingPermissions: 0,
    pid: null,
    routes: [],
    parentSessionId: parentSessionId ?? before?.parentSessionId ?? null,
    label: before?.label ?? null,
    facts: before?.facts ?? null,
  };
}

/** Of a session that is owned here, its own events tell more than its transcript does. */
function sightedSession(before: SessionSummary | undefined, sighted: SessionSummary): SessionSummary {
  return before?.owner === "owned" ? { ...before, ...seenOf(sighted) } : sighted;
}

function seenOf({ facts, worktree, isFolderGone }: SessionSummary): Partial<SessionSummary> {
  return { facts, worktree, isFolderGone };
}

function changeOf(summary: SessionSummary, event: SessionEvent): Partial<SessionSummary> | null {
  switch (event.type) {
    case "session.modelChanged":
      return { model: event.data.model };
    case "session.modeChanged":
      return { permissionMode: event.data.permissionMode };
    case "session.renamed":
      return { title: event.data.title };
    case "session.branchChanged":
      return { gitBranch: event.data.gitBranch };
    case "session.activityChanged":
      return { activity: event.data.activity };
    case "session.contextMeasured":
      return { context: event.data };
    case "process.started":
      return { pid: event.data.pid, cliVersion: event.data.cliVersion, routes: ["stdin"] };
    case "process.exited":
      return { live: false, owner: "none", pid: null, routes: [], pendingPermissions: 0 };
    case "turn.started":
      return { turnCostUsd: null };
    case "turn.completed":
      return completedTurn(summary, event.data);
    case "permission.requested":
      return { pendingPermissions: summary.pendingPermissions + 1 };
    case "permission.settled":
      return { pendingPermissions: Math.max(0, summary.pendingPermissions - 1) };
    default:
      return null;
  }
}

function completedTurn(
  summary: SessionSummary,
  turn: Extract<SessionEvent, { type: "turn.completed" }>["data"],
): Partial<SessionSummary> {
  // A payload that is only added to the conversation yields a result of zero turns: it is not a turn to count.
  const counts = turn.modelTurns !== 0 || turn.outcome !== "success";
  return {
    turnCount: summary.turnCount + (counts ? 1 : 0),
    // The total may hold what another session cost: its parent, or one before `/clear`. The ledger knows it apart.
    costUsd: summary.costUsd ?? (turn.countedFor === undefined ? turn.totalCostUsd : null),
    turnCostUsd: turn.costUsd ?? summary.turnCostUsd,
  };
}

function costOf({
  costUsd,
  turnCostUsd,
}: Extract<SessionEvent, { type: "session.costChanged" }>["data"]): Partial<SessionSummary> {
  return { costUsd, turnCostUsd };
}
