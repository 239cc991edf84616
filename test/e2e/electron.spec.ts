import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, expect, test } from "@playwright/test";
import { displayProblem, findElectron } from "../../electron/launch/electronBinary.ts";
import { ensureBuilt } from "../../electron/launch/ensureBuilt.ts";
import { projectRoot } from "../../electron/launch/paths.ts";

/** The real Electron, on machines that have it. Everywhere else `desktopShell.test.ts` runs the same main and preload. */
const binary = await findElectron();
const reason = binary.kind === "missing" ? binary.reason : (displayProblem(process.platform, process.env) ?? null);
if (reason !== null) {
  console.warn(
    `SKIPPED: the tests of the real Electron window, because ${reason}. (npx install-electron fetches Electron.)`,
  );
}

test.describe("the real Electron window", () => {
  test.skip(reason !== null, reason ?? "");

  test("opens the app, isolated, and ends without leaving anything", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "switchboard-electron-"));
    expect(await ensureBuilt(["renderer", "electron"])).toBe(true);
    const app = await _electron.launch({
      executablePath: binary.kind === "found" ? binary.path : "",
      args: [projectRoot, `--data-dir=${dataDir}`, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
      env: { ...definedEnvironment(), HOME: dataDir, CLAUDE_CONFIG_DIR: join(dataDir, "claude") },
    });
    try {
      const page = await app.firstWindow();
      expect(page.url()).toBe("app://switchboard/index.html");
      const world = await page.evaluate(() => ({
        bridge: typeof Reflect.get(window, "switchboard"),
        require: typeof Reflect.get(window, "require"),
        process: typeof Reflect.get(window, "process"),
        opened: window.open("https://example.com/"),
      }));
      expect(world).toEqual({ bridge: "object", require: "undefined", process: "undefined", opened: null });
      await expect(page.getByRole("button", { name: /new session/iu }).first()).toBeVisible();
    } finally {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

function definedEnvironment(): Record<string, string> {
  const defined = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}
