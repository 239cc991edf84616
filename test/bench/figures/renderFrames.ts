/**
 * `render`: 5,000 stream lines a second for 10 seconds into the app's own stream terminal, in a real Chromium.
 * A sample is the time between two animation frames of the page, as its own clock has it. `idle*` is the same page
 * with nothing to draw: frames that are late there are the machine's.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { build } from "vite";
import { findChromium } from "../../support/findChromium.ts";
import type { FigureRun } from "../figure.ts";
import { rounded, summarise } from "../measure.ts";
import type { RenderOrder, RenderOutcome } from "../page/renderPage.ts";

const ORDER: RenderOrder = { linesPerSecond: 5_000, seconds: 10 };
const LIMIT = { p95: 34, max: 100, linesLost: 0 };
const VIEWPORT = { width: 1280, height: 800 };
/** Nothing listens there: all requests of the page are answered from the built files. */
const ORIGIN = "http://bench.localhost";

const pageRoot = fileURLToPath(new URL("../page", import.meta.url));

export async function renderFrames({ report, progress }: FigureRun): Promise<void> {
  const outDir = await mkdtemp(join(tmpdir(), "switchboard-bench-page-"));
  try {
    progress("building the page");
    await build({
      root: pageRoot,
      base: "./",
      configFile: false,
      logLevel: "error",
      build: { outDir, emptyOutDir: true },
    });
    const { frames, idleFrames, settleMs, ...counts } = await renderInChromium(outDir, progress);
    const { p95: idleP95, max: idleMax } = summarise(idleFrames);
    report({
      what: "time between two frames while lines stream into the app's terminal in Chromium",
      unit: "ms",
      ...summarise(frames),
      idleP95,
      idleMax,
      ...ORDER,
      ...counts,
      linesLost: counts.linesFed - counts.linesWritten,
      settleMs: rounded(settleMs),
      limit: LIMIT,
    });
  } finally {
    await rm(outDir, { recursive: true });
  }
}

async function renderInChromium(directory: string, progress: FigureRun["progress"]): Promise<RenderOutcome> {
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args: [...args] });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await servePage(page, directory);
    page.on("pageerror", (error) => progress(`the page failed: ${error.message}`));
    await page.goto(`${ORIGIN}/index.html`);
    await page.waitForFunction(() => typeof globalThis.renderLines === "function");
    progress(`${ORDER.linesPerSecond} lines a second for ${ORDER.seconds} s in Chromium ${browser.version()}`);
    return await page.evaluate((order) => globalThis.renderLines(order), ORDER);
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
