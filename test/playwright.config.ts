import { defineConfig } from "@playwright/test";
import { findChromium } from "./support/findChromium.ts";

const { executablePath, args } = await findChromium();

/** End-to-end tests: the real host and the real CLI in fresh homes, a scripted model, a real browser. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "../dist/e2e",
  globalSetup: "./e2e/ensureBuilds.ts",
  // Two cores: a host, some claude processes and a browser fill them.
  workers: 1,
  // A test that passes at the second try is a fault, in the test or in the app.
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath, args: [...args] },
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
  },
});
