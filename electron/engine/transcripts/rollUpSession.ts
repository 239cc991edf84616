/** A session's facts from those of its files. Pure: the order in which the files are given does not matter. */
import { basename } from "node:path";
import type { FileFacts } from "./fileFacts.ts";
import type { TranscriptKind } from "./transcriptPlace.ts";
import type { SessionFacts } from "./sessionFacts.ts";
import { chooseTitle, type TitleCandidates } from "./titleChoice.ts";

/** One file of a session. */
export interface SessionFile {
  readonly path: string;
  readonly kind: TranscriptKind;
  readonly isGone: boolean;
  readonly modifiedMs: number;
  readonly facts: FileFacts;
}

/** Null when there is no file to tell anything. */
export function rollUpSession(files: readonly SessionFile[]): SessionFacts | null {
  const distinct = withoutDoubles(files);
  const own = distinct.filter(({ kind }) => kind !== "subagent");
  if (distinct.length === 0) return null;
  const counted = own.length > 0 ? own : distinct;
  const firstOf = <T>(pick: (facts: FileFacts) => T | null): T | null => firstPicked(counted, pick);
  const sum = (among: readonly SessionFile[], pick: (facts: FileFacts) => number): number =>
    among.reduce((total, { facts }) => total + pick(facts), 0);
  return {
    title: chooseTitle(titlesOf(counted)),
    projectPath: firstOf((facts) => facts.worktreeOf) ?? firstOf((facts) => facts.firstCwd),
    lastCwd: firstOf((facts) => facts.lastCwd),
    gitBranch: firstOf((facts) => facts.gitBranch),
    cliVersion: firstOf((facts) => facts.cliVersion),
    entrypoint: firstOf((facts) => facts.entrypoint),
    model: firstOf((facts) => facts.lastModel),
    models: [...new Set(distinct.flatMap(({ facts }) => facts.models))],
    startedAtMs: least(distinct.map(startOf)),
    lastActivityMs: Math.max(...distinct.map(activityOf)),
    turnCount: sum(own, (facts) => facts.turnCount),
    toolCount: sum(distinct, (facts) => facts.toolCount),
    subagentCount: distinct.filter(({ kind }) => kind === "subagent").length,
    linesAdded: sum(distinct, (facts) => facts.linesAdded),
    linesRemoved: sum(distinct, (facts) => facts.linesRemoved),
    pullRequestUrl: firstOf((facts) => facts.pullRequestUrl),
    parentSessionId: firstOf((facts) => facts.parentSessionId),
    costUsd: firstOf((facts) => facts.costUsd),
    brokenLines: sum(distinct, (facts) => facts.brokenLines),
    tooLongLines: sum(distinct, (facts) => facts.tooLongLines),
    transcriptPath: own[0]?.path ?? null,
    isGone: distinct.every(({ isGone }) => isGone),
  };
}

/** What was named last counts, in whichever file, and what was said first. The files come with the newest first. */
function titlesOf(files: readonly SessionFile[]): TitleCandidates {
  const newest = (pick: (facts: FileFacts) => string | null): string | null => firstPicked(files, pick);
  const startOf = ({ facts }: SessionFile): number => facts.firstAtMs ?? Number.POSITIVE_INFINITY;
  const fromOldest = files
    .toReversed()
    .toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : Number(startOf(a) > startOf(b))));
  return {
    customTitle: newest((facts) => facts.customTitle),
    aiTitle: newest((facts) => facts.aiTitle),
    agentName: newest((facts) => facts.agentName),
    summary: newest((facts) => facts.summary),
    firstPrompt: firstPicked(fromOldest, (facts) => facts.firstPrompt),
    firstCommand: firstPicked(fromOldest, (facts) => facts.firstCommand),
  };
}

function firstPicked<T>(files: readonly SessionFile[], pick: (facts: FileFacts) => T | null): T | null {
  return files.map(({ facts }) => pick(facts)).find((value) => value !== null) ?? null;
}

/**
 * Files with one name are copies of one file (a project folder that was moved or copied): the one that is still there,
 * then the last written one stands for all. The newest comes first.
 */
function withoutDoubles(files: readonly SessionFile[]): readonly SessionFile[] {
  const sorted = files.toSorted(
    (a, b) =>
      Number(a.isGone) - Number(b.isGone) ||
      activityOf(b) - activityOf(a) ||
      (a.path < b.path ? -1 : Number(a.path > b.path)),
  );
  const names = new Set<string>();
  return sorted.filter(({ path }) => {
    const name = basename(path);
    if (names.has(name)) return false;
    names.add(name);
    return true;
  });
}

/** Clocks differ, and copies have the times of others: only what is far from all that is the work of a broken clock. */
const LATE_MS = 24 * 3_600_000;

/**
 * A file without a single dated record is as old as its last writing, and so is what claims to be later than that: it
 * comes from a clock that was wrong.
 */
function activityOf({ facts, modifiedMs }: SessionFile): number {
  return facts.lastAtMs === null ? Math.floor(modifiedMs) : notAfterWriting(facts.lastAtMs, modifiedMs);
}

function startOf({ facts, modifiedMs }: SessionFile): number | null {
  return facts.firstAtMs === null ? null : notAfterWriting(facts.firstAtMs, modifiedMs);
}

/** A file that is to be read anew has 0 in place of its time. */
function notAfterWriting(atMs: number, modifiedMs: number): number {
  return modifiedMs > 0 && atMs > modifiedMs + LATE_MS ? Math.floor(modifiedMs) : atMs;
}

function least(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}
