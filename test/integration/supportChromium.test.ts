import { chromium } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findChromium } from "../support/findChromium.ts";

const CHROMIUM_TIMEOUT_MS = 60_000;

describe("findChromium", () => {
  test.each([
    { name: "what is installed, or else carried", search: {} },
    {
      name: "the carried browser",
      search: { env: {}, installed: [] },
      only: process.platform === "linux" && process.arch === "x64",
    },
  ])("$name shows a page", { timeout: CHROMIUM_TIMEOUT_MS }, async ({ search, only = true }) => {
    if (!only) return;
    const found = await findChromium(search);
    const browser = await chromium.launch({ executablePath: found.executablePath, args: [...found.args] });
    try {
      const page = await browser.newPage({ viewport: { width: 300, height: 200 } });
      await page.setContent("<h1>Switchboard</h1>");
      const screenshot = await page.screenshot();
      expect([await page.getByRole("heading").innerText(), screenshot.subarray(1, 4).toString()]).toEqual([
        "Switchboard",
        "PNG",
      ]);
    } finally {
      await browser.close();
    }
  });

  test("a CHROMIUM_PATH that is no executable is an error, not a silent second choice", async () => {
    await expect(findChromium({ env: { CHROMIUM_PATH: "/nowhere/chromium" } })).rejects.toThrow(
      "CHROMIUM_PATH is not an executable file: /nowhere/chromium",
    );
  });
});
