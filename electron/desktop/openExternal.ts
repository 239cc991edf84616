/** Opens links outside the app. Whatever a session prints can be a link, so only web addresses pass. */
import { shell } from "electron";

/** Longer links are refused: no page needs them, and some systems pass a link on a command line. */
const MAX_LINK_LENGTH = 8 * 1024;

/** The address to open, normalised, or null when it is not an http(s) address. Never carries a user or password. */
export function externalAddressOf(link: unknown): string | null {
  if (typeof link !== "string" || link.length > MAX_LINK_LENGTH || !URL.canParse(link)) return null;
  const url = new URL(link);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.username === "" && url.password === "" ? url.href : null;
}

/** Returns false when the link is refused or the system has no browser. */
export async function openExternal(link: unknown): Promise<boolean> {
  const address = externalAddressOf(link);
  if (address === null) return false;
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false;
  }
}
