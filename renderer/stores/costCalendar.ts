/**
 * Days, weeks and months as the person's time zone has them. A day's key is `YYYY-MM-DD`, a week's is its Monday, a
 * month's is `YYYY-MM`: the keys that the host's rows have.
 */

/** Spans that columns stand for. */
export type CalendarSpan = "day" | "week" | "month";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes far longer than using it. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(timeZone, made);
  return made;
}

/** The wall clock of the zone, as if it were UTC. */
function wallClock(ms: number, timeZone: string): number {
  const parts = formatFor(timeZone).formatToParts(ms);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"), read("second"));
}

/** The day in which a moment lies. */
export function dayOf(ms: number, timeZone: string): string {
  return new Date(wallClock(ms, timeZone)).toISOString().slice(0, 10);
}

/** The first moment of a day, in milliseconds; NaN for what is no day. Where midnight is skipped, the one after it. */
export function startOfDay(day: string, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(wanted)) return wanted;
  let found = wanted;
  // The second time corrects the first where the offset changes between the two guesses.
  for (let time = 0; time < 2; time += 1) {
    found += wanted - wallClock(found, timeZone);
    if (wallClock(found, timeZone) === wanted) return found;
  }
  return dayOf(found, timeZone) < day ? found + HOUR_MS : found;
}

/** The day so many days later, or earlier. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The key of the span in which a day lies. */
export function spanOf(day: string, span: CalendarSpan): string {
  if (span === "day") return day;
  if (span === "month") return day.slice(0, 7);
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}

/** The first day of a span, and the first one after it. */
export function daysOfSpan(key: string, span: CalendarSpan): { readonly first: string; readonly after: string } {
  if (span === "day") return { first: key, after: addDays(key, 1) };
  if (span === "week") return { first: key, after: addDays(key, 7) };
  const [year = 1970, month = 1] = key.split("-").map(Number);
  return { first: `${key}-01`, after: new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10) };
}

/** The keys of all spans from one day to another, both included, at most `most`: the last ones. */
export function spansBetween(firstDay: string, lastDay: string, span: CalendarSpan, most: number): readonly string[] {
  const keys: string[] = [];
  let day = daysOfSpan(spanOf(lastDay, span), span).first;
  const stop = daysOfSpan(spanOf(firstDay, span), span).first;
  while (day >= stop && keys.length < most) {
    keys.unshift(spanOf(day, span));
    day = daysOfSpan(spanOf(addDays(day, -1), span), span).first;
  }
  return keys;
}

/** Days from the first to the last, both included; null: open to that side. */
export interface DayRange {
  readonly first: string | null;
  readonly last: string | null;
}

/** The days of a span that lie in the range, both included, and on which side the range leaves some out. */
export interface SpanPart {
  readonly first: string;
  readonly last: string;
  readonly isCutBefore: boolean;
  readonly isCutAfter: boolean;
}

/** What of a span lies in the range. */
export function spanWithin(key: string, span: CalendarSpan, range: DayRange): SpanPart {
  const { first, after } = daysOfSpan(key, span);
  const last = addDays(after, -1);
  const isCutBefore = range.first !== null && range.first > first;
  const isCutAfter = range.last !== null && range.last < last;
  return {
    first: isCutBefore ? (range.first ?? first) : first,
    last: isCutAfter ? (range.last ?? last) : last,
    isCutBefore,
    isCutAfter,
  };
}
