import { safeLink } from "../../terminal/safeLink.ts";
import { desktopBridge } from "../desktopBridge.ts";

/**
 * Opens a link that a session wrote, outside the app and only after the person has seen the whole address and agreed.
 * Does nothing for a link that `safeLink` refuses.
 */
export function openLink(link: string): void {
  const address = safeLink(link);
  if (address === null) return;
  if (!window.confirm(`Open this address outside Switchboard?\n\n${address}`)) return;
  const bridge = desktopBridge();
  if (bridge === null) window.open(address, "_blank", "noopener,noreferrer");
  else void bridge.shell.openExternal(address);
}
