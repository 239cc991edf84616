/**
 * How well an item of the palette fits what is typed: 1 when its text begins with it, 0.5 when every word is somewhere
 * in its text or keywords, else 0, which hides it. Plain words instead of fuzzy letters: a long path would hold almost
 * any letters in order.
 */
export function scoreMatch(text: string, typed: string, keywords: readonly string[] = []): number {
  const query = typed.trim().toLowerCase();
  const whole = [text, ...keywords].join(" ").toLowerCase();
  if (whole.startsWith(query)) return 1;
  return query.split(/\s+/u).every((word) => whole.includes(word)) ? 0.5 : 0;
}
