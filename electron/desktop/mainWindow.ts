/**
 * The one window. Owns its creation, its way back to the front, and what the shell asks of the page in it.
 * Invariant: sandboxed, isolated from the preload script, without Node, without webviews.
 */
import { BrowserWindow } from "electron";
import type { ShellCommand } from "../../shared/contract/bridge.ts";
import { COMMAND_CHANNEL } from "./ipcChannels.ts";

export interface MainWindowOptions {
  readonly pageUrl: string;
  readonly preloadPath: string;
  readonly iconPath: string;
}

export interface MainWindow {
  readonly window: BrowserWindow;
  /** Brings the window to the front, from the dock, the tray or behind others. */
  readonly focus: () => void;
  /** Hands a command to the page, now or when it has loaded. */
  readonly send: (command: ShellCommand) => void;
}

/** Electron remembers position and size under this name. */
const WINDOW_NAME = "main";

export function createMainWindow(options: MainWindowOptions): MainWindow {
  const window = new BrowserWindow({
    name: WINDOW_NAME,
    windowStatePersistence: true,
    title: "Switchboard",
    width: 1440,
    height: 900,
    minWidth: 720,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    icon: options.iconPath,
    webPreferences: {
      preload: options.preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: true,
      navigateOnDragDrop: false,
    },
  });
  window.once("ready-to-show", () => window.show());

  return {
    window,
    focus: () => {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    send: (command) => sendCommand(window, command),
  };
}

function sendCommand(window: BrowserWindow, command: ShellCommand): void {
  if (window.isDestroyed()) return;
  const { webContents } = window;
  if (webContents.isLoadingMainFrame()) {
    webContents.once("did-finish-load", () => webContents.send(COMMAND_CHANNEL, command));
  } else {
    webContents.send(COMMAND_CHANNEL, command);
  }
}
