import type { CostSum, TokenSum } from "../../../shared/model/cost.ts";
import type { CalendarSpan } from "../../stores/costCalendar.ts";
import { addDays, type DayRange, daysOfSpan, spanWithin } from "../../stores/costCalendar.ts";

const wholeFormat = dollarFormat(0, 0);
const centFormat = dollarFormat(2, 2);

function dollarFormat(least: number, most: number): Intl.NumberFormat {
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: least,
    maximumFractionDigits: most,
  });
}

const CENT = 0.01;
const MANY_DOLLARS = 1000;
/** Places that the wire carries. */
const MOST_PLACES = 6;

/**
 * Dollars for people: `$1,234` from a thousand on, `$4.12`, and two digits that say something below a cent: `$0.0012`.
 */
export function formatCost(usd: number): string {
  const size = Math.abs(usd);
  if (size >= MANY_DOLLARS - 0.005) return wholeFormat.format(usd);
  if (size >= CENT - 0.00005 || size < 5e-7) return centFormat.format(Math.abs(usd) < 5e-7 ? 0 : usd);
  const places = Math.min(MOST_PLACES, 1 - Math.floor(Math.log10(size)));
  return dollarFormat(2, places).format(usd);
}

const exactFormat = dollarFormat(2, 9);

/** Dollars with all of their places, for what is added up before the reader's eyes. */
export function formatExactCost(usd: number): string {
  return exactFormat.format(usd);
}

const shareFormat = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });
const fineShareFormat = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** A share of one, e.g. `34%`; `0.4%` below one percent. */
export function formatShare(share: number): string {
  return (Math.abs(share) < 0.01 ? fineShareFormat : shareFormat).format(share);
}

/** All that was spent: messages, and what the CLI's totals hold beyond them. */
export function wholeCost({ costUsd, unattributedUsd }: Pick<CostSum, "costUsd" | "unattributedUsd">): number {
  return costUsd + unattributedUsd;
}

/** True when all that was used has no price: what it cost is then not known, which is not zero. */
export function isUnpriced(sum: Pick<CostSum, "messages" | "unpricedMessages" | "unattributedUsd">): boolean {
  const { messages, unpricedMessages, unattributedUsd } = sum;
  return messages > 0 && unpricedMessages === messages && unattributedUsd === 0;
}

/** Said in place of an amount that is not known. */
export const NOT_PRICED = "not priced";

/** All that was spent in words, e.g. `$4.12`, `not priced`. */
export function costText(sum: Pick<CostSum, "costUsd" | "unattributedUsd" | "messages" | "unpricedMessages">): string {
  return isUnpriced(sum) ? NOT_PRICED : formatCost(wholeCost(sum));
}

/** Tokens of all kinds. */
export function tokenTotal({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: TokenSum): number {
  return input + output + cacheRead + cacheWrite5m + cacheWrite1h;
}

function keyFormat(options: Intl.DateTimeFormatOptions): (key: string) => string {
  const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  // Keys are days of the person's zone already: read and written in the same zone, they stay what they are.
  return (key) => format.format(new Date(`${key}T00:00:00Z`));
}

const shortDay = keyFormat({ day: "numeric", month: "short" });
const fullDay = keyFormat({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortMonth = keyFormat({ month: "short", year: "2-digit" });
const fullMonth = keyFormat({ month: "long", year: "numeric" });

/** A day in words, e.g. `Friday, 20 November 2026`. */
export function formatDay(key: string): string {
  return fullDay(key);
}

/** A span under its column, e.g. `20 Nov`, `Nov 26`. */
export function spanLabel(key: string, span: CalendarSpan): string {
  return span === "month" ? shortMonth(`${key}-01`) : shortDay(key);
}

/** A span in words, e.g. `16 Nov to 22 Nov`. */
export function spanTitle(key: string, span: CalendarSpan): string {
  if (span === "day") return fullDay(key);
  if (span === "month") return fullMonth(`${key}-01`);
  const { first, after } = daysOfSpan(key, span);
  return `${shortDay(first)} to ${shortDay(addDays(after, -1))}`;
}

/** What of a span is counted where the range cuts it, e.g. `only from 31 Oct`, `so far`; null where all of it is. */
export function spanPartWords(key: string, span: CalendarSpan, range: DayRange, today: string): string | null {
  const { first, last, isCutBefore, isCutAfter } = spanWithin(key, span, range);
  if (!isCutAfter) return isCutBefore ? `only from ${shortDay(first)}` : null;
  const isRunning = last === today;
  if (isCutBefore) return `only from ${shortDay(first)}${isRunning ? ", so far" : ` to ${shortDay(last)}`}`;
  return isRunning ? "so far" : `only to ${shortDay(last)}`;
}

/** A span under its column where the range cuts it: by the first day that is counted. */
export function spanPartLabel(key: string, span: CalendarSpan, range: DayRange): string {
  const { first, isCutBefore } = spanWithin(key, span, range);
  return isCutBefore ? shortDay(first) : spanLabel(key, span);
}

const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const momentFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** The local time of day, e.g. `09:00`. */
export function formatTime(iso: string): string {
  return timeFormat.format(new Date(iso));
}

const datedFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** The local day and time, e.g. `20 Nov, 09:00`; with its year where that is not this one. */
export function formatMoment(iso: string): string {
  const at = new Date(iso);
  const isThisYear = at.getFullYear() === new Date().getFullYear();
  return (isThisYear ? momentFormat : datedFormat).format(at);
}

const MINUTE_MS = 60_000;

/** A span of time to the minute, e.g. `22 min`, `2 h 05 min`. */
export function formatSpan(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
