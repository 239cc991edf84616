/**
 * Owns the summary of every session this host knows, live or not, and keeps it stored.
 * Knows nothing about processes: summaries change by events alone, through the reducer that clients use too.
 * Invariants: a summary in memory is what `reduceSession` made of all events so far; the stored one follows within
 * `SAVE_DELAY_MS` and at the latest on dispose.
 */
import { reduceSession } from "../../../shared/state/reduceSession.ts";
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
  readonly #unsaved = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: SessionStore, onSaveError: (error: unknown) => void) {
    this.#store = store;
    this.#onSaveError = onSaveError;
    for (const summary of store.all()) this.#sessions.set(summary.sessionId, withoutProcess(summary));
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
    return [...this.#sessions.values()].filter((summary) => passes(summary, filter)).toSorted(byLiveThenRecent);
  }

  projects(): readonly Project[] {
    const projects = new Map<string, Project>();
    for (const summary of this.list()) {
      const { projectPath } = summary;
      projects.set(projectPath, withSession(projects.get(projectPath), summary));
    }
    return [...projects.values()].toSorted((a, b) => b.lastActivityAt.localeCompare(a.lastActivityAt));
  }

  apply(event: SessionEvent): void {
    const before = this.#sessions.get(event.sessionId);
    const after = reduceSession(before, event);
    if (after === undefined || after === before) return;
    this.#sessions.set(event.sessionId, after);
    this.#unsaved.add(event.sessionId);
    if (before === undefined) this.flush();
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
  const { live, owner, project, state, q } = filter;
  return (
    (live === undefined || summary.live === live) &&
    (owner === undefined || summary.owner === owner) &&
    (project === undefined || summary.projectPath === project) &&
    (state === undefined || summary.activity.kind === state) &&
    (q === undefined || mentions(summary, q.trim().toLowerCase()))
  );
}

function mentions({ title, projectPath, gitBranch, sessionId }: SessionSummary, text: string): boolean {
  return [title, projectPath, gitBranch ?? "", sessionId].some((field) => field.toLowerCase().includes(text));
}

function byLiveThenRecent(a: SessionSummary, b: SessionSummary): number {
  return Number(b.live) - Number(a.live) || b.lastActivityAt.localeCompare(a.lastActivityAt);
}

function withSession(project: Project | undefined, summary: SessionSummary): Project {
  const { projectPath, lastActivityAt, live } = summary;
  const name = projectPath.split(/[\\/]/u).findLast((segment) => segment !== "") ?? projectPath;
  const before = project ?? { projectPath, name, sessionCount: 0, liveCount: 0, lastActivityAt };
  return {
    ...before,
    sessionCount: before.sessionCount + 1,
    liveCount: before.liveCount + (live ? 1 : 0),
    lastActivityAt: lastActivityAt > before.lastActivityAt ? lastActivityAt : before.lastActivityAt,
  };
}
