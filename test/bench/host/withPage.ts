/** Builds one of the pages in `test/bench/page`, and shows it in a real Chromium for one figure. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { build, type PluginOption } from "vite";
import { findChromium } from "../../support/findChromium.ts";

const VIEWPORT = { width: 1280, height: 800 };
/** Nothing listens there: all requests of the page are answered from the built files. */
const ORIGIN = "http://bench.localhost";

const pageRoot = fileURLToPath(new URL("../page", import.meta.url));

export interface PageOptions {
  /** The file in `test/bench/page`. */
  readonly html: string;
  readonly plugins?: PluginOption[];
  readonly progress: (words: string) => void;
}

/** Runs `act` on the loaded page; its errors are told as progress. */
export async function withPage<T>(options: PageOptions, act: (page: Page) => Promise<T>): Promise<T> {
  const { html, plugins = [], progress } = options;
  const outDir = await mkdtemp(join(tmpdir(), "switchboard-bench-page-"));
  try {
    progress("building the page");
    await build({
      ...{ root: pageRoot, base: "./", configFile: false, logLevel: "error", plugins },
      build: { outDir, emptyOutDir: true, rollupOptions: { input: join(pageRoot, html) } },
    });
    return await inChromium(outDir, options, act);
  } finally {
    await rm(outDir, { recursive: true });
  }
}

async function inChromium<T>(
  directory: string,
  { html, progress }: PageOptions,
  act: (page: Page) => Promise<T>,
): Promise<T> {
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args: [...args] });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await servePage(page, directory);
    page.on("pageerror", (error) => progress(`the page failed: ${error.message}`));
    await page.goto(`${ORIGIN}/${html}`);
    progress(`measuring in Chromium ${browser.version()}`);
    return await act(page);
  } finally {
    await browser.close();
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
};

async function servePage(page: Page, directory: string): Promise<void> {
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = join(directory, new URL(route.request().url()).pathname);
    const body = await readFile(path).catch(() => null);
    if (body === null) await route.fulfill({ status: 404 });
    else await route.fulfill({ body, contentType: contentTypes[extname(path)] ?? "application/octet-stream" });
  });
}
