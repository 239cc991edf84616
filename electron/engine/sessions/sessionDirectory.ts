/**
 * Owns the summary of every session this host knows, live or not; keeps those stored that were ever owned here.
 * Knows nothing about processes and transcripts: summaries change by events alone, through the reducer that clients use
 * too, once the engine has started.
 * Invariants: a summary in memory is what `reduceSession` made of all events so far; the stored one follows within
 * `SAVE_DELAY_MS` and at the latest on dispose. What only a transcript tells is not stored: it is read from there again.
 */
import { reduceSession } from "../../../shared/state/reduceSession.ts";
import { projectOf } from "../../../shared/state/projectOf.ts";
import { holdsWords, queryWords } from "../../../shared/state/sessionQuery.ts";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestParams } from "../../../shared/contract/requests.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";
import type { Project } from "../../../shared/model/project.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";

/** A busy session changes many times a second; its row need not. */
const SAVE_DELAY_MS = 200;

export interface SessionStore {
  readonly save: (summary: SessionSummary) => void;
  readonly all: () => readonly SessionSummary[];
}

export class SessionDirectory {
  readonly #store: SessionStore;
  readonly #onSaveError: (error: unknown) => void;
  readonly #sessions = new Map<string, SessionSummary>();
  /** Sessions that were ever owned here: they are listed even when their transcript is gone. */
  readonly #kept = new Set<string>();
  /** All sessions as they are listed, until one changes. */
  #sorted: readonly SessionSummary[] | null = null;
  readonly #unsaved = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: SessionStore, onSaveError: (error: unknown) => void) {
    this.#store = store;
    this.#onSaveError = onSaveError;
    for (const summary of store.all()) {
      this.#sessions.set(summary.sessionId, withoutProcess(summary));
      this.#kept.add(summary.sessionId);
    }
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Whether the session was ever owned here, so that this host has a history of its own of it. */
  isKept(sessionId: string): boolean {
    return this.#kept.has(sessionId);
  }

  /** Takes in what is known before anybody listens: without events, so only while the engine starts. */
  begin(summary: SessionSummary): void {
    this.#put(summary);
  }

  get(sessionId: string): SessionSummary | undefined {
    return this.#sessions.get(sessionId);
  }

  /** @throws RequestError `not_found`. */
  require(sessionId: string): SessionSummary {
    const summary = this.#sessions.get(sessionId);
    if (summary === undefined) throw new RequestError("not_found", `There is no session ${sessionId} here.`);
    return summary;
  }

  /** Live ones first, then by last activity; those that the filter lets through. */
  list(filter: Omit<RequestParams<"sessions.list">, "limit" | "cursor"> = {}): readonly SessionSummary[] {
    this.#sorted ??= [...this.#sessions.values()].toSorted(byLiveThenRecent);
    const isFiltered = Object.values(filter).some((value) => value !== undefined);
    if (!isFiltered) return this.#sorted;
    const words = queryWords(filter.q ?? "");
    return this.#sorted.filter((summary) => passes(summary, filter) && holdsWords(summary, words));
  }

  /** Every live session, then so many of the others, the most recently active. */
  listed(others: number): readonly SessionSummary[] {
    const sorted = this.list();
    const firstOther = sorted.findIndex(({ live }) => !live);
    return firstOther === -1 ? sorted : sorted.slice(0, firstOther + others);
  }

  /** Every live session, in no order. */
  live(): readonly SessionSummary[] {
    const found: SessionSummary[] = [];
    for (const summary of this.#sessions.values()) if (summary.live) found.push(summary);
    return found;
  }

  /** The sessions that were begun in a directory, were last in it or are listed with it, the last active ones first. */
  inDirectory(path: string): readonly string[] {
    const isThere = (summary: SessionSummary): boolean =>
      [summary.projectPath, projectOf(summary), summary.facts?.lastCwd, summary.worktree?.path].includes(path);
    return this.list().flatMap((summary) => (isThere(summary) ? [summary.sessionId] : []));
  }

  projects(): readonly Project[] {
    const projects = new Map<string, Project>();
    for (const summary of this.list()) {
      const projectPath = projectOf(summary);
      projects.set(projectPath, withSession(projects.get(projectPath), summary));
    }
    return [...projects.values()].toSorted((a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt));
  }

  apply(event: SessionEvent): void {
    if (event.type === "session.forgotten") return this.#forget(event.sessionId);
    const before = this.#sessions.get(event.sessionId);
    const after = reduceSession(before, event);
    if (after === undefined || after === before) return;
    this.#put(after);
    if (after.owner === "owned") this.#kept.add(event.sessionId);
    if (event.type === "session.sighted" || !this.#kept.has(event.sessionId)) return;
    this.#unsaved.add(event.sessionId);
    if (event.type === "session.created") this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), SAVE_DELAY_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const sessionId of this.#unsaved) {
      const summary = this.#sessions.get(sessionId);
      if (summary !== undefined) this.#save(summary);
    }
    this.#unsaved.clear();
  }

  #put(summary: SessionSummary): void {
    this.#sessions.set(summary.sessionId, summary);
    this.#sorted = null;
  }

  #forget(sessionId: string): void {
    if (this.#kept.has(sessionId) || !this.#sessions.delete(sessionId)) return;
    this.#sorted = null;
  }

  #save(summary: SessionSummary): void {
    try {
      this.#store.save(summary);
    } catch (error) {
      this.#onSaveError(error);
    }
  }
}

/** A summary that an earlier run left live: its process went down with that run. */
function withoutProcess(summary: SessionSummary): SessionSummary {
  if (!summary.live) return summary;
  const reason = "The host stopped while this session ran. Resume it to continue; nothing said so far is lost.";
  return {
    ...summary,
    live: false,
    owner: "none",
    pid: null,
    routes: [],
    pendingPermissions: 0,
    activity: { kind: "failed", reason, stderrTail: "" },
  };
}

function passes(summary: SessionSummary, filter: Omit<RequestParams<"sessions.list">, "limit" | "cursor">): boolean {
  const { live, owner, project, state, parent } = filter;
  return (
    (live === undefined || summary.live === live) &&
    (owner === undefined || summary.owner === owner) &&
    (project === undefined || projectOf(summary) === project) &&
    (parent === undefined || summary.parentSessionId === parent) &&
    (state === undefined || summary.activity.kind === state)
  );
}

function byLiveThenRecent(a: SessionSummary, b: SessionSummary): number {
  // ISO times in UTC are in order as texts; comparing them by locale takes ten times as long.
  return Number(b.live) - Number(a.live) || compareTexts(b.lastActivityAt, a.lastActivityAt);
}

function withSession(project: Project | undefined, summary: SessionSummary): Project {
  const { lastActivityAt, live, isFolderGone } = summary;
  const projectPath = projectOf(summary);
  const name = projectPath.split(/[\\/]/u).findLast((segment) => segment !== "") ?? projectPath;
  const before = project ?? { projectPath, name, isGone: isFolderGone, sessionCount: 0, liveCount: 0, lastActivityAt };
  return {
    ...before,
    sessionCount: before.sessionCount + 1,
    liveCount: before.liveCount + (live ? 1 : 0),
    lastActivityAt: lastActivityAt > before.lastActivityAt ? lastActivityAt : before.lastActivityAt,
  };
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
