const STORAGE_KEY = "switchboard.token";

/** The parts of a browser window that the token passes through. */
export interface TokenWindow {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { readonly replaceState: (state: unknown, title: string, url: string) => void };
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
}

/** A browser that keeps nothing throws here; the token then lasts until the page is left. */
function keep(page: TokenWindow, token: string): void {
  try {
    page.sessionStorage.setItem(STORAGE_KEY, token);
  } catch {
    return;
  }
}

function recall(page: TokenWindow): string | null {
  try {
    return page.sessionStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

/**
 * The token this page was opened with: from the fragment `#token=…`, which is removed from the address bar and its
 * history, else from this tab's storage. Null when the page was opened without one.
 */
export function takeToken(page: TokenWindow): string | null {
  const { hash, pathname, search } = page.location;
  const token = new URLSearchParams(hash.slice(1)).get("token");
  if (token === null || token === "") return recall(page);
  keep(page, token);
  page.history.replaceState(null, "", pathname + search);
  return token;
}
