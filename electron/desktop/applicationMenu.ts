/** The application menu as a template: pure, so that it can be read in a test. */
import type { MenuItemConstructorOptions } from "electron";
import type { ShellCommand } from "../../shared/contract/bridge.ts";

export interface MenuActions {
  readonly sendCommand: (command: ShellCommand) => void;
  readonly quit: () => void;
}

type Platform = NodeJS.Platform;

/** Shortcuts are Electron's own words: `CmdOrCtrl` is ⌘ on macOS and Ctrl elsewhere. */
export function applicationMenuTemplate(platform: Platform, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = platform === "darwin";
  return [
    ...(isMac ? [macAppMenu(actions)] : []),
    sessionMenu(isMac, actions),
    editMenu(),
    viewMenu(actions),
    windowMenu(isMac),
  ];
}

function settingsItem({ sendCommand }: MenuActions): MenuItemConstructorOptions {
  return { label: "Settings…", accelerator: "CmdOrCtrl+,", click: () => sendCommand({ kind: "settings" }) };
}

function macAppMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    role: "appMenu",
    submenu: [
      { role: "about" },
      { type: "separator" },
      settingsItem(actions),
      { type: "separator" },
      { role: "services" },
      { type: "separator" },
      { role: "hide" },
      { role: "hideOthers" },
      { role: "unhide" },
      { type: "separator" },
      { label: "Quit Switchboard", accelerator: "Cmd+Q", click: actions.quit },
    ],
  };
}

function sessionMenu(isMac: boolean, actions: MenuActions): MenuItemConstructorOptions {
  const elsewhere: MenuItemConstructorOptions[] = [
    settingsItem(actions),
    { type: "separator" },
    { label: "Quit", accelerator: "Ctrl+Q", click: actions.quit },
  ];
  return {
    label: "&Session",
    submenu: [
      {
        label: "New session…",
        accelerator: "CmdOrCtrl+N",
        click: () => actions.sendCommand({ kind: "newSession" }),
      },
      { type: "separator" },
      { role: "close" },
      ...(isMac ? [] : elsewhere),
    ],
  };
}

function editMenu(): MenuItemConstructorOptions {
  return { role: "editMenu" };
}

function viewMenu({ sendCommand }: MenuActions): MenuItemConstructorOptions {
  return {
    label: "&View",
    submenu: [
      {
        label: "Command palette…",
        accelerator: "CmdOrCtrl+K",
        click: () => sendCommand({ kind: "commandPalette" }),
      },
      { type: "separator" },
      { role: "resetZoom" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      { type: "separator" },
      { role: "reload" },
      { role: "toggleDevTools" },
      { role: "togglefullscreen" },
    ],
  };
}

function windowMenu(isMac: boolean): MenuItemConstructorOptions {
  return isMac ? { role: "windowMenu" } : { label: "&Window", submenu: [{ role: "minimize" }, { role: "zoom" }] };
}
