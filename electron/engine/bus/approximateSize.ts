/** What a number, a boolean or a key costs next to the text it stands beside. */
const SMALL_VALUE = 8;

/** Characters of text in a value, roughly: enough to bound a buffer, far cheaper than serialising it. */
export function approximateSize(value: unknown): number {
  if (typeof value === "string") return value.length + SMALL_VALUE;
  if (typeof value !== "object" || value === null) return SMALL_VALUE;
  let size = SMALL_VALUE;
  for (const part of Object.values(value)) size += SMALL_VALUE + approximateSize(part);
  return size;
}
