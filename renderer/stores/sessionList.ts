import type { SessionSummary } from "../../shared/model/session.ts";
import type { SessionFilter } from "./uiPreferences.ts";

/** A project and its sessions as the list shows them. */
export interface ProjectGroup {
  readonly projectPath: string;
  /** The last segment of the path. */
  readonly name: string;
  readonly sessions: readonly SessionSummary[];
}

/** Whether a person has to do something before the session goes on. */
export function needsYou(session: SessionSummary): boolean {
  if (!session.live) return false;
  const waits: readonly string[] = ["awaiting_permission", "awaiting_answer", "plan_ready"];
  return session.pendingPermissions > 0 || waits.includes(session.activity.kind);
}

const passes: Readonly<Record<SessionFilter, (session: SessionSummary) => boolean>> = {
  live: (session) => session.live,
  needsYou,
  owned: (session) => session.owner === "owned",
  all: () => true,
};

/** How many sessions each filter shows, whatever is searched for. */
export function countByFilter(sessions: readonly SessionSummary[]): Readonly<Record<SessionFilter, number>> {
  const count = (filter: SessionFilter): number => sessions.filter(passes[filter]).length;
  return { live: count("live"), needsYou: count("needsYou"), owned: count("owned"), all: count("all") };
}

/**
 * The sessions that pass the filter and hold every word of the query. Live ones come first, the newest started on top:
 * an order that does not change under the hand while they work. The others follow by their last activity.
 */
export function visibleSessions(
  sessions: readonly SessionSummary[],
  filter: SessionFilter,
  query: string,
): readonly SessionSummary[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  return sessions.filter((session) => passes[filter](session) && holdsWords(session, words)).toSorted(byLiveThenTime);
}

function holdsWords(session: SessionSummary, words: readonly string[]): boolean {
  const { title, projectPath, gitBranch, sessionId, model } = session;
  const text = [title, projectPath, gitBranch ?? "", sessionId, model ?? ""].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

function byLiveThenTime(one: SessionSummary, other: SessionSummary): number {
  if (one.live !== other.live) return one.live ? -1 : 1;
  if (one.live) return other.startedAt.localeCompare(one.startedAt);
  return other.lastActivityAt.localeCompare(one.lastActivityAt);
}

/** Groups sorted sessions by project; a project stands where its first session stands. */
export function groupByProject(sessions: readonly SessionSummary[]): readonly ProjectGroup[] {
  const groups = Map.groupBy(sessions, (session) => session.projectPath);
  return [...groups].map(([projectPath, members]) => ({
    projectPath,
    name: projectName(projectPath),
    sessions: members,
  }));
}

/** The last segment of a path, on any system. */
export function projectName(projectPath: string): string {
  return projectPath.split(/[/\\]/u).findLast(Boolean) ?? projectPath;
}
