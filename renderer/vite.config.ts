import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type ProxyOptions } from "vite";

/** Where a host listens that the development server passes requests on to, e.g. `http://127.0.0.1:4173`. */
const hostUrl = process.env.SWITCHBOARD_HOST_URL;

/** The host refuses pages of another origin, so requests get the origin that they would have without this server. */
function apiProxy(target: string): Record<string, ProxyOptions> {
  return { "/api": { target, ws: true, changeOrigin: true, headers: { origin: new URL(target).origin } } };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    // The content security policy allows neither data: scripts nor inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The page comes from this machine, so one chunk of this size loads at once; only the terminal is apart.
    chunkSizeWarningLimit: 1200,
  },
  server: {
    host: "127.0.0.1",
    strictPort: true,
    ...(hostUrl === undefined ? {} : { proxy: apiProxy(hostUrl) }),
  },
});
