/** Puts together what is known of each running claude process. Pure. */
import type { Route } from "../../../shared/model/payload.ts";
import type { ProcessOwner, ProcessRow } from "../../../shared/model/process.ts";
import type { LiveEntry } from "./believedEntries.ts";
import type { ListedProcess } from "./listProcesses.ts";
import { maskedCommand } from "./maskArguments.ts";
import { sessionOfArguments } from "./sessionOfArguments.ts";

/** A child of this run, or a row of one of an earlier run. */
export interface OwnedPid {
  readonly pid: number;
  /** Null when it could not be read at its start. */
  readonly startIdentity: string | null;
  readonly sessionId: string;
}

export interface ProcessSources {
  readonly listed: readonly ListedProcess[];
  /** Entries of the registry that are believed. */
  readonly registry: readonly LiveEntry[];
  /** The children of this run. */
  readonly live: readonly OwnedPid[];
  /** All that the database knows as children, of this run and of earlier ones. */
  readonly recorded: readonly OwnedPid[];
  /** Processes without an entry, with the sessions that they were found to have open. */
  readonly found: readonly OwnedPid[];
  /** The routes that this host can use at all. */
  readonly usableRoutes: ReadonlySet<Route>;
}

/** One row a process, by pid. */
export function joinProcesses(sources: ProcessSources): readonly ProcessRow[] {
  const entries = new Map(sources.registry.map((entry) => [entry.pid, entry]));
  return sources.listed
    .map((listed) => rowOf(listed, matching(entries.get(listed.pid), listed), sources))
    .toSorted((one, other) => one.pid - other.pid);
}

function rowOf(listed: ListedProcess, entry: LiveEntry | null, sources: ProcessSources): ProcessRow {
  const { owner, sessionId } = ownerOf(listed, sources);
  const found = sources.found.find((process) => isSame(process, listed))?.sessionId;
  const named = listed.argv === null ? null : sessionOfArguments(listed.argv);
  const cwd = listed.cwd ?? entry?.cwd ?? null;
  return {
    pid: listed.pid,
    parentPid: listed.parentPid,
    startIdentity: listed.startIdentity ?? entry?.startIdentity ?? null,
    startedAt: isoTime(listed.startedAt ?? entry?.startedAt ?? null),
    tty: listed.tty,
    cwd,
    command: listed.argv === null ? null : maskedCommand(listed.argv),
    cpuPercent: listed.cpuPercent,
    memoryBytes: listed.memoryBytes,
    owner,
    // The registry follows a process through /clear and /resume; who started it knows only the first session.
    sessionId: entry?.sessionId ?? sessionId ?? found ?? named,
    projectPath: entry?.cwd ?? cwd,
    cliVersion: entry?.version ?? null,
    routes: routesOf(owner, entry).filter((route) => sources.usableRoutes.has(route)),
  };
}

/** The registry may have been looked at before the process list: a process that took over a pid is not the entry's. */
function matching(entry: LiveEntry | undefined, listed: ListedProcess): LiveEntry | null {
  if (entry === undefined) return null;
  return listed.startIdentity === null || listed.startIdentity === entry.startIdentity ? entry : null;
}

function ownerOf(
  listed: ListedProcess,
  { live, recorded }: ProcessSources,
): { readonly owner: ProcessOwner; readonly sessionId: string | null } {
  const child = live.find((owned) => isSame(owned, listed));
  if (child !== undefined) return { owner: "owned", sessionId: child.sessionId };
  const orphan = recorded.find((owned) => owned.startIdentity !== null && isSame(owned, listed));
  if (orphan !== undefined) return { owner: "orphan", sessionId: orphan.sessionId };
  return { owner: "observed", sessionId: null };
}

function isSame(owned: OwnedPid, { pid, startIdentity }: ListedProcess): boolean {
  return owned.pid === pid && (owned.startIdentity === null || owned.startIdentity === startIdentity);
}

function routesOf(owner: ProcessOwner, entry: LiveEntry | null): readonly Route[] {
  // The stdin of a process belongs to whoever started it; hooks are in the settings that all sessions read.
  const own: readonly Route[] = owner === "owned" ? ["stdin"] : [];
  const inbox: readonly Route[] = entry === null || entry.messagingSocketPath === null ? [] : ["inbox"];
  const tmux: readonly Route[] = entry === null || entry.tmux === null ? [] : ["tmux"];
  return [...own, ...inbox, "hook", ...tmux];
}

function isoTime(milliseconds: number | null): string | null {
  if (milliseconds === null) return null;
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
