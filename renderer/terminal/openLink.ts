import type { DesktopBridge } from "../../shared/contract/bridge.ts";
import { safeLink } from "./safeLink.ts";

/**
 * Opens a link that a session wrote, outside the app and only after the person has seen the whole address and agreed.
 * Does nothing for a link that `safeLink` refuses.
 */
export function openLink(link: string): void {
  const address = safeLink(link);
  if (address === null) return;
  if (!window.confirm(`Open this address outside Switchboard?\n\n${address}`)) return;
  const shell = desktopShell();
  if (shell === null) window.open(address, "_blank", "noopener,noreferrer");
  else void shell.openExternal(address);
}

/** The preload puts the whole bridge there or nothing (see `shared/contract/bridge.ts`). */
function desktopShell(): DesktopBridge["shell"] | null {
  const { switchboard } = window as { readonly switchboard?: DesktopBridge };
  return switchboard?.shell ?? null;
}
