/** Brings the page back after its process died, but not for ever: a page that keeps dying stays down with the reason. */
import { type BrowserWindow, dialog } from "electron";

/** More deaths than this within the span, and a reload would only be the next death. */
const MAX_DEATHS = 3;
const SPAN_MS = 60_000;

export function reloadAfterCrash(window: BrowserWindow, onDeath: (reason: string) => void): void {
  let deaths: readonly number[] = [];
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason === "clean-exit" || window.isDestroyed()) return;
    onDeath(details.reason);
    const now = Date.now();
    deaths = [...deaths.filter((at) => now - at < SPAN_MS), now];
    if (deaths.length <= MAX_DEATHS) window.webContents.reload();
    else
      dialog.showErrorBox(
        "Switchboard cannot show its window",
        `The page ended ${deaths.length} times within a minute (${details.reason}). Your sessions still run. ` +
          "Quit Switchboard and start it again.",
      );
  });
}
