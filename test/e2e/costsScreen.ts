/** The places of the Costs page, by the roles and names that a person with a screen reader finds them by. */
import { expect, type Locator, type Page } from "@playwright/test";
import { openApp, sessionRow } from "./screen.ts";
import type { Stage } from "./stage.ts";

/** Opens the app on the Costs page, once it knows the sessions of the priced history. */
export async function openCosts(page: Page, stage: Stage): Promise<Locator> {
  await openApp(page, stage.host());
  await expect(sessionRow(page, /Look at the till/u)).toBeVisible();
  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Costs" }).click();
  return page.getByRole("main", { name: "Costs" });
}

/** The table of the dearest sessions, tools or whatever is chosen there. */
export function dearest(costs: Locator): Locator {
  return costs.getByRole("table", { name: /^The dearest/u });
}

/** A figure at the top of the page. */
export function tile(costs: Locator, label: string): Locator {
  return costs.getByRole("list", { name: "At a glance" }).getByRole("listitem").filter({ hasText: label });
}
