/**
 * Runs `electron/main.ts` in this process against the stand-in for `electron`: a throw-away app directory with a preload
 * built the way the app builds it, and a small page (or the built renderer) in it.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { vi } from "vitest";
import type { Engine } from "../../../electron/engine/engine.ts";
import { findChromium } from "../findChromium.ts";
import { createElectronStandIn, type ElectronStandIn } from "./electronStandIn.ts";
import type { StandInWindow } from "./standInWindow.ts";

const projectRoot = fileURLToPath(new URL("../../../", import.meta.url));
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** What every desktop in a test file shares: it takes a second to make. */
export interface DesktopStage {
  readonly browser: Browser;
  readonly appPath: string;
  readonly dispose: () => Promise<void>;
}

export interface StageOptions {
  /** A built renderer to show instead of the test page. */
  readonly renderer?: string;
}

export async function createDesktopStage(options: StageOptions = {}): Promise<DesktopStage> {
  const appPath = await mkdtemp(join(tmpdir(), "switchboard-desktop-"));
  const renderer = join(appPath, "dist", "renderer");
  await mkdir(renderer, { recursive: true });
  if (options.renderer !== undefined) await cp(options.renderer, renderer, { recursive: true });
  else await writeTestPage(renderer);
  await build({
    configFile: join(projectRoot, "electron", "vite.preload.config.ts"),
    logLevel: "warn",
    build: { outDir: join(appPath, "dist", "electron") },
  });
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args: [...args] });
  return {
    browser,
    appPath,
    dispose: async () => {
      await browser.close();
      await rm(appPath, { recursive: true, force: true });
    },
  };
}

async function writeTestPage(directory: string): Promise<void> {
  await writeFile(
    join(directory, "index.html"),
    "<!doctype html><title>Test page</title><script src=page.js></script>",
  );
  await writeFile(
    join(directory, "page.js"),
    `window.frames_ = [];
     window.commands = [];
     switchboard.pipe.onFrame((frame) => frames_.push(JSON.parse(frame)));
     switchboard.shell.onCommand((command) => commands.push(command));`,
  );
}

export interface DesktopUnderTest {
  readonly electron: ElectronStandIn;
  /** The app's window; throws when there is none. */
  readonly window: () => StandInWindow;
  readonly page: () => Promise<Page>;
  /** Runs what the app set up for a signal, without one being sent to the test's process. */
  readonly signal: (name: (typeof SIGNALS)[number]) => void;
  readonly dispose: () => Promise<void>;
}

export interface RunMainOptions {
  readonly stage: DesktopStage;
  /** Replaces the real engine. */
  readonly engine?: Engine;
  readonly isFirstInstance?: boolean;
}

/** Imports a fresh `main.ts`, lets the app become ready, and waits until the page has loaded. */
export async function runMain({ stage, engine, isFirstInstance = true }: RunMainOptions): Promise<DesktopUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), "switchboard-data-"));
  const electron = createElectronStandIn({ ...stage, dataDir, isFirstInstance });
  const before = new Map(SIGNALS.map((name) => [name, process.listeners(name)]));
  const added = (name: (typeof SIGNALS)[number]) =>
    process.listeners(name).filter((listener) => !before.get(name)?.includes(listener));

  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  if (engine !== undefined) {
    vi.doMock("../../../electron/engine/createEngine.ts", () => ({ createEngine: async () => engine }));
  }
  await import("../../../electron/main.ts");
  electron.app.becomeReady();
  if (isFirstInstance)
    await Promise.race([electron.windowShown, electron.app.exited.then(() => failedStart(electron))]);

  return {
    electron,
    window: () => requireWindow(electron),
    page: () => requireWindow(electron).webContents.page,
    signal: (name) => {
      for (const listener of added(name)) listener(name);
    },
    dispose: async () => {
      for (const name of SIGNALS) for (const listener of added(name)) process.off(name, listener);
      await electron.dispose();
      vi.doUnmock("electron");
      vi.doUnmock("../../../electron/engine/createEngine.ts");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function failedStart(electron: ElectronStandIn): never {
  throw new Error(`The app ended at its start: ${JSON.stringify(electron.dialog.errors)}`);
}

function requireWindow(electron: ElectronStandIn): StandInWindow {
  const window = electron.windows[0];
  if (window === undefined) throw new Error("The app has no window.");
  return window;
}
