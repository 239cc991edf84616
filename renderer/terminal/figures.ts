/** Numbers as people read them. Pure and independent of the reader's locale, so output is the same everywhere. */

/** `1234567` → `1,234,567`. */
export function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replaceAll(/\B(?=(\d{3})+$)/gu, ",");
}

/** `1 line`, `120 lines`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(value)} ${value === 1 ? singular : plural}`;
}

/** Milliseconds as `340 ms`, `12.3 s`, `4 min 05 s`, `2 h 03 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(Math.round(seconds) % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** Dollars: two places from one dollar on, four below, six below a hundredth of a cent. */
export function dollars(usd: number): string {
  const size = Math.abs(usd);
  if (size >= 1) return `$${usd.toFixed(2)}`;
  return `$${usd.toFixed(size > 0 && size < 0.0001 ? 6 : 4)}`;
}

/** How many words a text has. */
export function wordCount(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0;
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, "0");
}
