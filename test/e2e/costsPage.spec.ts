import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { openApp, sessionHeader, sessionRow, transcript } from "./screen.ts";
import { writePricedSession } from "../support/pricedTranscript.ts";
import { expect, type Stage, test } from "./stage.ts";

/** What a person does on the Costs page: looks, narrows, asks why, takes the figures along, and watches them grow. */

const DAY_MS = 86_400_000;
// Haiku 4.5 costs 1 dollar a million tokens of input and 5 of output.
const HAIKU = "claude-haiku-4-5";
/** More than the page has. */
const MOST_STOPS = 100;
const UNKNOWN = "claude-mystery-1";

/** Noon, so many days ago, where the browser is. */
function noon(daysAgo: number): Date {
  const day = new Date(Date.now() - daysAgo * DAY_MS);
  day.setHours(12, 0, 0, 0);
  return day;
}

/** Two sessions in two projects: $4.12 two days ago, $0.50 and three messages without a price four days ago. */
async function seed({ environment }: Stage): Promise<void> {
  const { configDir } = environment;
  await writePricedSession(configDir, {
    sessionId: "11111111-1111-4111-8111-111111111111",
    cwd: await environment.projectDir("shop"),
    turns: [
      { said: "Look at the till", at: noon(2), messages: [{ model: HAIKU, output: 24_000 }] },
      {
        said: "Rebuild the till",
        at: new Date(noon(2).getTime() + 600_000),
        messages: [
          { model: HAIKU, input: 1_000_000, output: 400_000 },
          { model: HAIKU, output: 200_000 },
        ],
      },
    ],
  });
  await writePricedSession(configDir, {
    sessionId: "22222222-2222-4222-8222-222222222222",
    cwd: await environment.projectDir("website"),
    turns: [
      {
        said: "Draw a logo",
        at: noon(4),
        messages: [
          { model: HAIKU, output: 100_000 },
          ...[1, 2, 3].map((count) => ({ model: UNKNOWN, output: count * 1000 })),
        ],
      },
    ],
  });
}

/** As a date box takes it, e.g. `2026-11-20`. */
function dayOf(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

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

async function openCosts(page: Page, stage: Stage): Promise<Locator> {
  await openApp(page, stage.host());
  await expect(sessionRow(page, /Look at the till/u)).toBeVisible();
  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Costs" }).click();
  return page.getByRole("main", { name: "Costs" });
}

function dearest(costs: Locator): Locator {
  return costs.getByRole("table", { name: /^The dearest/u });
}

function tile(costs: Locator, label: string): Locator {
  return costs.getByRole("list", { name: "At a glance" }).getByRole("listitem").filter({ hasText: label });
}

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

test("why a session cost $4.12 is found from the day down to the price of a message", async ({ page, stage }) => {
  await seed(stage);
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

test("filters narrow tiles, charts and lists, and what is not priced is said", async ({ page, stage }) => {
  await seed(stage);
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
  await seed(stage);
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

test("every chart and every table is reached by the keyboard alone", async ({ page, stage }) => {
  await seed(stage);
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

test("every chart has a table, and the figures can be taken along and brought back", async ({ page, stage }) => {
  await seed(stage);
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

test("a turn raises today’s figure, the header and the Cost tab while it runs", async ({ page, stage }) => {
  await seed(stage);
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

test("labels a session by keyboard, finds it by its label, and adds costs up by it", async ({ page, stage }) => {
  await seed(stage);
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
