import Database from "better-sqlite3";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { openApp } from "./screen.ts";
import { seriousFindings } from "./seriousFindings.ts";
import { expect, test } from "./stage.ts";

/** What the host says of itself when its files are not as they should be: readable, in light and dark, narrow and wide. */

const NEWER_SCHEMA = 1000;

async function findings(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [width, height] of [
      [1280, 800],
      [480, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      found.push(...(await seriousFindings(page)));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  }
  return found;
}

test("a damaged database and a ledger of a newer version are told, and read one by one", async ({ page, stage }) => {
  const dataDir = join(stage.environment.home, "switchboard");
  await stage.host().stop();
  await writeFile(join(dataDir, "switchboard.db"), "This is no database.");
  const ledger = new Database(join(dataDir, "ledger.db"));
  ledger.pragma(`user_version = ${NEWER_SCHEMA}`);
  ledger.close();
  await stage.startHostAgain();
  await openApp(page, stage.host());
  const damaged = page.getByRole("alert").filter({ hasText: "The database was damaged." });
  const newer = page.getByRole("alert").filter({ hasText: "The ledger was written by a newer version" });
  await expect(damaged).toBeVisible();
  await expect(newer).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await damaged.getByRole("button", { name: /^I have read this/u }).focus();
  await page.keyboard.press("Enter");
  await expect(damaged).toHaveCount(0);
  await expect(newer.getByRole("button", { name: /^I have read this/u })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(newer).toHaveCount(0);
});
