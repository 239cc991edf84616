import type { HostAnnouncement } from "./startHost.ts";

/**
 * The address that opens the app signed in. The token stands behind `#`, the part of an address that a browser never
 * sends and no log keeps; the page takes it out of the address bar.
 */
export function openAddressOf({ url, token }: Pick<HostAnnouncement, "url" | "token">): string {
  const address = new URL(url);
  address.hash = `token=${encodeURIComponent(token)}`;
  return address.href;
}
