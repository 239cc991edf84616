/** Longer addresses are refused: nobody can check them by eye. */
const MAX_LINK_CHARS = 2048;

/**
 * Checks a link that a session wrote. Only http and https without a user name or password pass; the result is the
 * address in its unambiguous form (host in ASCII). `null` for anything else.
 */
export function safeLink(link: string): string | null {
  if (link.length > MAX_LINK_CHARS) return null;
  const url = URL.parse(link);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.username === "" && url.password === "" ? url.href : null;
}
