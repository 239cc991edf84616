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
