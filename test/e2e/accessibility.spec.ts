import type { Page } from "@playwright/test";
import { demoScene, titleOf } from "../demo/scenes/demoScenes.ts";
import { type Demo, startDemo } from "../demo/startDemo.ts";
import { inbox, openTranscript, sessionHeader, sessionRow } from "./screen.ts";
import { seriousFindings } from "./seriousFindings.ts";
import { expect, test } from "@playwright/test";

/** The main screens with the demo's sessions, in light and dark: nothing serious by axe, and every state in words. */

let demo: Demo;

test.beforeAll(async () => {
  demo = await startDemo({ hasHistory: false });
});

test.afterAll(async () => {
  await demo.stop();
});

async function open(page: Page, scene: string): Promise<void> {
  await page.goto(demo.host.pageUrl);
  await openTranscript(page, titleOf(demoScene(scene)));
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: "reduce" } });

    for (const scene of ["working", "finished", "edit", "failed", "queued"] as const) {
      test(`the transcript of “${titleOf(demoScene(scene))}”`, async ({ page }) => {
        await open(page, scene);
        expect(await seriousFindings(page)).toEqual([]);
      });
    }

    test("the stream", async ({ page }) => {
      await open(page, "finished");
      await page.getByRole("tab", { name: "Stream" }).click();
      await expect(page.getByText("Following")).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
    });

    for (const [name, key] of [
      ["Command palette", "Control+k"],
      ["New session", "n"],
      ["Keyboard", "?"],
    ] as const) {
      test(`the dialog “${name}”`, async ({ page }) => {
        await open(page, "finished");
        await page.keyboard.press(key);
        await expect(page.getByRole("dialog", { name })).toBeVisible();
        expect(await seriousFindings(page)).toEqual([]);
      });
    }

    for (const title of ["Has a plan to approve", "Asks a question", "Wants to edit a file"]) {
      test(`the request “${title}” in its dialog`, async ({ page }) => {
        await open(page, "finished");
        const card = inbox(page).getByRole("article", { name: title });
        await card.getByRole("button", { name: "Open in a dialog" }).click();
        await expect(page.getByRole("dialog", { name: title })).toBeVisible();
        expect(await seriousFindings(page)).toEqual([]);
      });
    }

    test("the settings, and a page that may not connect", async ({ page }) => {
      await open(page, "finished");
      await page.getByRole("button", { name: "Settings" }).click();
      await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      await page.evaluate(() => sessionStorage.clear());
      await page.goto(demo.host.url);
      await expect(page.getByText("This page may not connect")).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
    });

    test("what a session cost, on the Costs page and in its Cost tab", async ({ page }) => {
      await open(page, "finished");
      await page.getByRole("tab", { name: "Cost" }).click();
      await page.getByRole("region", { name: "What made it dear" }).getByRole("button").first().click();
      await page
        .getByRole("list", { name: /^Messages of the turn/u })
        .getByRole("button")
        .first()
        .click();
      await expect(page.getByRole("table", { name: "How the cost comes about" })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press("g");
      await page.keyboard.press("c");
      await expect(page.getByRole("table", { name: /^The dearest/u })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByRole("button", { name: "Cost: show the table" }).click();
      await expect(page.getByRole("table", { name: "Cost by day" })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByRole("button", { name: "Ledger and prices" }).click();
      await expect(page.getByRole("region", { name: "Prices" })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
    });

    test("a narrow window with its inbox open", async ({ page }) => {
      await page.setViewportSize({ width: 480, height: 900 });
      await page.goto(demo.host.pageUrl);
      await page.getByRole("button", { name: /^Inbox/u }).click();
      await expect(page.getByRole("dialog", { name: "Permission inbox" })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
    });
  });
}

test("every state of the demo is told in words", async ({ page }) => {
  await page.goto(demo.host.pageUrl);
  const states: Readonly<Record<string, string>> = {
    working: "Working",
    queued: "Running a tool",
    bash: "Needs permission",
    edit: "Needs permission",
    dangerous: "Needs permission",
    question: "Asks a question",
    plan: "Plan ready",
    finished: "Idle",
    ended: "Idle",
    failed: "Failed",
    closed: "Ended",
  };
  for (const [scene, state] of Object.entries(states)) {
    await expect(sessionRow(page, titleOf(demoScene(scene)))).toContainText(state);
  }
  await sessionRow(page, titleOf(demoScene("failed"))).click();
  await expect(sessionHeader(page).getByRole("button", { name: "Resume" })).toBeVisible();
});
