/**
 * `node test/demo/screenshots.ts <directory> [picture…]`: pictures of the real app with the demo's sessions: each view in
 * light and dark, wide and narrow. `--readme` in place of the directory: the pictures of the README, where they stand.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { ensureBuilt } from "../../electron/launch/ensureBuilt.ts";
import { findChromium } from "../support/findChromium.ts";
import { EXPLAINED_TITLE } from "./history/planHistory.ts";
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
  readonly tab: "Stream" | "Transcript" | "Cost";
  /** What else is done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** The region that scrolls: the window is made as high as all of it. */
  readonly whole?: string;
  /** The file that the README shows the wide one in, by the theme. */
  readonly readme?: Partial<Record<Theme, string>>;
  /** What tells of a budget is left where it is; else it is closed, to be in no picture of something else. */
  readonly keepsNotice?: true;
}

const sizes: readonly Size[] = [
  { name: "wide", width: 1280, height: 800 },
  { name: "narrow", width: 420, height: 800 },
];

const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

const README_PICTURES = "resources/docs";

const pictures: readonly Picture[] = [
  { name: "budgetNotice", scene: "working", tab: "Transcript", keepsNotice: true },
  { name: "working", scene: "working", tab: "Stream", readme: { light: "switchboard-light" } },
  { name: "transcript", scene: "finished", tab: "Transcript" },
  { name: "edit", scene: "edit", tab: "Transcript", readme: { dark: "switchboard-dark" } },
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
      await searchBox(page).fill("");
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
    name: "costs",
    scene: "finished",
    tab: "Stream",
    prepare: showCosts,
    readme: { light: "switchboard-costs-light", dark: "switchboard-costs-dark" },
  },
  { name: "costsWhole", scene: "finished", tab: "Stream", prepare: showCosts, whole: "Figures" },
  {
    name: "costsOfSession",
    scene: "finished",
    tab: "Stream",
    prepare: async (page) => {
      await showCosts(page);
      await page
        .getByRole("region", { name: "Figures" })
        .getByRole("button", { name: EXPLAINED_TITLE })
        .first()
        .click();
      await page.getByRole("heading", { name: EXPLAINED_TITLE }).waitFor();
      // What lies under the pointer tells of itself.
      await page.mouse.move(0, 0);
      await settle(page);
    },
    whole: "Figures",
  },
  {
    name: "costsByLabel",
    scene: "finished",
    tab: "Stream",
    prepare: async (page) => {
      await showCosts(page);
      await page.getByRole("combobox", { name: "Colours" }).selectOption("By label");
      await page.getByRole("group", { name: "The dearest" }).getByRole("button", { name: "Labels" }).click();
      await page.mouse.move(0, 0);
      await settle(page);
    },
    whole: "Figures",
  },
  {
    name: "label",
    scene: "edit",
    tab: "Stream",
    prepare: async (page) => {
      await page
        .getByRole("main", { name: "Session" })
        .getByRole("button", { name: /^Label:/u })
        .click();
      await page.getByRole("dialog", { name: "Label the session" }).waitFor();
    },
  },
  {
    name: "newBudget",
    scene: "finished",
    tab: "Stream",
    prepare: async (page) => {
      await showCosts(page);
      await page.getByRole("button", { name: "New budget…" }).click();
      await page.getByRole("dialog", { name: "New budget" }).waitFor();
    },
  },
  { name: "costTab", scene: "finished", tab: "Cost", prepare: settle },
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
  // Last: its filters stay.
  {
    name: "costsOfPart",
    scene: "finished",
    tab: "Stream",
    prepare: async (page) => {
      await showCosts(page);
      await page.getByRole("combobox", { name: "Days" }).selectOption({ label: "Last 7 days" });
      await page.getByRole("group", { name: "One column is" }).getByRole("button", { name: "Month" }).click();
      await page.getByRole("group", { name: "Cost by month" }).getByRole("button").last().click();
      await settle(page);
    },
  },
];

const [target, ...only] = process.argv.slice(2);
if (target === undefined) {
  console.error("Name the directory that the pictures go to, or --readme.");
  process.exit(2);
}
const isForReadme = target === "--readme";
const directory = isForReadme ? README_PICTURES : target;
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
        const file = fileOf(picture, size, theme);
        if (file === null) continue;
        if (picture.keepsNotice !== true) await closeNotice(page);
        await take(page, picture);
        if (picture.whole !== undefined) await growTo(page, picture.whole);
        await page.screenshot({ path: join(into, `${file}.png`) });
        await page.setViewportSize({ width: size.width, height: size.height });
        await page.keyboard.press("Escape");
      }
      await context.close();
    }
  }
}

/** The name of a picture without its ending; null for one that is not asked for. */
function fileOf({ name, readme }: Picture, size: Size, theme: Theme): string | null {
  if (only.length > 0 && !only.includes(name)) return null;
  if (!isForReadme) return `${name}-${size.name}-${theme}`;
  return size.name === "wide" ? (readme?.[theme] ?? null) : null;
}

async function take(page: Page, { scene, tab, prepare }: Picture): Promise<void> {
  const title = titleOf(demoScene(scene));
  await page.getByRole("heading", { name: "Switchboard" }).waitFor();
  await showPage(page, "Sessions");
  await openDrawer(page, "Session list");
  // Among a hundred others, only those in sight are in the page.
  const box = searchBox(page);
  await box.fill(title);
  await page.getByRole("navigation", { name: "Sessions" }).getByRole("button", { name: title }).click();
  if (await box.isVisible()) await box.fill("");
  await page.getByRole("main", { name: "Session" }).getByRole("heading", { name: title }).waitFor();
  await page.getByRole("tab", { name: tab }).click();
  await page.getByRole("tabpanel", { name: tab }).waitFor();
  await page.waitForFunction(() => !document.body.innerText.includes("Loading the session"));
  await prepare?.(page);
  // Two drawings of the screen: the terminal writes in batches.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

function searchBox(page: Page): Locator {
  return page.getByRole("searchbox", { name: "Search sessions" });
}

async function closeNotice(page: Page): Promise<void> {
  const notice = page.getByRole("region", { name: "Budget threshold passed" });
  await page.getByRole("heading", { name: "Switchboard" }).waitFor();
  if (await notice.isVisible()) await notice.getByRole("button", { name: "I have seen this" }).click();
}

/** Slides a panel in where the window is too narrow to show it beside the session. */
async function openDrawer(page: Page, name: "Session list" | "Inbox"): Promise<void> {
  const button = page.getByRole("banner").getByRole("button", { name: new RegExp(`^${name}`, "u") });
  if (await button.isVisible()) await button.click();
}

async function showCosts(page: Page): Promise<void> {
  await showPage(page, "Costs");
  await page.getByRole("main", { name: "Costs" }).getByRole("region", { name: "Figures" }).waitFor();
  await settle(page);
}

/** Until nothing is added up any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => !/Adding up…|Loading/u.test(document.body.innerText));
}

/** Makes the window so high that nothing of a region is scrolled away. */
async function growTo(page: Page, region: string): Promise<void> {
  const hidden = await page
    .getByRole("region", { name: region })
    .evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  const size = page.viewportSize();
  if (size !== null) await page.setViewportSize({ width: size.width, height: size.height + hidden });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function showPage(page: Page, name: "Sessions" | "Search" | "Costs" | "Processes"): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name }).click();
}
