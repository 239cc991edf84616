import type { RequestInput } from "../../shared/contract/requests.ts";
import type { ActivityKind } from "../../shared/model/activity.ts";
import type { SearchRole } from "../../shared/model/search.ts";

/** When something was said. `between`: see `fromDay` and `toDay`. */
export type SearchPeriod = "any" | "day" | "week" | "month" | "between";

/** What narrows a search; an empty text or null narrows nothing. */
export interface SearchFilters {
  readonly project: string;
  readonly period: SearchPeriod;
  /** First and last day as `YYYY-MM-DD` in the person's own time; used with `between` only. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly role: SearchRole | null;
  readonly tool: string;
  readonly state: ActivityKind | null;
}

export const noFilters: SearchFilters = {
  project: "",
  period: "any",
  fromDay: "",
  toDay: "",
  role: null,
  tool: "",
  state: null,
};

/** How many filters narrow the search. */
export function activeFilterCount(filters: SearchFilters): number {
  const { project, period, fromDay, toDay, role, tool, state } = filters;
  const isDated = period === "between" ? fromDay !== "" || toDay !== "" : period !== "any";
  return [project !== "", isDated, role !== null, tool.trim() !== "", state !== null].filter(Boolean).length;
}

/** Days that a period reaches back. */
const periodDays = { day: 1, week: 7, month: 30 } as const;

const DAY_MS = 86_400_000;

/** The query as the host takes it; null while there are no words to look for. `now` is in milliseconds. */
export function searchParams(query: string, filters: SearchFilters, now: number): RequestInput<"search.query"> | null {
  const q = query.trim();
  if (q === "") return null;
  const { project, role, tool, state } = filters;
  return {
    q,
    ...(project === "" ? {} : { project }),
    ...periodOf(filters, now),
    ...(role === null ? {} : { role }),
    ...(tool.trim() === "" ? {} : { tool: tool.trim() }),
    ...(state === null ? {} : { state }),
  };
}

function periodOf(
  { period, fromDay, toDay }: SearchFilters,
  now: number,
): { readonly from?: string; readonly to?: string } {
  if (period === "any") return {};
  if (period !== "between") return { from: new Date(now - periodDays[period] * DAY_MS).toISOString() };
  const from = startOfDay(fromDay, 0);
  const to = startOfDay(toDay, 1);
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

/** The beginning of a day, or of one some days later, in the person's own time; null where none is chosen. */
function startOfDay(day: string, later: number): string | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const start = new Date(year, month - 1, date + later);
  return Number.isNaN(start.getTime()) ? null : start.toISOString();
}
