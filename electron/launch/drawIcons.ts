/**
 * `drawIcons.ts`: draws every icon in resources/ from the artwork there. Run by hand after a change of the artwork; the
 * results are kept in the repository, so that a build needs no browser. `CHROMIUM_PATH` names the browser.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { icnsOf, icoOf, type PngImage } from "./iconContainers.ts";
import { projectRoot } from "./paths.ts";

const resources = join(projectRoot, "resources");
const appSizes = [16, 32, 48, 64, 128, 256, 512, 1024];
/** An .ico holds no image above 256 pixels. */
const MAX_ICO_SIZE = 256;

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  await drawAppIcons(browser);
  await drawTrayIcons(browser);
} finally {
  await browser.close();
}

async function drawAppIcons(inBrowser: Browser): Promise<void> {
  const images: PngImage[] = [];
  for (const size of appSizes) images.push({ size, bytes: await rasterise(inBrowser, "icon", size) });
  await mkdir(join(resources, "icons"), { recursive: true });
  for (const { size, bytes } of images) {
    await writeFile(join(resources, "icons", `${size}x${size}.png`), bytes);
  }
  await writeFile(join(resources, "icon.ico"), icoOf(images.filter(({ size }) => size <= MAX_ICO_SIZE)));
  await writeFile(join(resources, "icon.icns"), icnsOf(images));
}

async function drawTrayIcons(inBrowser: Browser): Promise<void> {
  await mkdir(join(resources, "tray"), { recursive: true });
  for (const name of ["tray", "trayTemplate", "badgeOverlay"]) {
    await writeFile(join(resources, "tray", `${name}.png`), await rasterise(inBrowser, name, 16));
    await writeFile(join(resources, "tray", `${name}@2x.png`), await rasterise(inBrowser, name, 32));
  }
}

async function rasterise(inBrowser: Browser, artwork: string, size: number): Promise<Uint8Array> {
  const svg = await readFile(join(resources, "artwork", `${artwork}.svg`), "utf8");
  const page = await inBrowser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  const bytes = await page.screenshot({ omitBackground: true });
  await page.close();
  return bytes;
}
