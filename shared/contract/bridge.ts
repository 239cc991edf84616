/**
 * What the desktop preload gives the page: a pipe for frames and the few things only a desktop shell can do.
 * The page finds it at `window.switchboard`; in a browser tab it is missing.
 */
export interface DesktopBridge {
  readonly pipe: {
    /** Sends one client frame as JSON text. */
    readonly send: (frame: string) => void;
    /** Calls back with each host frame as JSON text. Returns the unsubscribe. */
    readonly onFrame: (listener: (frame: string) => void) => () => void;
  };
  readonly shell: {
    /** Opens the system's folder picker; null when the person closed it. */
    readonly chooseDirectory: () => Promise<string | null>;
    /** Opens an http(s) link in the system's browser; other links are refused. */
    readonly openExternal: (url: string) => Promise<boolean>;
    /** Calls back when a notification or the menu wants something shown. Returns the unsubscribe. */
    readonly onCommand: (listener: (command: ShellCommand) => void) => () => void;
  };
}

/** What the shell asks of the page. */
export type ShellCommand =
  | { readonly kind: "focusPermission"; readonly permissionId: string }
  | { readonly kind: "showBudgets" }
  | { readonly kind: "newSession" }
  | { readonly kind: "commandPalette" }
  | { readonly kind: "settings" };
