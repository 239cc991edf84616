import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { z } from "zod";
import { generateCorpus } from "../bench/corpus/generateCorpus.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import type { HostConnection } from "../support/connectToHost.ts";
import type { StartedHost } from "../support/startHost.ts";
import { openApp, transcript } from "./screen.ts";
import { expect, test } from "./stage.ts";

/** Months of history: what a person sees while it is read for the first time, and how anything in it is found again. */

const FILES = 300;
/** Of the API; together some 70 MB, so that the first reading takes long enough to be seen and stopped. */
const MESSAGES = 6_000;

test("a big history can be stopped while it is read, and is all there once that has gone on", async ({
  page,
  stage,
}) => {
  const { configDir } = stage.environment;
  await stage.host().stop();
  generateCorpus({ folder: configDir, files: FILES, messages: MESSAGES });
  const sessions = await sessionFiles(configDir);
  const all = page.getByRole("radio", { name: `All ${sessions.length}`, exact: true });
  const strip = page.getByRole("region", { name: "Reading of transcripts" });

  await test.step("the first reading is stopped, and says what is missing", async () => {
    await stage.startHostAgain();
    await expect.poll(() => indexState(stage.host()), { intervals: [10] }).toBe("scanning");
    await stage.host().request("POST", "/index/cancel");
    await openApp(page, stage.host());
    await expect(strip).toContainText(/Reading was stopped\s*\d+ transcripts were not read yet/u);
    await expect(all).toHaveCount(0);
  });

  await test.step("it goes on when that is asked for", async () => {
    await strip.getByRole("button", { name: "Go on" }).click();
  });

  await test.step("in the end all is there, and nothing is told any more", async () => {
    await expect(all).toBeVisible();
    await expect(strip).toHaveCount(0);
    await expect(page.getByRole("radio", { name: "Live 0" })).toBeVisible();
  });

  const oldest = await oldestSession(stage.backstage);

  await test.step("the list scrolls to the oldest session", async () => {
    await all.click();
    const list = page.locator("[data-session-list]");
    const older = list.getByRole("list", { name: `Sessions in ${oldest.projectPath}` });
    await scrollDownTo(page, older.getByRole("button", { name: /^Show \d+ older/u }));
    await older.getByRole("button", { name: /^Show \d+ older/u }).click();
    await scrollDownTo(page, list.locator(`[data-session-row="${oldest.sessionId}"]`));
    await scrollDownTo(page, older.getByRole("button", { name: "Show the latest only" }));
  });

  await test.step("it is found by its id, and by what was said in it", async () => {
    const box = page.getByRole("searchbox", { name: "Search sessions" });
    await box.fill(oldest.sessionId.slice(0, 13));
    await expect(page.locator("[data-session-row]")).toHaveCount(1);
    await expect(page.locator("[data-session-row]")).toHaveAttribute("data-session-row", oldest.sessionId);
    await box.fill("");
    const words = (await firstPrompt(configDir, oldest.sessionId)).split(" ").slice(0, 4).join(" ");
    await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Search" }).click();
    await page.keyboard.type(`"${words}"`);
    await page.getByRole("main", { name: "Search" }).getByRole("listitem").getByRole("button").first().click();
    await expect(placeOf(page)).toContainText(words);
    await expect(placeOf(page)).toBeInViewport();
    await page.getByRole("button", { name: /to the end$/u }).click();
    await expect(page.getByRole("button", { name: /to the end$/u })).toHaveCount(0);
    await expect(transcript(page).getByRole("article").last()).toBeInViewport({ ratio: 1 });
  });

  await test.step("a session opens at its very end, however high its rows turn out to be", async () => {
    await page.locator("[data-session-row]").nth(3).click();
    await expect(transcript(page).getByRole("article").last()).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("button", { name: /to the end$/u })).toHaveCount(0);
  });

  await test.step("after a reload, and after a restart of the host, nothing is read again", async () => {
    await page.reload();
    await expect(all).toBeVisible();
    await expect(strip).toHaveCount(0);
    await stage.host().stop();
    await expect(page.getByText("The connection to the host is lost")).toBeVisible();
    await stage.startHostAgain();
    await expect(page.getByText("The connection to the host is lost")).toBeHidden();
    await expect(all).toBeVisible();
    await expect(strip).toHaveCount(0);
  });
});

/** Ids of the sessions that have a transcript of their own. */
async function sessionFiles(configDir: string): Promise<readonly string[]> {
  const names = await readdir(join(configDir, "projects"), { recursive: true });
  return names
    .filter((name) => name.endsWith(".jsonl") && !name.includes("/subagents/"))
    .map((name) => basename(name, ".jsonl"));
}

const hostSchema = z.object({ index: z.object({ state: z.string() }) });

async function indexState(host: StartedHost): Promise<string> {
  const { body } = await host.request("GET", "/host");
  return hostSchema.parse(body).index.state;
}

/** The session that the host lists last. */
async function oldestSession({ request }: HostConnection): Promise<SessionSummary> {
  let page = await request("sessions.list", { limit: 100 });
  while (page.nextCursor !== null) page = await request("sessions.list", { limit: 100, cursor: page.nextCursor });
  const oldest = page.items.at(-1);
  if (oldest === undefined) throw new Error("The host lists no session");
  return oldest;
}

const promptSchema = z.object({ type: z.literal("user"), message: z.object({ content: z.string() }) });

/** What the person said first in a session, as its transcript has it. */
async function firstPrompt(configDir: string, sessionId: string): Promise<string> {
  const projects = join(configDir, "projects");
  const names = await readdir(projects, { recursive: true });
  const name = names.find((one) => one.endsWith(`${sessionId}.jsonl`));
  const text = await readFile(join(projects, name ?? ""), "utf8");
  for (const line of text.split("\n")) {
    const record = promptSchema.safeParse(JSON.parse(line || "{}"));
    if (record.success) return record.data.message.content;
  }
  throw new Error(`Nobody said anything in ${sessionId}`);
}

/** Turns the wheel over the session list until something is in sight. */
async function scrollDownTo(page: Page, what: Locator): Promise<void> {
  await page.locator("[data-session-list]").hover();
  await expect(async () => {
    const isThere = await what.isVisible();
    if (isThere)
      await expect(what)
        .toBeInViewport({ timeout: 50 })
        .catch(() => page.mouse.wheel(0, 200));
    else await page.mouse.wheel(0, 500);
    await expect(what).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [20] });
}

/** The row that a hit led to. */
function placeOf(page: Page): Locator {
  return transcript(page).locator('article[aria-current="location"]');
}
