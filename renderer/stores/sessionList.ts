import type { SessionSummary } from "../../shared/model/session.ts";
import { holdsWords, queryWords } from "../../shared/state/sessionQuery.ts";
import { compareSessions, type SessionOrder } from "./sessionOrder.ts";
import type { SessionFilter } from "./uiPreferences.ts";

const waits: ReadonlySet<string> = new Set(["awaiting_permission", "awaiting_answer", "plan_ready"]);

/** Whether a person has to do something before the session goes on. */
export function needsYou(session: SessionSummary): boolean {
  if (!session.live) return false;
  return session.pendingPermissions > 0 || waits.has(session.activity.kind);
}

const passes: Readonly<Record<SessionFilter, (session: SessionSummary) => boolean>> = {
  live: (session) => session.live,
  needsYou,
  owned: (session) => session.live && session.owner === "owned",
  all: () => true,
};

/** Every filter but `all` shows live sessions only: a session is owned while its process runs. */
export function passesFilter(session: SessionSummary, filter: SessionFilter): boolean {
  return passes[filter](session);
}

/**
 * How many sessions each filter shows, whatever is searched for. `total` is the host's count of all sessions; the
 * others are counted here, since the host tells of every live session.
 */
export function countByFilter(order: SessionOrder, total: number): Readonly<Record<SessionFilter, number>> {
  const counts = { live: 0, needsYou: 0, owned: 0, all: Math.max(total, order.size) };
  for (const members of order.projects.values()) {
    for (const session of members) {
      if (!session.live) break;
      counts.live += 1;
      if (needsYou(session)) counts.needsYou += 1;
      if (session.owner === "owned") counts.owned += 1;
    }
  }
  return counts;
}

/** The sessions that pass the filter and hold every word of the query, sorted over all projects. */
export function visibleSessions(
  sessions: readonly SessionSummary[],
  filter: SessionFilter,
  query: string,
): readonly SessionSummary[] {
  const words = queryWords(query);
  return sessions.filter((session) => passes[filter](session) && holdsWords(session, words)).toSorted(compareSessions);
}

/** The last segment of a path, on any system. */
export function projectName(projectPath: string): string {
  return projectPath.split(/[/\\]/u).findLast(Boolean) ?? projectPath;
}
