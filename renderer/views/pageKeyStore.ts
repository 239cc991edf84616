import type { KeyStore } from "../stores/uiPreferences.ts";

/** The page's own storage, or null where the browser keeps nothing. */
export function pageKeyStore(): KeyStore | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
