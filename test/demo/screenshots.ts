/**
 * `node test/demo/screenshots.ts <directory>`: pictures of the real app with the demo's sessions, for the README and
 * the docs: each view in light and dark, wide and narrow.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureBuilt } from "../../electron/launch/ensureBuilt.ts";
import { findChromium } from "../support/findChromium.ts";
import { demoScene, titleOf } from "./scenes/demoScenes.ts";
import { type Demo, startDemo } from "./startDemo.ts";

interface Size {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

interface Picture {
  readonly name: string;
  /** The scene whose session is chosen. */
  readonly scene: string;
  readonly tab: "Stream" | "Transcript";
  /** What else is done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const sizes: readonly Size[] = [
  { name: "wide", width: 1280, height: 800 },
  { name: "narrow", width: 420, height: 800 },
];

const themes = ["light", "dark"] as const;

const pictures: readonly Picture[] = [
  { name: "working", scene: "working", tab: "Stream" },
  { name: "transcript", scene: "finished", tab: "Transcript" },
  { name: "edit", scene: "edit", tab: "Transcript" },
  { name: "queued", scene: "queued", tab: "Stream" },
  { name: "failed", scene: "failed", tab: "Transcript" },
  { name: "question", scene: "question", tab: "Stream" },
  { name: "plan", scene: "plan", tab: "Transcript" },
  {
    name: "palette",
    scene: "working",
    tab: "Stream",
    prepare: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Command palette" }).waitFor();
    },
  },
  {
    name: "newSession",
    scene: "working",
    tab: "Stream",
    prepare: async (page) => {
      await page.keyboard.press("n");
      await page.getByRole("dialog", { name: "New session" }).waitFor();
    },
  },
  {
    name: "inbox",
    scene: "bash",
    tab: "Stream",
    prepare: async (page) => {
      await openDrawer(page, "Inbox");
    },
  },
  {
    name: "sessions",
    scene: "finished",
    tab: "Stream",
    prepare: async (page) => {
      await openDrawer(page, "Session list");
    },
  },
  {
    name: "processes",
    scene: "working",
    tab: "Stream",
    prepare: async (page) => {
      await showPage(page, "Processes");
      await page
        .getByRole("main", { name: "Processes" })
        .getByRole("button", { name: /^Stop process/u })
        .nth(2)
        .waitFor();
    },
  },
  {
    name: "search",
    scene: "finished",
    tab: "Stream",
    prepare: async (page) => {
      await showPage(page, "Search");
      await page.getByRole("searchbox", { name: "Search all sessions" }).fill("order");
      await page.getByRole("main", { name: "Search" }).locator("mark").first().waitFor();
    },
  },
  {
    name: "history",
    scene: "finished",
    tab: "Transcript",
    prepare: async (page) => {
      await page.keyboard.press("Shift+U");
      await page.locator('article[aria-current="location"]').waitFor();
      await page
        .getByRole("feed")
        .getByRole("button", { name: /^Agent/u, expanded: false })
        .click();
      await page.getByText("What the sub-agent said and did:").waitFor();
    },
  },
];

const [directory, ...only] = process.argv.slice(2);
if (directory === undefined) {
  console.error("Name the directory that the pictures go to.");
  process.exit(2);
}
if (!(await ensureBuilt(["renderer"]))) process.exit(1);
await mkdir(directory, { recursive: true });
const demo = await startDemo();
try {
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args: [...args] });
  await takeAll(browser, demo, directory);
  await browser.close();
} finally {
  await demo.stop();
}

async function takeAll(browser: Browser, { host }: Demo, into: string): Promise<void> {
  for (const size of sizes) {
    for (const theme of themes) {
      const context = await browser.newContext({
        viewport: { width: size.width, height: size.height },
        colorScheme: theme,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      await page.goto(host.pageUrl);
      for (const picture of pictures) {
        if (only.length > 0 && !only.includes(picture.name)) continue;
        await take(page, picture);
        await page.screenshot({ path: join(into, `${picture.name}-${size.name}-${theme}.png`) });
        await page.keyboard.press("Escape");
      }
      await context.close();
    }
  }
}

async function take(page: Page, { scene, tab, prepare }: Picture): Promise<void> {
  const title = titleOf(demoScene(scene));
  await page.getByRole("heading", { name: "Switchboard" }).waitFor();
  await showPage(page, "Sessions");
  await openDrawer(page, "Session list");
  await page.getByRole("navigation", { name: "Sessions" }).getByRole("button", { name: title }).click();
  await page.getByRole("main", { name: "Session" }).getByRole("heading", { name: title }).waitFor();
  await page.getByRole("tab", { name: tab }).click();
  await page.getByRole("tabpanel", { name: tab }).waitFor();
  await page.waitForFunction(() => !document.body.innerText.includes("Loading the session"));
  await prepare?.(page);
  // Two drawings of the screen: the terminal writes in batches.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Slides a panel in where the window is too narrow to show it beside the session. */
async function openDrawer(page: Page, name: "Session list" | "Inbox"): Promise<void> {
  const button = page.getByRole("banner").getByRole("button", { name: new RegExp(`^${name}`, "u") });
  if (await button.isVisible()) await button.click();
}

async function showPage(page: Page, name: "Sessions" | "Search" | "Processes"): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name }).click();
}
