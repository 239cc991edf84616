/** The icon in the system's tray or menu bar, with the count of what waits for a person. */
import { Menu, nativeImage, Tray } from "electron";
import type { DesktopPaths } from "./desktopPaths.ts";
import type { HostOverview } from "./observeHost.ts";
import { pendingCountWords } from "./permissionWords.ts";
import { type TrayActions, trayMenuTemplate } from "./trayMenu.ts";

export interface PermissionTray {
  readonly show: (overview: HostOverview) => void;
  readonly dispose: () => void;
}

/** Where the desktop has no tray (some Linux desktops) Electron makes an icon that nobody sees; nothing fails. */
export function createTray(paths: DesktopPaths, actions: TrayActions): PermissionTray {
  const image = nativeImage.createFromPath(paths.trayIcon);
  if (process.platform === "darwin") image.setTemplateImage(true);
  const tray = new Tray(image);
  tray.on("click", () => {
    if (process.platform !== "darwin") actions.open();
  });
  return {
    show: (overview) => {
      const count = overview.pending.length;
      tray.setToolTip(`Switchboard: ${pendingCountWords(count).toLowerCase()}`);
      if (process.platform === "darwin") tray.setTitle(count === 0 ? "" : String(count));
      tray.setContextMenu(Menu.buildFromTemplate(trayMenuTemplate(overview, actions)));
    },
    dispose: () => tray.destroy(),
  };
}
