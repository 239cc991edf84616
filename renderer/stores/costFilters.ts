import type { RequestInput } from "../../shared/contract/requests.ts";
import { type CostSplit, NO_LABEL } from "../../shared/model/cost.ts";
import { addDays, type CalendarSpan, dayOf, type DayRange, spanWithin, startOfDay } from "./costCalendar.ts";

/** Which days are looked at; `between`: see `fromDay` and `toDay`. */
export type CostRange = "week" | "month" | "quarter" | "year" | "between";

/** Stands for sessions without a label, as the empty text stands for all of them. No label begins with a space. */
export const UNLABELLED = " unlabelled";

/** What narrows the page; an empty text narrows nothing. */
export interface CostFilters {
  readonly range: CostRange;
  /** First and last day; used with `between` only, and empty where the range is open. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly project: string;
  /** A label, or `UNLABELLED`. */
  readonly label: string;
  readonly model: string;
  readonly owner: "" | "owned" | "observed";
}

export const defaultFilters: CostFilters = {
  range: "month",
  fromDay: "",
  toDay: "",
  project: "",
  label: "",
  model: "",
  owner: "",
};

/** How the history is drawn. */
export interface CostView {
  readonly groupBy: CalendarSpan;
  readonly splitBy: CostSplit;
  readonly unit: "usd" | "tokens";
}

export const defaultView: CostView = { groupBy: "day", splitBy: "model", unit: "usd" };

/** Whether anything but the range narrows the page. */
export function isNarrowed({ project, label, model, owner }: CostFilters): boolean {
  return [project, label, model, owner].some((chosen) => chosen !== "");
}

/** Days that a range holds, today included. */
const rangeDays = { week: 7, month: 30, quarter: 90, year: 365 } as const;

/** The calendar holds as many weeks as a year begins. */
export const CALENDAR_DAYS = 371;

/** When and where it is asked. */
export interface Moment {
  /** Milliseconds. */
  readonly now: number;
  readonly timeZone: string;
}

/** The first and the last day of the range; null where it is open to that side. */
export function daysOf(filters: CostFilters, { now, timeZone }: Moment): DayRange {
  return daysUpTo(filters, dayOf(now, timeZone));
}

/** The same for who knows which day it is. */
export function daysUpTo(filters: CostFilters, today: string): DayRange {
  if (filters.range !== "between") return { first: addDays(today, 1 - rangeDays[filters.range]), last: today };
  return { first: filters.fromDay === "" ? null : filters.fromDay, last: filters.toDay === "" ? null : filters.toDay };
}

/** What the host is asked with: the bounds as times, and the rest. */
export type FilterParams = WhoseParams & Pick<RequestInput<"costs.get">, "from" | "to">;

type WhoseParams = Pick<RequestInput<"costs.get">, "project" | "label" | "model" | "owner">;

/** The filters as the host takes them. */
export function filterParams(filters: CostFilters, moment: Moment): FilterParams {
  const { first, last } = daysOf(filters, moment);
  return { ...boundsOf(first, last === null ? null : addDays(last, 1), moment.timeZone), ...whoseParams(filters) };
}

/** The same for one column of the history: of its week or month only what lies in the range, as its bar does. */
export function spanParams(filters: CostFilters, key: string, span: CalendarSpan, moment: Moment): FilterParams {
  const { first, last } = spanWithin(key, span, daysOf(filters, moment));
  return { ...boundsOf(first, addDays(last, 1), moment.timeZone), ...whoseParams(filters) };
}

/** The same for the year that the calendar shows. */
export function calendarParams(filters: CostFilters, { now, timeZone }: Moment): FilterParams {
  return { ...boundsOf(addDays(dayOf(now, timeZone), 1 - CALENDAR_DAYS), null, timeZone), ...whoseParams(filters) };
}

/** The filters without the days: whose costs are meant. */
export function whoseParams({ project, label, model, owner }: CostFilters): WhoseParams {
  return {
    ...(project === "" ? {} : { project }),
    ...(label === "" ? {} : { label: label === UNLABELLED ? NO_LABEL : label }),
    ...(model === "" ? {} : { model }),
    ...(owner === "" ? {} : { owner }),
  };
}

function boundsOf(first: string | null, after: string | null, timeZone: string): FilterParams {
  const from = first === null ? Number.NaN : startOfDay(first, timeZone);
  const to = after === null ? Number.NaN : startOfDay(after, timeZone);
  return {
    ...(Number.isNaN(from) ? {} : { from: new Date(from).toISOString() }),
    ...(Number.isNaN(to) ? {} : { to: new Date(to).toISOString() }),
  };
}
