/** Where the desktop app finds its own files, in the source tree and in a package alike. */
import { join } from "node:path";

export interface DesktopPaths {
  readonly renderer: string;
  readonly preload: string;
  readonly windowIcon: string;
  readonly trayIcon: string;
  readonly badgeOverlay: string;
}

/** `appPath` is the directory of the app's package.json; in a package that is inside the archive. */
export function desktopPathsOf(appPath: string, platform: NodeJS.Platform): DesktopPaths {
  const resources = join(appPath, "resources");
  return {
    renderer: join(appPath, "dist", "renderer"),
    preload: join(appPath, "dist", "electron", "preload.cjs"),
    windowIcon: join(resources, "icons", "256x256.png"),
    trayIcon: join(resources, "tray", platform === "darwin" ? "trayTemplate.png" : "tray.png"),
    badgeOverlay: join(resources, "tray", "badgeOverlay.png"),
  };
}
