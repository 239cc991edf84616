/** Builds the preload script. A sandboxed preload must be one CommonJS file: it cannot load a second one. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  publicDir: false,
  build: {
    target: "node24",
    outDir: "dist/electron",
    // The Node side is built into the same directory, before this.
    emptyOutDir: false,
    minify: false,
    lib: { entry: "electron/preload.ts", formats: ["cjs"], fileName: () => "preload.cjs" },
    rolldownOptions: { external: ["electron"] },
  },
});
