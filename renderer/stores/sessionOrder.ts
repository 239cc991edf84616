import type { SessionSummary } from "../../shared/model/session.ts";
import { projectOf } from "../../shared/state/projectOf.ts";

/**
 * Sessions by project, each project's sorted (`compareSessions`). It is kept and changed instead of built anew, so that
 * an event costs what its project costs and not what all sessions cost.
 */
export interface SessionOrder {
  readonly size: number;
  readonly projects: ReadonlyMap<string, readonly SessionSummary[]>;
}

/** What became of one session: null before is a new one, null after is one that is gone. */
export interface SessionChange {
  readonly before: SessionSummary | null;
  readonly after: SessionSummary | null;
}

export const emptyOrder: SessionOrder = { size: 0, projects: new Map() };

/**
 * Live sessions come first, the newest started on top: an order that does not change under the hand while they work.
 * The others follow by their last activity. Times are ISO 8601 UTC, so their text sorts as they do.
 */
export function compareSessions(one: SessionSummary, other: SessionSummary): number {
  if (one.live !== other.live) return one.live ? -1 : 1;
  const field = one.live ? "startedAt" : "lastActivityAt";
  if (one[field] === other[field]) return one.sessionId < other.sessionId ? -1 : 1;
  return one[field] > other[field] ? -1 : 1;
}

/** The order after the changes; a project without changes keeps its very list. */
export function reorder(order: SessionOrder, changes: readonly SessionChange[]): SessionOrder {
  const touched = new Map<string, { readonly gone: Set<string>; readonly come: SessionSummary[] }>();
  const touch = (projectPath: string) => {
    const known = touched.get(projectPath);
    if (known !== undefined) return known;
    const fresh = { gone: new Set<string>(), come: [] };
    touched.set(projectPath, fresh);
    return fresh;
  };
  let { size } = order;
  for (const { before, after } of changes) {
    if (before !== null) touch(projectOf(before)).gone.add(before.sessionId);
    if (after !== null) touch(projectOf(after)).come.push(after);
    size += (after === null ? 0 : 1) - (before === null ? 0 : 1);
  }
  const projects = new Map(order.projects);
  for (const [projectPath, { gone, come }] of touched) {
    const stayed = (projects.get(projectPath) ?? []).filter(({ sessionId }) => !gone.has(sessionId));
    const members = merged(stayed, come.toSorted(compareSessions));
    if (members.length === 0) projects.delete(projectPath);
    else projects.set(projectPath, members);
  }
  return { size, projects };
}

/** Two sorted lists as one. */
function merged(one: readonly SessionSummary[], other: readonly SessionSummary[]): readonly SessionSummary[] {
  if (one.length === 0) return other;
  const all: SessionSummary[] = [];
  let at = 0;
  for (const session of one) {
    for (let next = other[at]; next !== undefined && compareSessions(next, session) < 0; next = other[at]) {
      all.push(next);
      at += 1;
    }
    all.push(session);
  }
  return [...all, ...other.slice(at)];
}
