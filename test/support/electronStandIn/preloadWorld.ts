/**
 * What the preload script sees: `require("electron")` with `contextBridge` and `ipcRenderer`. The source of a script that
 * runs in the page before the page's own scripts. What it lets through follows Electron: functions are wrapped, values
 * are cloned, and `ipcRenderer` itself may never reach the page.
 */

/** The binding through which the page's world reaches the stand-in. */
export const IPC_BINDING = "__electronStandInIpc";

/** The hidden property through which the stand-in hands messages to the page. */
export const DISPATCH_KEY = "electronStandIn.dispatch";

/** The hidden property that lists the names which the page got from the preload script. */
export const EXPOSED_KEY = "electronStandIn.exposed";

export function preloadScript(preloadSource: string): string {
  return `(${installWorld.toString()})(${JSON.stringify({ IPC_BINDING, DISPATCH_KEY, EXPOSED_KEY })}, (require, module, exports) => {${preloadSource}\n});`;
}

interface Names {
  readonly IPC_BINDING: string;
  readonly DISPATCH_KEY: string;
  readonly EXPOSED_KEY: string;
}

type Listener = (...args: unknown[]) => void;
type RunPreload = (require: (name: string) => unknown, module: object, exports: object) => void;

/** Runs inside the page: it may use nothing of this file. */
function installWorld(names: Names, runPreload: RunPreload): void {
  if (window.top !== window) return;
  const globals = window as unknown as Record<string | symbol, unknown>;
  const toMain = globals[names.IPC_BINDING] as (kind: string, channel: string, args: unknown[]) => Promise<unknown>;
  delete globals[names.IPC_BINDING];

  const listeners = new Map<string, Set<Listener>>();
  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => void toMain("send", channel, structuredClone(args)),
    invoke: (channel: string, ...args: unknown[]) => toMain("invoke", channel, structuredClone(args)),
    on: (channel: string, listener: Listener) => {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(listener));
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  const dispatch = (channel: string, args: unknown[]): void => {
    for (const listener of [...(listeners.get(channel) ?? [])]) listener({ sender: ipcRenderer }, ...args);
  };
  Object.defineProperty(globals, Symbol.for(names.DISPATCH_KEY), { value: dispatch });

  function cross(value: unknown): unknown {
    if (value === ipcRenderer) throw new Error("ipcRenderer would reach the page");
    if (typeof value === "function") return (...args: unknown[]) => cross(value(...args.map(cross)));
    if (value instanceof Promise) return value.then(cross);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(cross);
    const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cross(inner)]));
    return Object.freeze(copy);
  }
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) =>
      Object.defineProperty(globals, key, { value: cross(api), enumerable: true }),
  };
  const load = (name: string): unknown => {
    if (name !== "electron") throw new Error(`A sandboxed preload cannot require "${name}".`);
    return { contextBridge, ipcRenderer };
  };
  const before = new Set(Object.getOwnPropertyNames(window));
  runPreload(load, { exports: {} }, {});
  const exposed = Object.getOwnPropertyNames(window).filter((name) => !before.has(name));
  Object.defineProperty(globals, Symbol.for(names.EXPOSED_KEY), { value: exposed });
}
