/**
 * Wires the desktop shell around a running engine: one window, its pipe, and all that tells a person outside of it.
 * Owns the order of their making and unmaking. Has no behaviour of its own.
 */
import { app, Menu, powerMonitor, session } from "electron";
import type { ShellCommand } from "../../shared/contract/bridge.ts";
import { ALL_SCOPES } from "../../shared/contract/scopes.ts";
import type { Engine } from "../engine/engine.ts";
import { bindClient } from "../hosting/bindClient.ts";
import type { HostLog } from "../hosting/hostLog.ts";
import { applicationMenuTemplate } from "./applicationMenu.ts";
import { showBadge } from "./badge.ts";
import { createBudgetNotifications } from "./budgetNotifications.ts";
import type { DesktopPaths } from "./desktopPaths.ts";
import { acceptPipes } from "./ipcPipe.ts";
import { lockDownSession } from "./lockDown.ts";
import { createMainWindow, type MainWindow } from "./mainWindow.ts";
import { observeHost } from "./observeHost.ts";
import { createPermissionNotifications } from "./permissionNotifications.ts";
import { createQuitFlow, type QuitFlow } from "./quitFlow.ts";
import { reloadAfterCrash } from "./reloadAfterCrash.ts";
import { serveRenderer } from "./serveRenderer.ts";
import { answerShellRequests } from "./shellRequests.ts";
import { createTray } from "./tray.ts";

export interface RunDesktopOptions {
  readonly engine: Engine;
  readonly paths: DesktopPaths;
  /** The page to show: the app's own, or a development server's. */
  readonly pageUrl: string;
  readonly log: HostLog;
}

export interface Desktop {
  /** Resolves when the page has loaded; rejects when it cannot. */
  readonly loaded: Promise<void>;
  /** Brings the window to the front. */
  readonly focus: () => void;
  readonly quitWithoutAsking: () => void;
}

/** Call once, when the app is ready. */
export function runDesktop(options: RunDesktopOptions): Desktop {
  const { engine, paths, pageUrl, log } = options;
  lockDownSession(session.defaultSession, pageUrl);
  serveRenderer(paths.renderer);

  const main = createMainWindow({ pageUrl, preloadPath: paths.preload, iconPath: paths.windowIcon });
  const command = (shellCommand: ShellCommand): void => {
    main.focus();
    main.send(shellCommand);
  };
  const openPermission = (permissionId: string): void => command({ kind: "focusPermission", permissionId });

  const closePage = connectPage(main, options);
  const tray = createTray(paths, { open: main.focus, openPermission, quit: () => app.quit() });
  const isWatched = (): boolean => !main.window.isDestroyed() && main.window.isFocused();
  const notifications = createPermissionNotifications({ isWatched, onClick: openPermission });
  const budgetNotifications = createBudgetNotifications({ isWatched, onClick: () => command({ kind: "showBudgets" }) });
  const observer = observeHost(engine, (overview) => {
    notifications.show(overview);
    budgetNotifications.show(overview);
    tray.show(overview);
    showBadge(main.window, overview.pending.length, paths.badgeOverlay);
  });
  const quitFlow = createQuitFlow({
    running: () => observer.current().running,
    window: () => main.window,
    dispose: async () => {
      observer.close();
      notifications.dispose();
      budgetNotifications.dispose();
      tray.dispose();
      closePage();
      main.window.hide();
      await engine.dispose();
    },
    onDisposeFailed: (error) => log.error({ err: error }, "the engine did not end cleanly"),
  });

  Menu.setApplicationMenu(
    Menu.buildFromTemplate(applicationMenuTemplate(process.platform, { sendCommand: command, quit: () => app.quit() })),
  );
  closeMeansQuit(main, quitFlow);
  app.on("activate", main.focus);
  powerMonitor.on("shutdown", quitFlow.quitWithoutAsking);
  reloadAfterCrash(main.window, (reason) => log.error({ reason }, "the page's process died"));

  const loaded = main.window.loadURL(pageUrl);
  return { loaded, focus: main.focus, quitWithoutAsking: quitFlow.quitWithoutAsking };
}

/** Binds the page to the engine and to the shell. Returns how to cut both. */
function connectPage(main: MainWindow, { engine, pageUrl, log }: RunDesktopOptions): () => void {
  const page = { contents: main.window.webContents, url: pageUrl };
  const stopPipes = acceptPipes({
    page,
    onPipe: (pipe) => {
      bindClient({ engine, pipe, scopes: ALL_SCOPES, hostVersion: app.getVersion(), log });
    },
    onRefused: (senderUrl) => log.warn({ senderUrl }, "refused a frame that did not come from the app's page"),
  });
  const stopAnswering = answerShellRequests(main.window, page);
  return () => {
    stopPipes();
    stopAnswering();
  };
}

/** Closing the window asks before sessions end, except on macOS, where an app goes on without a window. */
function closeMeansQuit(main: MainWindow, quitFlow: QuitFlow): void {
  main.window.on("close", (event) => {
    if (quitFlow.isLeaving()) return;
    event.preventDefault();
    if (process.platform === "darwin") main.window.hide();
    else app.quit();
  });
}
