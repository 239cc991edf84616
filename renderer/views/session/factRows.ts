import type { SessionSummary } from "../../../shared/model/session.ts";
import type { TokenUsage } from "../../../shared/model/usage.ts";
import { counted, grouped } from "../../terminal/figures.ts";
import { entrypointWords } from "./entrypointWords.ts";

/** One line of what is known of a session. */
export interface FactRow {
  readonly label: string;
  readonly value: string;
  /** For values that are read to the letter. */
  readonly mono?: boolean;
}

const tokenKinds: readonly (readonly [keyof TokenUsage, string])[] = [
  ["input", "Input"],
  ["output", "Output"],
  ["cacheRead", "Cache read"],
  ["cacheWrite5m", "Cache write, 5 min"],
  ["cacheWrite1h", "Cache write, 1 h"],
];

/** The tokens by kind; a kind that nobody told is left out, and no kind stands for zero. */
export function tokenRows(usage: TokenUsage): readonly FactRow[] {
  return tokenKinds.flatMap(([kind, label]) => {
    const tokens = usage[kind];
    return tokens === null ? [] : [{ label, value: grouped(tokens) }];
  });
}

/** All tokens together; null where no kind was told. */
export function tokenTotal(usage: TokenUsage): number | null {
  const told = tokenKinds.map(([kind]) => usage[kind]).filter((tokens) => tokens !== null);
  return told.length === 0 ? null : told.reduce((sum, tokens) => sum + tokens, 0);
}

/** What else is known of a session, line by line; what is not known has no line. */
export function factRows(session: SessionSummary): readonly FactRow[] {
  const { facts, label, model, cliVersion, turnCount } = session;
  const models = facts?.models ?? (model === null ? [] : [model]);
  const entrypoint = facts?.entrypoint ?? null;
  const lastCwd = facts?.lastCwd ?? null;
  return [
    ...(label === null ? [] : [{ label: "Label", value: label }]),
    ...(models.length === 0 ? [] : [{ label: models.length === 1 ? "Model" : "Models", value: models.join(", ") }]),
    ...(cliVersion === null ? [] : [{ label: "Claude Code", value: cliVersion }]),
    ...(entrypoint === null ? [] : [{ label: "Started from", value: entrypointWords(entrypoint) }]),
    { label: "Turns", value: grouped(turnCount) },
    ...(facts === null ? [] : countRows(facts)),
    { label: "Directory", value: session.projectPath, mono: true },
    ...(session.worktree === null ? [] : [{ label: "Worktree", value: session.worktree.path, mono: true }]),
    ...(lastCwd === null || lastCwd === session.worktree?.path
      ? []
      : [{ label: "Last worked in", value: lastCwd, mono: true }]),
    { label: "Session id", value: session.sessionId, mono: true },
  ];
}

function countRows(facts: NonNullable<SessionSummary["facts"]>): readonly FactRow[] {
  const { toolCount, subagentCount, linesAdded, linesRemoved } = facts;
  const changed = linesAdded + linesRemoved > 0;
  return [
    { label: "Tool calls", value: grouped(toolCount) },
    ...(subagentCount === 0 ? [] : [{ label: "Sub-agents", value: grouped(subagentCount) }]),
    ...(changed ? [{ label: "Lines changed", value: `+${grouped(linesAdded)} −${grouped(linesRemoved)}` }] : []),
  ];
}

/** That lines of the transcript were passed over; null when none was. */
export function unreadableWords(session: SessionSummary): string | null {
  const lines = session.facts?.unreadableLines ?? 0;
  if (lines === 0) return null;
  return `${counted(lines, "line")} of the transcript could not be read and ${lines === 1 ? "was" : "were"} passed over.`;
}
