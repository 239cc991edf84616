import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { DesktopBridge, ShellCommand } from "../../shared/contract/bridge.ts";
import type { HostFrame } from "../../shared/contract/frames.ts";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import {
  createDesktopStage,
  type DesktopStage,
  type DesktopUnderTest,
  runMain,
} from "../support/electronStandIn/desktopUnderTest.ts";
import { pendingPermission, processExited, sessionCreated } from "../support/electronStandIn/permissionFixtures.ts";
import { EXPOSED_KEY } from "../support/electronStandIn/preloadWorld.ts";
import { createScriptedEngine, type ScriptedEngine } from "../support/electronStandIn/scriptedEngine.ts";

/** What the preload script gives the page, and what the test page keeps: see `writeTestPage`. */
declare global {
  var switchboard: DesktopBridge | undefined;
  var frames_: HostFrame[];
  var commands: ShellCommand[];
}

let stage: DesktopStage;
let desktop: DesktopUnderTest | null = null;

beforeAll(async () => {
  stage = await createDesktopStage();
});
afterEach(async () => {
  await desktop?.dispose();
  desktop = null;
});
afterAll(async () => {
  await stage.dispose();
});

async function openDesktop(): Promise<DesktopUnderTest & { readonly scripted: ScriptedEngine }> {
  const scripted = createScriptedEngine();
  desktop = await runMain({ stage, engine: scripted.engine });
  return { ...desktop, scripted };
}

/** Writes frames as the page does and resolves with all frames that came, once there are `count`. */
async function exchange(open: DesktopUnderTest, sent: readonly object[], count: number): Promise<readonly HostFrame[]> {
  const page = await open.page();
  await page.evaluate((frames) => {
    for (const frame of frames) globalThis.switchboard?.pipe.send(JSON.stringify(frame));
  }, sent);
  await page.waitForFunction((expected) => frames_.length >= expected, count);
  return await page.evaluate(() => frames_);
}

/** Holds once the shell has caught up with the engine; it hands changes on in a later task. */
async function eventually(holds: () => void): Promise<void> {
  await vi.waitFor(holds, { timeout: 20_000 });
}

const hello = { t: "hello", contractVersion: CONTRACT_VERSION, client: "desktop" };
const watchHost = { t: "subscribe", id: 1, feed: { kind: "host" }, credit: 100 };
const welcome = {
  t: "welcome",
  contractVersion: CONTRACT_VERSION,
  hostVersion: "0.0.0-test",
  epoch: "scripted",
  scopes: ["read", "inject", "approve", "control"],
};

test("the window is sandboxed, isolated and remembers its place", async () => {
  const { window } = await openDesktop();
  const { webPreferences, name, windowStatePersistence } = window().options;
  expect({ ...webPreferences, preload: undefined, name, windowStatePersistence }).toEqual({
    name: "main",
    windowStatePersistence: true,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: true,
    navigateOnDragDrop: false,
    preload: undefined,
  });
});

test("the page comes from the app's own scheme under a strict policy and gets one new name", async () => {
  const { page, window } = await openDesktop();
  const shown = await page();
  const response = await shown.evaluate(async () => {
    const page = await fetch("/index.html");
    const outside = await fetch("/../../package.json");
    return { policy: page.headers.get("content-security-policy"), outside: outside.status };
  });
  expect(window().webContents.mainFrame.url).toBe("app://switchboard/index.html");
  expect(response.policy).toContain("script-src 'self';");
  expect(response.outside).toBe(404);
  const exposed = await shown.evaluate((key) => Reflect.get(window, Symbol.for(key)) as unknown, EXPOSED_KEY);
  expect(exposed).toEqual(["switchboard"]);
});

test("an inline script does not run in the page", async () => {
  const { page } = await openDesktop();
  const shown = await page();
  const ran = await shown.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
    return document.title;
  });
  expect(ran).toBe("Test page");
});

test("frames travel both ways", async () => {
  const open = await openDesktop();
  const request = { t: "request", id: 2, name: "host.get", params: {} };
  const frames = await exchange(open, [hello, watchHost, request], 3);
  expect(frames.map(({ t }) => t)).toEqual(["welcome", "snapshot", "reply"]);
  expect(frames[0]).toEqual(welcome);
  open.scripted.emit("session-1", sessionCreated("Fix the build"));
  const after = await exchange(open, [], 4);
  expect(after[3]).toMatchObject({ t: "events", id: 1, events: [{ type: "session.created", seq: 1 }] });
});

test("what the bridge hands out carries nothing of Electron", async () => {
  const { page } = await openDesktop();
  const returned = await (
    await page()
  ).evaluate(() => {
    const bridge = globalThis.switchboard;
    if (bridge === undefined) throw new Error("no bridge");
    return {
      frames: bridge.pipe.onFrame(() => {})() as unknown,
      commands: bridge.shell.onCommand(() => {})() as unknown,
      sent: bridge.pipe.send("not a frame") as unknown,
    };
  });
  expect(returned).toEqual({ frames: undefined, commands: undefined, sent: undefined });
});

