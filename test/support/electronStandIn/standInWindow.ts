/**
 * Stands in for `BrowserWindow` and its `webContents` with a real page in a real Chromium: the preload script runs, the
 * app's protocol serves the files, IPC crosses, and navigation asks first, as in Electron.
 */
import { EventEmitter } from "node:events";
import { readFile } from "node:fs/promises";
import type { BrowserWindowConstructorOptions } from "electron";
import type { Browser, Frame, Page, Request, Route } from "playwright-core";
import { toAppUrl, toBrowserUrl } from "./pageAddresses.ts";
import { DISPATCH_KEY, IPC_BINDING, preloadScript } from "./preloadWorld.ts";
import { preventable } from "./preventable.ts";
import type { StandInIpcMain } from "./standInIpc.ts";
import type { StandInProtocol } from "./standInSystem.ts";

export interface WindowWorld {
  readonly browser: Browser;
  readonly ipcMain: StandInIpcMain;
  readonly protocol: StandInProtocol;
  readonly onContents: (contents: StandInWebContents) => void;
}

type OpenHandler = (details: { readonly url: string }) => { readonly action: "allow" | "deny" };

export class StandInWebContents extends EventEmitter {
  readonly page: Promise<Page>;
  /** Addresses that a page tried to open in a window of its own, with the app's answer. */
  readonly opened: { readonly url: string; readonly action: string }[] = [];
  /** Addresses outside of the app that the page tried to reach. */
  readonly reached: string[] = [];
  readonly mainFrame = { url: "", parent: null };
  readonly #world: WindowWorld;
  #openHandler: OpenHandler = () => ({ action: "allow" });
  #isLoading = false;
  #isDestroyed = false;
  /** True while a navigation runs that the app itself asked for; such a one is not asked about. */
  #isOwnNavigation = false;

  constructor(world: WindowWorld, preloadPath: string | undefined) {
    super();
    this.#world = world;
    this.page = this.#createPage(preloadPath);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  isLoadingMainFrame(): boolean {
    return this.#isLoading;
  }

  send(channel: string, ...args: readonly unknown[]): void {
    const message = { key: DISPATCH_KEY, channel, args };
    void this.page
      .then((page) =>
        page.evaluate(({ key, channel: name, args: values }) => {
          const dispatch: unknown = Reflect.get(window, Symbol.for(key));
          if (typeof dispatch === "function") dispatch(name, values);
        }, message),
      )
      // A page that is going away takes no messages; Electron drops them too.
      .catch(() => {});
  }

  async load(url: string): Promise<void> {
    const page = await this.page;
    this.#isOwnNavigation = true;
    await page.goto(toBrowserUrl(url));
  }

  async reload(): Promise<void> {
    const page = await this.page;
    this.#isOwnNavigation = true;
    await page.reload();
  }

  async destroy(): Promise<void> {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit("destroyed");
    await (await this.page).context().close();
  }

  async #createPage(preloadPath: string | undefined): Promise<Page> {
    const context = await this.#world.browser.newContext();
    await context.exposeBinding(IPC_BINDING, async (_source, kind: string, channel: string, args: unknown[]) => {
      const event = { sender: this, senderFrame: this.mainFrame };
      if (kind === "invoke") return await this.#world.ipcMain.invoke(channel, event, args);
      return void this.#world.ipcMain.emit(channel, event, ...args);
    });
    if (preloadPath !== undefined) {
      await context.addInitScript({ content: preloadScript(await readFile(preloadPath, "utf8")) });
    }
    await context.route("**/*", (route) => this.#answer(route));
    const page = await context.newPage();
    context.on("page", (popup) => void popup.close());
    page.on("load", () => {
      this.#isLoading = false;
      this.emit("did-finish-load");
    });
    return page;
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = toAppUrl(request.url());
    const target = await this.#targetOf(request);
    if (target === "window") {
      this.opened.push({ url, action: this.#openHandler({ url }).action });
      await route.abort("aborted");
      return void this.emit("stand-in-popup-answered");
    }
    if (target !== "resource" && !this.#mayNavigate(url, target === "mainFrame")) return await route.abort("aborted");
    const response = await this.#world.protocol.answer(url, request.method());
    if (response === null) {
      this.reached.push(url);
      return await route.abort("blockedbyclient");
    }
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }

  async #targetOf(request: Request): Promise<"resource" | "mainFrame" | "subFrame" | "window"> {
    if (!request.isNavigationRequest()) return "resource";
    const page = await this.page;
    const frame = frameOf(request);
    if (frame === null || frame.page() !== page) return "window";
    return frame === page.mainFrame() ? "mainFrame" : "subFrame";
  }

  #mayNavigate(url: string, isMainFrame: boolean): boolean {
    const isOwn = this.#isOwnNavigation && isMainFrame;
    if (isOwn) this.#isOwnNavigation = false;
    else {
      const details = preventable({ url, isMainFrame, isSameDocument: false });
      this.emit("will-frame-navigate", details);
      this.emit("stand-in-navigation-answered", { url, prevented: details.defaultPrevented });
      if (details.defaultPrevented) return false;
    }
    this.emit("did-start-navigation", { url, isMainFrame, isSameDocument: false });
    if (isMainFrame) {
      this.#isLoading = true;
      this.mainFrame.url = url;
    }
    return true;
  }
}

/** Null for a window that is only about to be: its frame does not exist before its page is loaded. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

export class StandInWindow extends EventEmitter {
  readonly webContents: StandInWebContents;
  readonly options: BrowserWindowConstructorOptions;
  isShown = false;
  focusCount = 0;
  #isFocused = false;
  #isMinimized = false;
  #isDestroyed = false;

  constructor(world: WindowWorld, options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.webContents = new StandInWebContents(world, options.webPreferences?.preload);
    world.onContents(this.webContents);
    this.webContents.once("did-finish-load", () => this.emit("ready-to-show"));
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url);
  }

  show(): void {
    this.isShown = true;
    this.emit("show");
  }

  hide(): void {
    this.isShown = false;
    this.#isFocused = false;
  }

  focus(): void {
    this.focusCount += 1;
    this.#isFocused = true;
  }

  /** What a person does by turning to another window. */
  lookAway(): void {
    this.#isFocused = false;
  }

  minimize(): void {
    this.#isMinimized = true;
    this.#isFocused = false;
  }

  restore(): void {
    this.#isMinimized = false;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  isFocused(): boolean {
    return this.#isFocused;
  }

  isVisible(): boolean {
    return this.isShown;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  setOverlayIcon(): void {}

  close(): void {
    const event = preventable({});
    this.emit("close", event);
    if (event.defaultPrevented) return;
    this.#isDestroyed = true;
    void this.webContents.destroy();
    this.emit("closed");
  }
}
