/** Which entries a question is about. */
import { NO_LABEL } from "../../../shared/model/cost.ts";
import type { EntryTable } from "./entryTable.ts";

/** Whose entries are asked for, whenever they were made. */
export interface WhoseCosts {
  readonly project?: string | undefined;
  /** `NO_LABEL`: those of sessions without one. */
  readonly label?: string | undefined;
  readonly model?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly owner?: "owned" | "observed" | undefined;
}

/** Which entries are asked for. */
export interface CostFilters extends WhoseCosts {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The filters as entries are looked at: by numbers. */
export interface EntryFilter {
  readonly fromMs: number;
  readonly toMs: number;
  /** Null: all. */
  readonly sessions: ReadonlySet<number> | null;
  readonly kinds: ReadonlySet<number> | null;
}

/** Entries of unknown time are in answers without bounds only. */
export function entryFilter(table: EntryTable, filters: CostFilters): EntryFilter {
  const { from, to, project, label, model, sessionId, owner } = filters;
  const bySession = [project, label, sessionId, owner].some((asked) => asked !== undefined);
  const sessions = [...table.sessions.values()].filter(
    (row) =>
      (project === undefined || row.projectPath === project) &&
      (label === undefined || (row.label ?? NO_LABEL) === label) &&
      (sessionId === undefined || row.sessionId === sessionId) &&
      (owner === undefined || (row.isOwned === 1) === (owner === "owned")),
  );
  const kinds = [...table.models].filter(([, name]) => name === model).map(([key]) => key);
  return {
    fromMs: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    toMs: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to),
    sessions: bySession ? new Set(sessions.map(({ key }) => key)) : null,
    kinds: model === undefined ? null : new Set(kinds),
  };
}

export function passes(table: EntryTable, place: number, filter: EntryFilter): boolean {
  const session = table.session[place] ?? 0;
  if (session === 0) return false;
  if (!isWithin(table.atMs[place] ?? Number.NaN, filter)) return false;
  if (filter.sessions !== null && !filter.sessions.has(session)) return false;
  return filter.kinds === null || filter.kinds.has(table.kind[place] ?? 0);
}

/** A time that is not known is within no bounds. */
export function isWithin(atMs: number, { fromMs, toMs }: EntryFilter): boolean {
  if (Number.isNaN(atMs)) return fromMs === Number.NEGATIVE_INFINITY && toMs === Number.POSITIVE_INFINITY;
  return atMs >= fromMs && atMs < toMs;
}

/** Whether what the CLI's totals hold beyond messages is asked for: it is of a session, and of no model. */
export function passesRemainder(session: number, { sessions, kinds }: EntryFilter): boolean {
  return kinds === null && (sessions === null || sessions.has(session));
}
