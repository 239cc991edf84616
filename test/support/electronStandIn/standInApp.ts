import { EventEmitter } from "node:events";
import { preventable } from "./preventable.ts";

export interface StandInAppOptions {
  /** The directory that stands for the app's package. */
  readonly appPath: string;
  /** Given to the app as `--data-dir`. */
  readonly dataDir: string;
  /** False makes this the second instance. */
  readonly isFirstInstance: boolean;
}

/** Stands in for `app`: it becomes ready, asks before it quits, and never ends the test's process. */
export class StandInApp extends EventEmitter {
  readonly isPackaged = true;
  readonly commandLine: { readonly getSwitchValue: (name: string) => string };
  badgeCount = 0;
  exitCode: number | null = null;
  readonly #options: StandInAppOptions;
  readonly #paths = new Map<string, string>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #exited = Promise.withResolvers<number>();

  constructor(options: StandInAppOptions) {
    super();
    this.#options = options;
    const switches: Readonly<Record<string, string>> = { "data-dir": options.dataDir, "log-level": "silent" };
    this.commandLine = { getSwitchValue: (name) => switches[name] ?? "" };
  }

  /** Electron becomes ready only once the main module has run to its end; the test says when. */
  becomeReady(): void {
    this.#ready.resolve();
    this.emit("ready");
  }

  /** Resolves with the exit code when the app is gone. */
  get exited(): Promise<number> {
    return this.#exited.promise;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  quit(): void {
    const event = preventable({});
    this.emit("before-quit", event);
    if (!event.defaultPrevented) this.exit(0);
  }

  exit(code = 0): void {
    this.exitCode ??= code;
    this.#exited.resolve(this.exitCode);
  }

  requestSingleInstanceLock(): boolean {
    return this.#options.isFirstInstance;
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getAppPath(): string {
    return this.#options.appPath;
  }

  getVersion(): string {
    return "0.0.0-test";
  }

  setBadgeCount(count: number): boolean {
    this.badgeCount = count;
    return true;
  }

  enableSandbox(): void {}

  setAppUserModelId(): void {}
}
