import { dearest, openCosts, tile } from "./costsScreen.ts";
import { writePricedHistory } from "./pricedHistory.ts";
import { sessionHeader, sessionRow } from "./screen.ts";
import { expect, test } from "./stage.ts";

/** Figures that grow while a turn runs: on the Costs page, in the session’s header and in its Cost tab. */

test("a turn raises today’s figure, the header and the Cost tab while it runs", async ({ page, stage }) => {
  await writePricedHistory(stage);
  const { sessionId } = await stage.startSession("shop", {
    prompt: "USAGE input=1000 output=100",
    name: "The live one",
  });
  const costs = await openCosts(page, stage);
  await expect(tile(costs, "Today")).toContainText("$0.006");

  await test.step("the page counts on by itself", async () => {
    await stage.backstage.request("payloads.send", {
      ...{ sessionId, kind: "message", delivery: "next" },
      text: "USAGE input=1000 output=49800",
    });
    // 6,000 micro-dollars, and 4,000 + 996,000 more.
    await expect(tile(costs, "Today")).toContainText("$1.01");
    await expect(costs.getByRole("list", { name: "At a glance" })).toContainText("an hour");
  });

  await test.step("so does the session’s header, with the turn that runs", async () => {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Sessions" }).click();
    await sessionRow(page, /The live one/u).click();
    await expect(sessionHeader(page)).toContainText("$1.01");
    // The turn has its first message, and waits for a permission.
    await stage.backstage.request("payloads.send", {
      ...{ sessionId, kind: "message", delivery: "next" },
      text: "RUN_BASH touch counted",
    });
    await expect(sessionHeader(page)).toContainText(/\(\$\d+\.\d+ this turn\)/u);
  });

  await test.step("the Cost tab has every turn of it", async () => {
    await page.getByRole("tab", { name: "Cost" }).click();
    const total = page.getByRole("region", { name: "The session’s cost" });
    await expect(total).toContainText("The running turn has cost");
    await expect(total).toContainText("3 turns");
  });

  await test.step("and the tool that was called stands among the dearest", async () => {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Costs" }).click();
    await costs.getByRole("group", { name: "The dearest", exact: true }).getByRole("button", { name: "Tools" }).click();
    await expect(dearest(costs).getByRole("rowheader", { name: "Bash" })).toBeVisible();
  });
});
