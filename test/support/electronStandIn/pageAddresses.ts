/**
 * Chromium does not load a page of a scheme it was not built with. So the stand-in serves `app://host/…` as
 * `https://host.app.test/…`, a secure origin of its own, and everything outside of the browser sees `app:` addresses.
 */
const SUFFIX = ".app.test";

export function toBrowserUrl(url: string): string {
  return url.replace(/^app:\/\/([^/?#]+)/u, (_, host: string) => `https://${host}${SUFFIX}`);
}

export function toAppUrl(url: string): string {
  return url.replace(/^https:\/\/([^/?#]+)\.app\.test/u, (_, host: string) => `app://${host}`);
}
