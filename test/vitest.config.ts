import { defineConfig } from "vitest/config";

/** Unit and integration tests, in Node. What needs a browser runs in Playwright (`test/playwright.config.ts`). */
export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    // Two cores: more workers make the real processes in the integration tests wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
