import { dearest, openCosts } from "./costsScreen.ts";
import { writePricedHistory } from "./pricedHistory.ts";
import { transcript } from "./screen.ts";
import { expect, test } from "./stage.ts";

/** From a day of the Costs page down to the price of one message, and from there to what was said. */

test("why a session cost $4.12 is found from the day down to the price of a message", async ({ page, stage }) => {
  await writePricedHistory(stage);
  const costs = await openCosts(page, stage);
  const chart = costs.getByRole("group", { name: "Cost by day" });

  await test.step("the day is reached in the chart by keyboard", async () => {
    await expect(chart.getByRole("button", { name: /: \$4\.12$/u })).toBeVisible();
    await expect(dearest(costs).getByRole("row")).toHaveCount(3);
    // The chart's one Tab stop is today's column.
    await chart.locator('[tabindex="0"]').focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(chart.getByRole("button", { name: /: \$4\.12$/u })).toBeFocused();
    await page.keyboard.press("Enter");
  });

  await test.step("the day's one session is opened", async () => {
    await expect(dearest(costs).getByRole("row")).toHaveCount(2);
    await dearest(costs).getByRole("button", { name: "Look at the till" }).click();
    const total = costs.getByRole("region", { name: "The session’s cost" });
    await expect(total).toContainText("$4.12");
    await expect(total).toContainText("3 messages, 2 turns");
  });

  await test.step("its dearest turn says what was asked, and lists its messages", async () => {
    await costs.getByRole("region", { name: "What made it dear" }).getByRole("button").first().click();
    await expect(costs.getByRole("region", { name: "Turn 2: $4.00" })).toContainText("Rebuild the till");
  });

  await test.step("a message unfolds into the price of each kind of token", async () => {
    const messages = costs.getByRole("list", { name: /^Messages of the turn/u });
    await expect(messages.getByRole("listitem")).toHaveCount(2);
    await messages.getByRole("button").first().click();
    const price = messages.getByRole("table", { name: "How the cost comes about" });
    await expect(price.getByRole("row")).toContainText([
      "Amount",
      "Input1,000,000× $1.00 per million$1.00",
      "Output400,000× $5.00 per million$2.00",
      "Together$3.00",
    ]);
  });

  await test.step("what was said stands in the transcript", async () => {
    await costs
      .getByRole("region", { name: "Turn 2: $4.00" })
      .getByRole("button", { name: "Show in the transcript" })
      .first()
      .click();
    await expect(transcript(page)).toContainText("Rebuild the till");
  });
});
