import { dearest, openCosts, tile } from "./costsScreen.ts";
import { noon, UNKNOWN, writePricedHistory } from "./pricedHistory.ts";
import { expect, test } from "./stage.ts";

/** Narrowing the Costs page, to a project, a model, an owner or some days, and what it then says of its figures. */

/** As a date box takes it, e.g. `2026-11-20`. */
function dayOf(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

test("filters narrow tiles, charts and lists, and what is not priced is said", async ({ page, stage }) => {
  await writePricedHistory(stage);
  const costs = await openCosts(page, stage);
  const allTime = tile(costs, "Right now");
  await expect(allTime).toContainText("$4.62 and");

  await test.step("messages without a price are named and listed", async () => {
    await expect(costs.getByRole("list", { name: "About these figures" })).toContainText(
      `3 messages of an unknown model (${UNKNOWN}) are not priced: they are in the tokens, not in the dollars.`,
    );
    await costs.getByRole("button", { name: "Show them" }).click();
    const unpriced = costs.getByRole("list", { name: "Messages without a price" });
    await expect(unpriced.getByRole("listitem")).toHaveCount(3);
    await unpriced.getByRole("button").first().click();
    await expect(unpriced).toContainText("No price list knows this model.");
    await page.keyboard.press("Escape");
  });

  await test.step("a project, then a model", async () => {
    await costs.getByRole("combobox", { name: "Project" }).selectOption({ label: "shop" });
    await expect(allTime).toContainText("$4.12 and");
    await expect(costs.getByText("are not priced")).toHaveCount(0);
    await expect(costs.getByRole("table", { name: /^Five-hour windows/u }).getByRole("row")).toHaveCount(2);
    await costs.getByRole("combobox", { name: "Project" }).selectOption({ label: "All projects" });
    await costs.getByRole("combobox", { name: "Model" }).selectOption(UNKNOWN);
    await expect(allTime).toContainText("6K tokens, not priced");
    await expect(dearest(costs)).toContainText("not priced");
    await costs.getByRole("button", { name: "No filters" }).click();
    await expect(allTime).toContainText("$4.62 and");
  });

  await test.step("a day, an hour and a window in which nothing has a price are not priced, which is not $0.00", async () => {
    await costs.getByRole("combobox", { name: "Model" }).selectOption(UNKNOWN);
    const words = /: not priced, 3 messages without a price$/u;
    await expect(
      costs.getByRole("group", { name: "Cost of each day of the year" }).getByRole("button", { name: words }),
    ).toHaveCount(1);
    await expect(
      costs
        .getByRole("group", { name: "Cost by day" })
        .getByRole("button", { name: /3 messages without a price: not priced$/u }),
    ).toHaveCount(1);
    await expect(
      costs.getByRole("table", { name: /^Five-hour windows/u }).getByRole("cell", { name: "not priced" }),
    ).toHaveCount(1);
    await costs.getByRole("button", { name: "No filters" }).click();
    await expect(allTime).toContainText("$4.62 and");
  });

  await test.step("nothing of a kind is said in words", async () => {
    await costs.getByRole("combobox", { name: "Owner" }).selectOption({ label: "Run from here" });
    await expect(costs).toContainText("Nothing was used in these days, as far as the filters go.");
  });
});

test("a column that the range cuts lists what it shows, and says that it is a part", async ({ page, stage }) => {
  await writePricedHistory(stage);
  const costs = await openCosts(page, stage);
  await costs.getByRole("combobox", { name: "Days" }).selectOption({ label: "Between two days" });
  // From three days ago on: what was spent four days ago may be of the same month, and is not in the range.
  await costs.getByLabel("First day").fill(dayOf(noon(3)));
  await costs.getByLabel("Last day").fill(dayOf(noon(2)));
  await costs.getByRole("group", { name: "One column is" }).getByRole("button", { name: "Month" }).click();
  const column = costs
    .getByRole("group", { name: "Cost by month" })
    .getByRole("button", { name: /, only .*: \$4\.12$/u });
  await column.click();
  await expect(column).toHaveAttribute("aria-pressed", "true");
  await expect(costs.getByRole("region", { name: "The dearest" })).toContainText(/, only (from|to) \d+ \w+/u);
  await expect(dearest(costs).getByRole("row")).toHaveCount(2);
  await expect(dearest(costs)).toContainText("$4.12");
  await expect(costs).toContainText("Hatched: a part of the month only.");
});
