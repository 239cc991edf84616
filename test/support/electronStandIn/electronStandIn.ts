/**
 * A stand-in for the `electron` module, for machines without its binary: windows are pages of a real Chromium, the rest
 * keeps what it was told. Typed loosely on purpose: that the app calls Electron rightly is checked against Electron's
 * own types when it compiles.
 */
import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from "electron";
import type { Browser } from "playwright-core";
import { StandInApp, type StandInAppOptions } from "./standInApp.ts";
import { StandInIpcMain } from "./standInIpc.ts";
import {
  StandInDialog,
  type StandInMenu,
  StandInNotification,
  StandInProtocol,
  StandInSession,
  StandInTray,
} from "./standInSystem.ts";
import { StandInWindow } from "./standInWindow.ts";

export interface ElectronStandInOptions extends StandInAppOptions {
  readonly browser: Browser;
}

export type ElectronStandIn = ReturnType<typeof createElectronStandIn>;

export function createElectronStandIn(options: ElectronStandInOptions) {
  const app = new StandInApp(options);
  const ipcMain = new StandInIpcMain();
  const protocol = new StandInProtocol();
  const dialog = new StandInDialog();
  const defaultSession = new StandInSession();
  const windows: StandInWindow[] = [];
  const trays: StandInTray[] = [];
  const notifications: StandInNotification[] = [];
  const openedExternally: string[] = [];
  const shown = Promise.withResolvers<StandInWindow>();
  const menus: { application: StandInMenu | null } = { application: null };
  const world = {
    browser: options.browser,
    ipcMain,
    protocol,
    onContents: (contents: object) => void app.emit("web-contents-created", {}, contents),
  };

  const module = {
    app,
    ipcMain,
    protocol,
    dialog,
    session: { defaultSession },
    powerMonitor: new EventEmitter(),
    shell: { openExternal: async (url: string) => void openedExternally.push(url) },
    nativeImage: { createFromPath: (path: string) => ({ path, setTemplateImage: () => {} }) },
    Menu: {
      buildFromTemplate: (items: readonly MenuItemConstructorOptions[]): StandInMenu => ({ items }),
      setApplicationMenu: (menu: StandInMenu) => void (menus.application = menu),
    },
    BrowserWindow: class extends StandInWindow {
      constructor(windowOptions: BrowserWindowConstructorOptions) {
        super(world, windowOptions);
        windows.push(this);
        this.once("show", () => shown.resolve(this));
      }
    },
    Tray: class extends StandInTray {
      constructor() {
        super();
        trays.push(this);
      }
    },
    Notification: class extends StandInNotification {
      constructor(notificationOptions: { readonly title?: string; readonly body?: string }) {
        super(notificationOptions);
        notifications.push(this);
      }
    },
  };

  return {
    /** What `import … from "electron"` gives. */
    module,
    app,
    ipcMain,
    dialog,
    defaultSession,
    windows,
    /** Resolves when the first window is shown, which is once its page has loaded. */
    windowShown: shown.promise,
    trays,
    notifications,
    openedExternally,
    menus,
    dispose: async () => {
      await Promise.all(windows.map((window) => window.webContents.destroy()));
    },
  };
}