test("a reload ends the old client and begins a new one", async () => {
  const open = await openDesktop();
  const shellFeeds = open.scripted.openFeeds();
  await exchange(open, [hello, watchHost], 2);
  expect(open.scripted.openFeeds()).toBe(shellFeeds + 1);
  await open.window().webContents.reload();
  expect(open.scripted.openFeeds()).toBe(shellFeeds);
  expect(await exchange(open, [hello], 1)).toEqual([welcome]);
});

test("a frame from anyone but the page itself is refused", async () => {
  const open = await openDesktop();
  const feeds = open.scripted.openFeeds();
  const { webContents } = open.window();
  const foreign = [
    { sender: webContents, senderFrame: null },
    { sender: webContents, senderFrame: { url: "app://switchboard/index.html", parent: webContents.mainFrame } },
    { sender: webContents, senderFrame: { url: "https://evil.example/", parent: null } },
    { sender: {}, senderFrame: webContents.mainFrame },
  ];
  for (const event of foreign) {
    open.electron.ipcMain.emit("switchboard:frame", event, JSON.stringify(hello));
    open.electron.ipcMain.emit("switchboard:frame", event, JSON.stringify(watchHost));
    await expect(
      open.electron.ipcMain.invoke("switchboard:open-external", event, ["https://example.com/"]),
    ).rejects.toThrow("Only the app's own page");
  }
  open.electron.ipcMain.emit(
    "switchboard:frame",
    { sender: webContents, senderFrame: webContents.mainFrame },
    { t: 1 },
  );
  expect(open.scripted.openFeeds()).toBe(feeds);
  expect(open.electron.openedExternally).toEqual([]);
  expect(await exchange(open, [hello], 1)).toEqual([welcome]);
});

test("the page can neither open a window nor leave the app", async () => {
  const open = await openDesktop();
  const page = await open.page();
  const { webContents } = open.window();

  const popup = Promise.withResolvers<void>();
  webContents.once("stand-in-popup-answered", popup.resolve);
  await page.evaluate(() => void window.open("https://evil.example/"));
  await popup.promise;
  expect(webContents.opened).toEqual([{ url: "https://evil.example/", action: "deny" }]);

  const navigation = Promise.withResolvers<unknown>();
  webContents.once("stand-in-navigation-answered", navigation.resolve);
  await page.evaluate(() => {
    location.href = "https://evil.example/";
  });
  expect(await navigation.promise).toEqual({ url: "https://evil.example/", prevented: true });
  expect(webContents.mainFrame.url).toBe("app://switchboard/index.html");
  expect(await page.evaluate(() => document.title)).toBe("Test page");
  expect(webContents.reached).toEqual([]);
});

test("the page is refused every permission but writing the clipboard", async () => {
  const { electron } = await openDesktop();
  const asked = [
    "media",
    "geolocation",
    "notifications",
    "clipboard-read",
    "openExternal",
    "clipboard-sanitized-write",
  ];
  const answers = asked.map((permission) => {
    const callback = vi.fn();
    electron.defaultSession.permissionRequest?.({}, permission, callback, {
      requestingUrl: "app://switchboard/index.html",
    });
    const check = electron.defaultSession.permissionCheck?.({}, permission, "app://switchboard/", {});
    return [permission, callback.mock.calls.flat(), check];
  });
  expect(answers).toEqual(
    asked.map((permission) => {
      const granted = permission === "clipboard-sanitized-write";
      return [permission, [granted], granted];
    }),
  );
  expect(electron.defaultSession.permissionCheck?.({}, "clipboard-sanitized-write", "https://evil.example/", {})).toBe(
    false,
  );
  expect(electron.defaultSession.devicePermission?.()).toBe(false);
});

test("the shell opens web links only, and asks for a directory", async () => {
  const { page, electron } = await openDesktop();
  electron.dialog.chosenDirectory = "/home/ada/project";
  const answers = await (
    await page()
  ).evaluate(async () => {
    const shell = globalThis.switchboard?.shell;
    const links = [
      "https://example.com/a",
      "javascript:alert(1)",
      "file:///etc/passwd",
      "smb://host/share",
      "",
      "http://u:p@x/",
    ];
    return {
      opened: await Promise.all(links.map(async (link) => shell?.openExternal(link))),
      directory: await shell?.chooseDirectory(),
    };
  });
  expect(answers).toEqual({ opened: [true, false, false, false, false, false], directory: "/home/ada/project" });
  expect(electron.openedExternally).toEqual(["https://example.com/a"]);
});

