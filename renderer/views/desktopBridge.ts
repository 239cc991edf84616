import type { DesktopBridge } from "../../shared/contract/bridge.ts";

declare global {
  interface Window {
    /** The preload puts the whole bridge there; in a browser tab there is nothing. */
    readonly switchboard?: DesktopBridge;
  }
}

/** What the desktop shell gives this page, or null in a browser tab. */
export function desktopBridge(): DesktopBridge | null {
  return window.switchboard ?? null;
}
