import type { Page } from "@playwright/test";
import { writePricedSession } from "../support/pricedTranscript.ts";
import { dearest, openCosts } from "./costsScreen.ts";
import { HAIKU, writePricedHistory } from "./pricedHistory.ts";
import { expect, test } from "./stage.ts";

/** The charts and tables of the Costs page without a mouse. */

/** More than the page has. */
const MOST_STOPS = 100;

/** Where Tab leads from here on, by name, until it leaves the page's figures; marks of a chart by the name of the chart. */
async function tabStops(page: Page): Promise<readonly string[]> {
  const stops: string[] = [];
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const active = document.activeElement;
      if (active?.closest("[aria-label='Figures']") === null) return null;
      const chart = active?.closest("svg")?.getAttribute("aria-label");
      if (typeof chart === "string") return `in ${chart}`;
      return active?.getAttribute("aria-label") ?? active?.textContent ?? "";
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}

test("every chart and every table is reached by the keyboard alone", async ({ page, stage }) => {
  await writePricedHistory(stage);
  // The chart of the last hours is there once something was used in them.
  await writePricedSession(stage.environment.configDir, {
    sessionId: "33333333-3333-4333-8333-333333333333",
    cwd: await stage.environment.projectDir("shop"),
    turns: [{ said: "Count the till", at: new Date(Date.now() - 60_000), messages: [{ model: HAIKU, output: 1000 }] }],
  });
  const costs = await openCosts(page, stage);
  await expect(dearest(costs).getByRole("row")).toHaveCount(4);

  await test.step("Tab leads to each chart once, to its table and to its file", async () => {
    await costs.getByRole("region", { name: "Figures" }).focus();
    const stops = await tabStops(page);
    expect(stops.filter((stop) => /show the table|save the table/u.test(stop))).toEqual([
      ...["Cost: show the table", "Cost: save the table as CSV"],
      ...["The year: show the table", "The year: save the table as CSV"],
      "The dearest: save the table as CSV",
      ...["Hour by hour: show the table", "Hour by hour: save the table as CSV"],
      ...["Five-hour windows: save the table as CSV", "Caching: save the table as CSV"],
    ]);
    const marks = stops.filter((stop) => stop.startsWith("in "));
    expect(marks).toEqual(["in Cost by day", "in Cost of each day of the year", "in Cost of the last 24 hours"]);
    expect(stops).toEqual(expect.arrayContaining(["Look at the till", "Draw a logo", "Windows"]));
  });

  for (const [title, caption] of [
    ["Cost", "Cost by day"],
    ["The year", "Cost of each day of the year, the newest first"],
    ["Hour by hour", "Cost of the last 24 hours"],
  ] as const) {
    await test.step(`${title}: the table comes with Enter, and its last row with the arrow keys`, async () => {
      const button = costs.getByRole("button", { name: `${title}: show the table` });
      await button.focus();
      await page.keyboard.press("Enter");
      const back = costs.getByRole("button", { name: `${title}: show the chart` });
      await expect(back).toBeFocused();
      await page.keyboard.press("Tab");
      await expect(costs.getByRole("button", { name: `${title}: save the table as CSV` })).toBeFocused();
      await page.keyboard.press("Tab");
      const table = costs.getByRole("region", { name: caption });
      await expect(table).toBeFocused();
      const last = table.getByRole("row").last();
      await expect(last.getByRole("rowheader")).not.toBeInViewport();
      await page.keyboard.press("End");
      await expect(last.getByRole("rowheader")).toBeInViewport();
      await expect(last.getByRole("cell").last()).toBeInViewport();
      await page.keyboard.press("Home");
      await expect(table.getByRole("row").nth(1)).toBeInViewport();
      await back.focus();
      await page.keyboard.press("Space");
      await expect(table).toHaveCount(0);
    });
  }

  await test.step("so does the chart of one session", async () => {
    await dearest(costs).getByRole("button", { name: "Look at the till" }).focus();
    await page.keyboard.press("Enter");
    await costs.getByRole("button", { name: "Turn by turn: show the table" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const table = costs.getByRole("region", { name: "Cost of the session over its turns" });
    await expect(table).toBeFocused();
    await expect(table.getByRole("row")).toContainText(["Turn", /^1.*Look at the till/u, /^2.*Rebuild the till/u]);
  });
});
