import { dearest, openCosts } from "./costsScreen.ts";
import { writePricedHistory } from "./pricedHistory.ts";
import { sessionHeader, sessionRow } from "./screen.ts";
import { expect, test } from "./stage.ts";

/** Labels, from the session that is given one to the costs that are added up by them. */

test("labels a session by keyboard, finds it by its label, and adds costs up by it", async ({ page, stage }) => {
  await writePricedHistory(stage);
  const costs = await openCosts(page, stage);
  // Without labels there is nothing to narrow to.
  await expect(dearest(costs)).toBeVisible();
  await expect(costs.getByRole("combobox", { name: "Label" })).toHaveCount(0);
  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Sessions" }).click();
  await sessionRow(page, /Draw a logo/u).click();
  await sessionHeader(page).getByRole("button", { name: "More actions for this session" }).press("Enter");
  await page.getByRole("menuitem", { name: "Set a label…" }).press("Enter");
  await page.getByRole("dialog").getByRole("combobox", { name: "Label" }).fill("Acme");
  await page.keyboard.press("Enter");
  const label = sessionHeader(page).getByRole("button", { name: "Label: Acme; change it" });
  await expect(label).toBeVisible();
  await page.getByRole("searchbox", { name: "Search sessions" }).fill("acme");
  await expect(sessionRow(page, /Draw a logo/u)).toBeVisible();
  await expect(sessionRow(page, /Look at the till/u)).toHaveCount(0);

  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Costs" }).click();
  await costs.getByRole("combobox", { name: "Colours" }).selectOption("By label");
  await expect(costs.getByRole("list", { name: "Colours" })).toHaveText(/Acme\s*\$0\.50.*No label\s*\$4\.12/u);
  await costs.getByRole("group", { name: "The dearest" }).getByRole("button", { name: "Labels" }).click();
  await dearest(costs).getByRole("button", { name: "No label" }).click();
  await expect(costs.getByRole("combobox", { name: "Label" })).toHaveValue(/unlabelled/u);
  await expect(costs.getByText(/^In all \$4\.12/u)).toBeVisible();
  await costs.getByRole("combobox", { name: "Label" }).selectOption("Acme");
  await expect(costs.getByText(/^In all \$0\.50/u)).toBeVisible();

  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Sessions" }).click();
  await label.press("Enter");
  await page.getByRole("dialog").getByRole("combobox", { name: "Label" }).fill("");
  await page.getByRole("button", { name: "Take the label away" }).click();
  await expect(label).toHaveCount(0);
});
