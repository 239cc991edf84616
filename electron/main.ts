/**
 * The desktop entry: starts the engine in this process and opens the window on it.
 * A composition root: it decides what is made with what, and nothing else.
 */
import { join } from "node:path";
import { app, dialog } from "electron";
import envPaths from "env-paths";
import pino from "pino";
import { desktopPathsOf } from "./desktop/desktopPaths.ts";
import { lockDownContents } from "./desktop/lockDown.ts";
import { APP_PAGE_URL } from "./desktop/pageAddress.ts";
import { type Desktop, runDesktop } from "./desktop/runDesktop.ts";
import { registerAppScheme } from "./desktop/serveRenderer.ts";
import { createEngine } from "./engine/createEngine.ts";

/** The same place as the headless host's, so that both know the same sessions. What Chromium keeps lies below it. */
const dataDir = app.commandLine.getSwitchValue("data-dir") || envPaths("switchboard", { suffix: "" }).data;
app.setPath("userData", join(dataDir, "desktop"));

/** A development server's page is shown only from the source tree, never from a package. */
const pageUrl = (!app.isPackaged && process.env["SWITCHBOARD_RENDERER_URL"]) || APP_PAGE_URL;
const log = pino(
  { name: "switchboard", level: app.commandLine.getSwitchValue("log-level") || "warn" },
  pino.destination(2),
);
let desktop: Desktop | null = null;

app.enableSandbox();
app.setAppUserModelId("dev.switchboard.desktop");
registerAppScheme();
app.on("web-contents-created", (_event, contents) => lockDownContents(contents, pageUrl));

if (app.requestSingleInstanceLock()) {
  app.on("second-instance", () => desktop?.focus());
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.on(signal, () => (desktop === null ? app.exit(0) : desktop.quitWithoutAsking()));
  }
  // Not awaited here: Electron becomes ready only after this module has run.
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

async function start(): Promise<void> {
  const engine = await createEngine({
    dataDir,
    hostVersion: app.getVersion(),
    logger: log,
  });
  const paths = desktopPathsOf(app.getAppPath(), process.platform);
  desktop = runDesktop({ engine, paths, pageUrl, log });
  await desktop.loaded;
}

function giveUp(error: unknown): void {
  log.fatal({ err: error }, "could not start");
  dialog.showErrorBox("Switchboard could not start", error instanceof Error ? error.message : String(error));
  app.exit(1);
}
