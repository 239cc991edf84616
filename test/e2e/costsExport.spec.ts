import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { openCosts, tile } from "./costsScreen.ts";
import { UNKNOWN, writePricedHistory } from "./pricedHistory.ts";
import { expect, test } from "./stage.ts";

/** What leaves the Costs page as a table or a file, and what it reads back: exports, backups and prices. */

const soon = { timeout: 1000 };

/** Comes back to the window, as after editing a file elsewhere, until what is awaited holds. */
async function comeBackUntil(page: Page, holds: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await holds();
  }).toPass();
}

async function savedText(page: Page, save: Locator): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

test("every chart has a table, and the figures can be taken along and brought back", async ({ page, stage }) => {
  await writePricedHistory(stage);
  const costs = await openCosts(page, stage);

  await test.step("the chart as a table and as CSV", async () => {
    await costs.getByRole("combobox", { name: "Colours" }).selectOption({ label: "By project" });
    await expect(costs.getByRole("list", { name: "Colours" })).toContainText("website");
    await costs.getByRole("button", { name: "Cost: show the table" }).click();
    const table = costs.getByRole("table", { name: "Cost by day" });
    await expect(table.getByRole("row").filter({ hasText: "$4.12" })).toHaveCount(1);
    const { name, text } = await savedText(page, costs.getByRole("button", { name: "Cost: save the table as CSV" }));
    expect(name).toBe("switchboard-cost-by-day.csv");
    const lines = text.replace("\uFEFF", "").trimEnd().split("\r\n");
    expect([lines[0], lines.length, lines.filter((line) => line.endsWith(",4.12,4.12,0"))]).toEqual([
      'Day,Remark,"All, USD",shop,website',
      31,
      [expect.stringMatching(/^\d{4}-\d\d-\d\d,/u)],
    ]);
  });

  await costs.getByRole("button", { name: "Ledger and prices" }).click();
  const transfer = costs.getByRole("region", { name: "Export and import" });

  await test.step("an export is read back without doubles", async () => {
    const { name, text } = await savedText(page, transfer.getByRole("button", { name: "Export as CSV" }));
    expect([name, text.trimEnd().split("\r\n").length]).toEqual([expect.stringMatching(/^costs-.*\.csv$/u), 8]);
    const wrong = `${text}x,,2026,one\r\n`;
    await transfer
      .getByLabel("File to import")
      .setInputFiles({ name: "costs.csv", mimeType: "text/csv", buffer: Buffer.from(wrong) });
    await expect(transfer).toContainText("0 messages added, 7 known before; 1 line could not be read.");
    await expect(transfer.getByRole("list", { name: "Lines that are no entries" })).toContainText("Line 9");
  });

  await test.step("a backup stands in the list, and the file is tidied", async () => {
    const ledger = costs.getByRole("region", { name: "The ledger" });
    await expect(ledger).toContainText("7 messages of the API");
    await ledger.getByRole("button", { name: "Back up now" }).click();
    await expect(ledger.getByRole("list", { name: /^Backups/u }).getByRole("listitem")).toHaveCount(1);
    await ledger.getByRole("button", { name: "Tidy the file" }).click();
    await expect(transfer).toContainText(/Tidied: .* before, .* now/u);
  });

  await test.step("a price file's mistake is named by its line; a good one prices the unknown model", async () => {
    const prices = costs.getByRole("region", { name: "Prices" });
    const file = join(stage.environment.home, "switchboard", "prices.json");
    const rates = { input: 1, output: 1000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
    const sheet = JSON.stringify({ asOf: "2026-01-01", prices: [{ models: [UNKNOWN], rates }] }, null, 2);
    await writeFile(file, sheet.replace('"output": 1000', '"output": -1'));
    await comeBackUntil(page, () => expect(prices.getByRole("alert")).toContainText(/has an error in line \d+/u, soon));
    await writeFile(file, sheet);
    await comeBackUntil(page, async () => {
      await expect(prices.getByRole("alert")).toHaveCount(0, soon);
      await expect(prices.getByRole("list", { name: "Models without a price" })).toHaveCount(0, soon);
    });
    await page.keyboard.press("Escape");
    await expect(tile(costs, "Right now")).toContainText("$10.62 and");
  });
});
