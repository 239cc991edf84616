/** Stand-ins for what Electron shows outside of the window. Each keeps what it was told, for a test to read. */
import { EventEmitter } from "node:events";
import type { MenuItemConstructorOptions } from "electron";

export interface StandInMenu {
  readonly items: readonly MenuItemConstructorOptions[];
}

export class StandInTray extends EventEmitter {
  toolTip = "";
  title = "";
  menu: StandInMenu | null = null;
  destroyed = false;

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setTitle(text: string): void {
    this.title = text;
  }

  setContextMenu(menu: StandInMenu | null): void {
    this.menu = menu;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

export class StandInNotification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }

  readonly options: { readonly title?: string; readonly body?: string };
  state: "new" | "shown" | "closed" = "new";

  constructor(options: { readonly title?: string; readonly body?: string }) {
    super();
    this.options = options;
  }

  show(): void {
    this.state = "shown";
  }

  close(): void {
    this.state = "closed";
  }
}

/** Stands in for `dialog`: a question stays open until the test answers it. */
export class StandInDialog {
  readonly questions: { readonly options: unknown; readonly answer: (response: number) => void }[] = [];
  readonly errors: { readonly title: string; readonly content: string }[] = [];
  chosenDirectory: string | null = null;

  async showMessageBox(...args: readonly unknown[]): Promise<{ response: number }> {
    const { promise, resolve } = Promise.withResolvers<{ response: number }>();
    this.questions.push({ options: args.at(-1), answer: (response) => resolve({ response }) });
    return await promise;
  }

  async showOpenDialog(): Promise<{ canceled: boolean; filePaths: string[] }> {
    const chosen = this.chosenDirectory;
    return { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] };
  }

  showErrorBox(title: string, content: string): void {
    this.errors.push({ title, content });
  }
}

/** Stands in for a `Session`: keeps the answers to permission questions, for a test to ask. */
export class StandInSession extends EventEmitter {
  permissionRequest: ((...args: unknown[]) => void) | null = null;
  permissionCheck: ((...args: unknown[]) => boolean) | null = null;
  devicePermission: (() => boolean) | null = null;
  displayMedia: ((request: unknown, callback: (streams: unknown) => void) => void) | null = null;

  setPermissionRequestHandler(handler: (...args: unknown[]) => void): void {
    this.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: (...args: unknown[]) => boolean): void {
    this.permissionCheck = handler;
  }

  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermission = handler;
  }

  setDisplayMediaRequestHandler(handler: (request: unknown, callback: (streams: unknown) => void) => void): void {
    this.displayMedia = handler;
  }
}

/** Stands in for `protocol`. A scheme must be registered before it is handled with an origin of its own. */
export class StandInProtocol {
  readonly schemes: string[] = [];
  readonly #handlers = new Map<string, (request: Request) => Promise<Response>>();

  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    this.schemes.push(...schemes.map(({ scheme }) => scheme));
  }

  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    if (!this.schemes.includes(scheme)) throw new Error(`The scheme ${scheme} has no privileges.`);
    this.#handlers.set(scheme, handler);
  }

  /** The app's answer, or null when no handler has this scheme. */
  async answer(url: string, method: string): Promise<Response | null> {
    const handler = this.#handlers.get(url.slice(0, url.indexOf(":")));
    return handler === undefined ? null : await handler(new Request(url, { method }));
  }
}
