/**
 * Builds the Node side: the desktop entry, the headless entry, the reaper and the worker threads. Packages stay outside the build (they
 * are `dependencies` and ship as they are); only our own files are joined.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  publicDir: false,
  ssr: { noExternal: ["zod"] },
  build: {
    ssr: true,
    target: "node24",
    outDir: "dist/electron",
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: "electron/main.ts",
        headless: "electron/headless.ts",
        reaperMain: "electron/engine/claude/reaperMain.ts",
        costThreadMain: "electron/engine/ledger/costThreadMain.ts",
        indexThreadMain: "electron/engine/transcripts/indexThreadMain.ts",
        scanWorkerMain: "electron/engine/transcripts/scanWorkerMain.ts",
        searchWorkerMain: "electron/engine/transcripts/search/searchWorkerMain.ts",
      },
      external: ["electron", "better-sqlite3", "chokidar", "ps-list", "execa", /^node:/u],
      output: {
        format: "esm",
        entryFileNames: "[name].js",
        // Beside the entries, so that a path relative to `import.meta.url` means the same in every file.
        chunkFileNames: "[name]-[hash].js",
      },
    },
  },
});
