import type { SessionSummary } from "../../../shared/model/session.ts";
import { holdsWords, queryWords } from "../../../shared/state/sessionQuery.ts";
import { passesFilter, projectName } from "../../stores/sessionList.ts";
import { compareSessions, type SessionOrder } from "../../stores/sessionOrder.ts";
import type { SessionFilter } from "../../stores/uiPreferences.ts";
import type { ProjectFold } from "../../stores/uiStore.ts";

/** Ended sessions that a project shows before it is unfolded: enough to find today's, few enough to see many projects. */
export const LATEST_SESSIONS = 8;

/** One line of the session list. */
export type ListRow =
  | {
      readonly kind: "project";
      readonly key: string;
      readonly projectPath: string;
      readonly name: string;
      /** Sessions of the project that the filter and the query let through, at the host as well. */
      readonly count: number;
      readonly liveCount: number;
      /** The project's directory is not there any more. */
      readonly isGone: boolean;
      readonly isCollapsed: boolean;
    }
  | {
      readonly kind: "session";
      readonly key: string;
      readonly projectPath: string;
      readonly session: SessionSummary;
      /** From 1, within the project. */
      readonly position: number;
      readonly groupSize: number;
    }
  | {
      readonly kind: "more";
      readonly key: string;
      readonly projectPath: string;
      /** `unfold`: show the older ones. `load`: they are at the host. `fold`: show the latest only. */
      readonly action: "unfold" | "load" | "fold";
      /** Sessions that are not shown. */
      readonly hidden: number;
    };

export interface ListView {
  readonly order: SessionOrder;
  readonly filter: SessionFilter;
  readonly query: string;
  readonly folds: Readonly<Record<string, ProjectFold>>;
  /** Sessions of each project at the host; null while nobody knows. */
  readonly sessionCounts: ReadonlyMap<string, number> | null;
}

/**
 * The list, top to bottom: projects with their sessions; a project stands where its first session would stand. Without
 * filter and query a project shows its live and its latest sessions until it is unfolded.
 */
export function listRows(view: ListView): readonly ListRow[] {
  const shown = [...view.order.projects]
    .map(([projectPath, members]) => ({ projectPath, members: membersShown(view, members) }))
    .filter(({ members }) => members.length > 0)
    .toSorted((one, other) => compareFirst(one.members, other.members));
  return shown.flatMap(({ projectPath, members }) => projectRows(view, projectPath, members));
}

function membersShown({ filter, query }: ListView, members: readonly SessionSummary[]): readonly SessionSummary[] {
  const words = queryWords(query);
  if (filter === "all" && words.length === 0) return members;
  const ended = members.findIndex(({ live }) => !live);
  const candidates = filter === "all" || ended === -1 ? members : members.slice(0, ended);
  return candidates.filter((session) => passesFilter(session, filter) && holdsWords(session, words));
}

function compareFirst(one: readonly SessionSummary[], other: readonly SessionSummary[]): number {
  const [first] = one;
  const [second] = other;
  return first === undefined || second === undefined ? 0 : compareSessions(first, second);
}

function projectRows(view: ListView, projectPath: string, members: readonly SessionSummary[]): readonly ListRow[] {
  const fold = view.folds[projectPath];
  const isWholeList = view.filter === "all" && queryWords(view.query).length === 0;
  const count = isWholeList ? Math.max(members.length, view.sessionCounts?.get(projectPath) ?? 0) : members.length;
  const ended = members.findIndex(({ live }) => !live);
  const liveCount = ended === -1 ? members.length : ended;
  const heading: ListRow = {
    kind: "project",
    key: `project ${projectPath}`,
    projectPath,
    name: projectName(projectPath),
    count,
    liveCount,
    isGone: members[0]?.isFolderGone === true,
    isCollapsed: fold === "collapsed",
  };
  if (fold === "collapsed") return [heading];
  const shown = isWholeList && fold !== "whole" ? members.slice(0, liveCount + LATEST_SESSIONS) : members;
  const rows = shown.map((session, index): ListRow => {
    const key = session.sessionId;
    return { kind: "session", key, projectPath, session, position: index + 1, groupSize: count };
  });
  const more = isWholeList ? moreRow({ projectPath, fold, shown: shown.length, count, liveCount }) : [];
  return [heading, ...rows, ...more];
}

function moreRow(project: {
  readonly projectPath: string;
  readonly fold: ProjectFold | undefined;
  readonly shown: number;
  readonly count: number;
  readonly liveCount: number;
}): readonly ListRow[] {
  const { projectPath, fold, shown, count, liveCount } = project;
  const hidden = count - shown;
  const row = { kind: "more", key: `more ${projectPath}`, projectPath, hidden } as const;
  if (fold !== "whole") return hidden > 0 ? [{ ...row, action: "unfold" }] : [];
  if (hidden > 0) return [{ ...row, action: "load" }];
  return count > liveCount + LATEST_SESSIONS ? [{ ...row, action: "fold" }] : [];
}

/**
 * Whether a further page of all sessions would show anything: a project has less on the list than it could have. What
 * is folded away needs no page.
 */
export function pageWouldShow(view: Pick<ListView, "order" | "sessionCounts">, total: number): boolean {
  const { order, sessionCounts } = view;
  if (order.size >= total) return false;
  if (sessionCounts === null) return true;
  for (const [projectPath, count] of sessionCounts) {
    const loaded = order.projects.get(projectPath)?.length ?? 0;
    if (loaded < Math.min(count, LATEST_SESSIONS)) return true;
  }
  return false;
}

/** The next row that is a session, from `from` in the given direction; `from` itself when there is none. */
export function nextSessionRow(rows: readonly ListRow[], from: number, step: 1 | -1): number {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    if (rows[index]?.kind === "session") return index;
  }
  return from;
}

/** Whether two rows look the same. A summary never changes, so it is compared by identity. */
export function isSameRow(one: ListRow, other: ListRow): boolean {
  if (one === other) return true;
  const values: Readonly<Record<string, unknown>> = { ...other };
  return Object.entries(one).every(([name, value]) => values[name] === value);
}
