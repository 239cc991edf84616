/**
 * Where the app's page lives. A scheme of its own gives the page a real origin, so that `'self'` in the content
 * security policy means the app's files and nothing else, which no `file:` page has.
 */

export const APP_SCHEME = "app";
export const APP_HOST = "switchboard";

/** The page that the window shows. */
export const APP_PAGE_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * True when `url` has the origin of `pageUrl`. Compared by protocol and host, because `URL.origin` is "null" for a
 * scheme that is not one of the web's own.
 */
export function isSameOrigin(url: string, pageUrl: string): boolean {
  const left = parseUrl(url);
  const right = parseUrl(pageUrl);
  if (left === null || right === null) return false;
  return left.protocol === right.protocol && left.host === right.host && left.host !== "";
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
