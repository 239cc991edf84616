import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DesktopBridge } from "../../shared/contract/bridge.ts";
import type { HostFrame } from "../../shared/contract/frames.ts";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import {
  createDesktopStage,
  type DesktopStage,
  type DesktopUnderTest,
  runMain,
} from "../support/electronStandIn/desktopUnderTest.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";

/** The whole desktop but Electron itself: `main.ts`, the preload script, the engine, SQLite and the real CLI. */
declare global {
  var switchboard: DesktopBridge | undefined;
  var frames_: HostFrame[];
}

let api: ScriptedApi;
let claude: ClaudeEnvironment;
let stage: DesktopStage;
let desktop: DesktopUnderTest;

beforeEach(async () => {
  api = await startScriptedApi();
  claude = await createClaudeEnvironment({ apiUrl: api.url });
  for (const [name, value] of Object.entries(claude.env)) vi.stubEnv(name, value);
  vi.stubEnv("CLAUDE_PATH", claude.claudePath);
  stage = await createDesktopStage();
  desktop = await runMain({ stage });
});

afterEach(async () => {
  desktop.signal("SIGTERM");
  await desktop.electron.app.exited;
  await desktop.dispose();
  await stage.dispose();
  vi.unstubAllEnvs();
  await claude.dispose();
  await api.close();
});

async function send(page: Page, frame: object): Promise<void> {
  await page.evaluate((text) => globalThis.switchboard?.pipe.send(text), JSON.stringify(frame));
}

/** The host's answer to the request with this id. */
async function answerTo(page: Page, id: number): Promise<HostFrame | undefined> {
  await page.waitForFunction((wanted) => frames_.some((frame) => "id" in frame && frame.id === wanted), id);
  return await page.evaluate((wanted) => frames_.find((frame) => "id" in frame && frame.id === wanted), id);
}

test("a session started from the window asks, is announced, allowed, and closed on quit", async () => {
  const page = await desktop.page();
  const cwd = await claude.projectDir("desktop");
  await send(page, { t: "hello", contractVersion: CONTRACT_VERSION, client: "desktop" });
  const params = { cwd, prompt: "RUN_BASH touch made-by-the-tool" };
  await send(page, { t: "request", id: 1, name: "sessions.start", params });
  const started = await answerTo(page, 1);
  expect(started).toMatchObject({ t: "reply", result: { owner: "owned", live: true, projectPath: cwd } });

  const { electron } = desktop;
  await vi.waitFor(() => expect(electron.app.badgeCount).toBe(1), { timeout: 30_000 });
  expect(electron.notifications[0]?.options).toMatchObject({ title: "Bash asks for permission" });
  expect(electron.notifications[0]?.options.body).toContain("touch made-by-the-tool");

  await send(page, { t: "request", id: 2, name: "permissions.list", params: { status: "pending" } });
  const listed = await answerTo(page, 2);
  const { items } = (listed?.t === "reply" ? listed.result : null) as { items: readonly { permissionId: string }[] };
  const decision = { permissionId: items[0]?.permissionId, behavior: "allow" };
  await send(page, { t: "request", id: 3, name: "permissions.decide", params: decision });
  expect(await answerTo(page, 3)).toMatchObject({ t: "reply", result: { status: "allowed" } });
  await vi.waitFor(async () => expect((await stat(join(cwd, "made-by-the-tool"))).isFile()).toBe(true), {
    timeout: 30_000,
  });
  expect(electron.app.badgeCount).toBe(0);

  electron.app.quit();
  expect(electron.dialog.questions).toHaveLength(1);
  electron.dialog.questions[0]?.answer(0);
  expect(await electron.app.exited).toBe(0);
  const { pid } = (started?.t === "reply" ? started.result : null) as { pid: number };
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});