test("a pending request is announced, counted, and shown by a click", async () => {
  const { scripted, electron, window, page } = await openDesktop();
  scripted.emit("session-1", sessionCreated("Fix the build"));
  scripted.emit("session-1", { type: "permission.requested", data: { permission: pendingPermission() } });
  await eventually(() => expect(electron.notifications).toHaveLength(1));

  const [notification] = electron.notifications;
  expect(notification?.options).toMatchObject({ title: "Bash asks for permission", body: "Fix the build\nnpm test" });
  expect(electron.app.badgeCount).toBe(1);
  expect(electron.trays[0]?.toolTip).toBe("Switchboard: 1 permission request");
  expect(electron.trays[0]?.menu?.items.map(({ label }) => label)).toContain(
    "Bash asks for permission – Fix the build",
  );

  window().minimize();
  notification?.emit("click");
  expect({ minimized: window().isMinimized(), focused: window().isFocused() }).toEqual({
    minimized: false,
    focused: true,
  });
  const shown = await page();
  await shown.waitForFunction(() => commands.length > 0);
  expect(await shown.evaluate(() => commands)).toEqual([{ kind: "focusPermission", permissionId: "permission-1" }]);

  const settled = pendingPermission({ status: "allowed" });
  scripted.emit("session-1", { type: "permission.settled", data: { permission: settled } });
  await eventually(() => expect(notification?.state).toBe("closed"));
  expect(electron.app.badgeCount).toBe(0);
});

test("nothing is announced while the window is in front, and each request once", async () => {
  const { scripted, electron, window } = await openDesktop();
  window().focus();
  scripted.emit("session-1", { type: "permission.requested", data: { permission: pendingPermission() } });
  await eventually(() => expect(electron.app.badgeCount).toBe(1));
  window().lookAway();
  const second = pendingPermission({ permissionId: "permission-2", sessionId: "session-2" });
  scripted.emit("session-2", { type: "permission.requested", data: { permission: second } });
  await eventually(() => expect(electron.app.badgeCount).toBe(2));
  expect(electron.notifications).toHaveLength(1);
});

test("the menu's commands reach the page", async () => {
  const { electron, page } = await openDesktop();
  const items = (electron.menus.application?.items ?? []).flatMap(({ submenu }) =>
    Array.isArray(submenu) ? submenu : [],
  );
  for (const label of ["New session…", "Command palette…", "Settings…"]) {
    const click = items.find((item) => item.label === label)?.click as (() => void) | undefined;
    click?.();
  }
  const shown = await page();
  await shown.waitForFunction(() => commands.length === 3);
  expect(await shown.evaluate(() => commands)).toEqual([
    { kind: "newSession" },
    { kind: "commandPalette" },
    { kind: "settings" },
  ]);
});

test("a second instance brings the first one's window to the front, and ends", async () => {
  const first = await openDesktop();
  first.window().minimize();
  first.electron.app.emit("second-instance", {}, [], "/");
  expect(first.window().isFocused()).toBe(true);

  await first.dispose();
  desktop = await runMain({ stage, engine: createScriptedEngine().engine, isFirstInstance: false });
  expect(await desktop.electron.app.exited).toBe(0);
  expect(desktop.electron.windows).toEqual([]);
});

test("quitting asks while sessions run: Cancel stays, the other closes them first", async () => {
  const { scripted, electron, window } = await openDesktop();
  scripted.emit("session-1", sessionCreated("Fix the build"));
  window().close();
  electron.app.quit();
  expect(electron.dialog.questions).toHaveLength(1);
  expect(electron.dialog.questions[0]?.options).toMatchObject({
    message: "1 session is running.",
    buttons: ["Close sessions and quit", "Cancel"],
    cancelId: 1,
  });
  electron.dialog.questions[0]?.answer(1);
  await eventually(() => {
    electron.app.quit();
    expect(electron.dialog.questions).toHaveLength(2);
  });
  expect({ disposed: scripted.isDisposed(), exitCode: electron.app.exitCode, gone: window().isDestroyed() }).toEqual({
    disposed: false,
    exitCode: null,
    gone: false,
  });

  electron.dialog.questions[1]?.answer(0);
  expect(await electron.app.exited).toBe(0);
  expect({ disposed: scripted.isDisposed(), tray: electron.trays[0]?.destroyed }).toEqual({
    disposed: true,
    tray: true,
  });
});

test("quitting asks nothing when no session runs", async () => {
  const { scripted, electron } = await openDesktop();
  scripted.emit("session-1", sessionCreated("Fix the build"));
  scripted.emit("session-1", processExited);
  electron.app.quit();
  expect(await electron.app.exited).toBe(0);
  expect({ questions: electron.dialog.questions, disposed: scripted.isDisposed() }).toEqual({
    questions: [],
    disposed: true,
  });
});

test("a signal ends everything without asking", async () => {
  const { scripted, electron, signal } = await openDesktop();
  scripted.emit("session-1", sessionCreated("Fix the build"));
  signal("SIGTERM");
  expect(await electron.app.exited).toBe(0);
  expect({ questions: electron.dialog.questions, disposed: scripted.isDisposed() }).toEqual({
    questions: [],
    disposed: true,
  });
});
