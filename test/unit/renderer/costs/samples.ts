import type { SessionEvent } from "../../../../shared/model/event.ts";
import type { CostEntry, CostReport, CostRow, CostSum, SessionCost, TurnCost } from "../../../../shared/model/cost.ts";

export const noTokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };

export function sampleSum(change: Partial<CostSum> = {}): CostSum {
  return {
    costUsd: 0,
    unattributedUsd: 0,
    savedUsd: 0,
    tokens: noTokens,
    messages: 0,
    unpricedMessages: 0,
    incompleteMessages: 0,
    ...change,
  };
}

export function sampleRow(key: string, change: Partial<CostRow> = {}): CostRow {
  return { ...sampleSum(), key, label: key, parts: [], ...change };
}

export function sampleReport(rows: readonly CostRow[], change: Partial<CostReport> = {}): CostReport {
  return {
    groupBy: "day",
    from: null,
    to: null,
    timeZone: "UTC",
    rows,
    total: sampleSum(),
    leftOut: 0,
    ...change,
  };
}

export function sampleTurn(turnId: string | null, change: Partial<TurnCost> = {}): TurnCost {
  return {
    turnId,
    from: "2026-11-20T10:00:00.000Z",
    to: "2026-11-20T10:01:00.000Z",
    payloadId: null,
    text: "Do it",
    seq: null,
    costUsd: 1,
    unattributedUsd: 0,
    cumulativeUsd: 1,
    subagentUsd: 0,
    tokens: noTokens,
    messages: 1,
    unpricedMessages: 0,
    ...change,
  };
}

export function sampleSessionCost(turns: readonly TurnCost[], sessionId = "one"): SessionCost {
  return {
    sessionId,
    total: sampleSum({ costUsd: turns.length, messages: turns.length }),
    models: [],
    turns,
    leftOutTurns: 0,
    reconciliation: {
      cliTotalUsd: null,
      baselineUsd: 0,
      messagesUsd: turns.length,
      unattributedUsd: 0,
      driftUsd: null,
      reason: null,
    },
  };
}

export function sampleEntry(entryId: string): CostEntry {
  return {
    entryId,
    messageId: `msg_${entryId}`,
    requestId: null,
    at: "2026-11-20T10:00:00.000Z",
    sessionId: "one",
    sessionTitle: null,
    sessionLabel: null,
    projectPath: null,
    gitBranch: null,
    turnId: null,
    payloadId: null,
    isSubagent: false,
    tools: [],
    source: "stream",
    place: null,
    seq: null,
    model: "claude-opus-5-5",
    speed: null,
    serviceTier: null,
    inferenceGeo: null,
    tokens: noTokens,
    webSearches: null,
    costUsd: 1,
    unpricedReason: null,
    remarks: [],
    price: null,
  };
}

/** The host tells that a session's cost changed. */
export function costChanged(sessionId = "one", change: { readonly turnCostUsd?: number | null } = {}): SessionEvent {
  const data = { costUsd: 1, turnCostUsd: 0.5, unpricedMessages: 0, ...change };
  return { seq: 1, at: "2026-11-20T10:00:00.000Z", sessionId, type: "session.costChanged", data };
}
