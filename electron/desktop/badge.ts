/** The count on the dock or taskbar icon. */
import { app, type BrowserWindow, nativeImage } from "electron";
import { pendingCountWords } from "./permissionWords.ts";

/** On Windows a badge is an overlay image with words for screen readers; elsewhere it is a number. */
export function showBadge(window: BrowserWindow, count: number, overlayIconPath: string): void {
  if (process.platform !== "win32") {
    app.setBadgeCount(count);
    return;
  }
  if (window.isDestroyed()) return;
  const overlay = count === 0 ? null : nativeImage.createFromPath(overlayIconPath);
  window.setOverlayIcon(overlay, count === 0 ? "" : pendingCountWords(count));
}
