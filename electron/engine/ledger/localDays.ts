/**
 * Days, weeks and months of a time zone, across its changes of daylight saving. Days are numbers since 1970-01-01.
 * Owns what it has learnt of the zone's offsets; knows nothing of costs.
 */
export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAYS_OF_WEEK = 7;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const FIRST_WEEKDAY = 3;
/** Days of some thirty years, at two numbers each; then it begins anew. */
const MAX_KNOWN = 10_000;

export class LocalDays {
  readonly timeZone: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #hours = new Map<number, number>();
  /** Of UTC days that have one offset from beginning to end. */
  readonly #days = new Map<number, number | null>();
  #lastDay = Number.NaN;
  #lastOffset: number | null = null;

  /** @throws RangeError for a name that is no time zone. */
  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    this.timeZone = timeZone;
  }

  dayOf(atMs: number): number {
    return Math.floor((atMs + this.#offsetAt(atMs)) / DAY_MS);
  }

  /** The first moment of a day. */
  startOf(day: number): number {
    let at = day * DAY_MS - this.#offsetAt(day * DAY_MS);
    at = day * DAY_MS - this.#offsetAt(at);
    // Where the clock is changed at midnight, the day begins later, or its first hour comes twice.
    for (let tries = 0; tries < 2 && this.dayOf(at) < day; tries += 1) at += HOUR_MS;
    for (let tries = 0; tries < 2 && this.dayOf(at - HOUR_MS) >= day; tries += 1) at -= HOUR_MS;
    return at;
  }

  /**
   * The moment of a day at which clocks show what they show at `atMs`; the first one where they show it twice, and as if the
   * clock had not been changed where they never do.
   */
  sameTimeOn(day: number, atMs: number): number {
    const clock = atMs + this.#offsetAt(atMs) - this.dayOf(atMs) * DAY_MS;
    const local = day * DAY_MS + clock;
    const early = local - this.#offsetAt(this.startOf(day));
    const late = local - this.#offsetAt(this.startOf(day + 1) - 1);
    const isLate = late + this.#offsetAt(late) === local && early + this.#offsetAt(early) !== local;
    return isLate ? late : early;
  }

  #offsetAt(atMs: number): number {
    const day = Math.floor(atMs / DAY_MS);
    if (day === this.#lastDay && this.#lastOffset !== null) return this.#lastOffset;
    let offset = this.#days.get(day);
    if (offset === undefined) {
      const first = this.#measure(day * DAY_MS);
      offset = this.#measure((day + 1) * DAY_MS) === first ? first : null;
      if (this.#days.size >= MAX_KNOWN) this.#days.clear();
      this.#days.set(day, offset);
    }
    this.#lastDay = day;
    this.#lastOffset = offset;
    return offset ?? this.#offsetInQuarter(Math.floor((atMs * 4) / HOUR_MS));
  }

  /** Clocks are changed on the quarter of an hour. */
  #offsetInQuarter(quarter: number): number {
    const known = this.#hours.get(quarter);
    if (known !== undefined) return known;
    const offset = this.#measure((quarter * HOUR_MS) / 4);
    if (this.#hours.size >= MAX_KNOWN) this.#hours.clear();
    this.#hours.set(quarter, offset);
    return offset;
  }

  #measure(atMs: number): number {
    const parts = new Map(this.#format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
    return local - Math.floor(atMs / 1000) * 1000;
  }
}

/** `2026-11-20`. */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function mondayOf(day: number): number {
  return day - ((((day + FIRST_WEEKDAY) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK);
}

export function firstOfMonth(day: number, monthsLater = 0): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1) / DAY_MS;
}
