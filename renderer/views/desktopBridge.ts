import type { DesktopBridge } from "../../shared/contract/bridge.ts";

/** What the desktop shell gives this page, or null in a browser tab. The preload puts the whole bridge or nothing. */
export function desktopBridge(): DesktopBridge | null {
  const { switchboard } = window as { readonly switchboard?: DesktopBridge };
  return switchboard ?? null;
}
