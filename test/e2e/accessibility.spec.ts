import type { Page } from "@playwright/test";
import axe from "axe-core";
import { demoScene, titleOf } from "../demo/scenes/demoScenes.ts";
import { type Demo, startDemo } from "../demo/startDemo.ts";
import { inbox, openTranscript, sessionHeader, sessionRow } from "./screen.ts";
import { expect, test } from "@playwright/test";

/** The main screens with the demo's sessions, in light and dark: nothing serious by axe, and every state in words. */

let demo: Demo;

test.beforeAll(async () => {
  demo = await startDemo();
});

test.afterAll(async () => {
  await demo.stop();
});

/** The serious and critical findings, each with the place and the reason. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const run: unknown = Reflect.get(window, "axe");
    const found: {
      violations: { id: string; impact?: string; nodes: { target: unknown; failureSummary?: string }[] }[];
    } = await Reflect.get(Object(run), "run")(document, { resultTypes: ["violations"] });
    return found.violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target)}: ${node.failureSummary ?? ""}`));
  });
}

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
