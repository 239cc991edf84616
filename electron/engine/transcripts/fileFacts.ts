/**
 * What one transcript file says about its session, gathered record by record. Kept as JSON, and continued from there
 * (`parseFacts.ts`). Mutable while a file is read; what is kept and handed out is a copy.
 */
export interface FileFacts {
  /** The session that the records name first. */
  sessionId: string | null;
  firstCwd: string | null;
  lastCwd: string | null;
  /** The directory of the project, when the session works in a worktree of it. */
  worktreeOf: string | null;
  gitBranch: string | null;
  cliVersion: string | null;
  entrypoint: string | null;
  /** In the order in which they were first used. */
  models: string[];
  lastModel: string | null;
  /** Milliseconds since 1970. */
  firstAtMs: number | null;
  lastAtMs: number | null;
  customTitle: string | null;
  aiTitle: string | null;
  agentName: string | null;
  summary: string | null;
  firstPrompt: string | null;
  /** The first slash command that asked the model, as it was typed. */
  firstCommand: string | null;
  turnCount: number;
  toolCount: number;
  linesAdded: number;
  linesRemoved: number;
  pullRequestUrl: string | null;
  /** The session that this one was forked from. */
  parentSessionId: string | null;
  /** The CLI's own running total at its last exit, in dollars. */
  costUsd: number | null;
  /** The last activity before that total was written. */
  costAtMs: number | null;
  /** The turn that the last records belong to: the id of the record that began it. Null in sub-agents' conversations. */
  turnId: string | null;
  isSidechain: boolean;
  /** Lines that are not JSON. */
  brokenLines: number;
  /** Lines that were too long to be read. */
  tooLongLines: number;
}

export function emptyFacts(): FileFacts {
  return {
    sessionId: null,
    firstCwd: null,
    lastCwd: null,
    worktreeOf: null,
    gitBranch: null,
    cliVersion: null,
    entrypoint: null,
    models: [],
    lastModel: null,
    firstAtMs: null,
    lastAtMs: null,
    customTitle: null,
    aiTitle: null,
    agentName: null,
    summary: null,
    firstPrompt: null,
    firstCommand: null,
    turnCount: 0,
    toolCount: 0,
    linesAdded: 0,
    linesRemoved: 0,
    pullRequestUrl: null,
    parentSessionId: null,
    costUsd: null,
    costAtMs: null,
    turnId: null,
    isSidechain: false,
    brokenLines: 0,
    tooLongLines: 0,
  };
}
