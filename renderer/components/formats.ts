const usdFormat = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const smallUsdFormat = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
});
const tokensFormat = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** Below this, two places would say nothing. */
const SMALL_USD = 0.01;

/** Dollars for people: two places, four for less than a cent; "–" where nobody knows. */
export function formatUsd(usd: number | null): string {
  if (usd === null) return "–";
  return usd !== 0 && Math.abs(usd) < SMALL_USD ? smallUsdFormat.format(usd) : usdFormat.format(usd);
}

const countFormat = new Intl.NumberFormat("en");

/** A count in full, e.g. `10,000`. */
export function formatCount(count: number): string {
  return countFormat.format(count);
}

/** A count of tokens in short, e.g. `48.3K`. */
export function formatTokens(tokens: number): string {
  return tokensFormat.format(tokens);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long ago, in the largest unit that fits: `now`, `4m`, `3h`, `12d`. A time ahead is `now`. */
export function formatAge(thenMs: number, nowMs: number): string {
  const age = nowMs - thenMs;
  if (age < MINUTE_MS) return "now";
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)}m`;
  if (age < DAY_MS) return `${Math.floor(age / HOUR_MS)}h`;
  return `${Math.floor(age / DAY_MS)}d`;
}

const exactFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** The exact local time, e.g. `31 Jan 2026, 12:00:00`. */
export function formatExact(iso: string): string {
  return exactFormat.format(new Date(iso));
}

const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Bytes in decimal units, e.g. `410 MB`, `1.2 GB`: one place from a gigabyte on. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(unit > 2 ? 1 : 0)} ${BYTE_UNITS[unit] ?? "B"}`;
}

/** A span of time in its largest unit, e.g. `4 s`, `3 min`, `2 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
