import type { Locator, Page } from "@playwright/test";
import { composer, expectReceipt, openApp, sendPayload, sentPayload, sessionHeader, sessionRow } from "./screen.ts";
import { seriousFindings } from "./seriousFindings.ts";
import { expect, test } from "./stage.ts";

/** Budgets through the page: made by keyboard, crossed by a real turn, refused in words, let go on. */

async function findingsInBothThemes(page: Page): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    findings.push(...(await seriousFindings(page)));
  }
  return findings;
}

/** A line with its frame. */
const ONE_LINE_PX = 64;

function banner(page: Page): Locator {
  return page.getByRole("region", { name: "Budget used up" });
}

function budgetCard(page: Page, name: string): Locator {
  return page.getByRole("list", { name: "Budgets" }).getByRole("listitem", { name });
}

async function showPage(page: Page, name: "Sessions" | "Costs"): Promise<void> {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name }).click();
}

/** Runs a line of the command palette by keyboard. */
async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Command palette" }).waitFor();
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
}

/** Makes a budget of a hundred tokens a day that holds new turns: any turn uses it up. */
async function makeBudgetByKeyboard(page: Page): Promise<void> {
  await runCommand(page, "New budget");
  const dialog = page.getByRole("dialog", { name: "New budget" });
  await expect(dialog.getByRole("combobox", { name: "Budget for" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("textbox", { name: "Limit" })).toBeFocused();
  await page.keyboard.type("nothing");
  await page.keyboard.press("Control+Enter");
  await expect(dialog.getByText("Write dollars, such as 10 or 2.50.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Limit" }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("100");
  await page.keyboard.press("Tab");
  await page.keyboard.type("tok");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("radio", { name: "Only tell me" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  expect(await findingsInBothThemes(page)).toEqual([]);
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toHaveCount(0);
}

test("a budget that is used up holds the next turn until somebody lets work go on", async ({ page, stage }) => {
  await openApp(page, stage.host());
  await stage.startSession("shop", { name: "Spends" });
  await sessionRow(page, /Spends/u).click();
  await makeBudgetByKeyboard(page);
  await runCommand(page, "Budgets");
  await expect(page.getByRole("heading", { name: "Budgets" })).toBeFocused();
  await expect(budgetCard(page, "Everything today")).toContainText("Within the limit");
  await expect(budgetCard(page, "Everything today")).toContainText("0 of 100 tokens");

  await sessionRow(page, /Spends/u)
    .or(page.getByRole("button", { name: "Sessions", exact: true }))
    .first()
    .click();
  await sendPayload(page, { kind: "Message", text: "SAY hello" });
  await expectReceipt(sentPayload(page, "SAY hello"), "answered");
  await expect(banner(page)).toContainText("Budget “Everything today” is used up");
  await expect(banner(page)).toContainText("New turns are held until midnight.");
  await expect(sessionHeader(page)).toContainText("Held by a budget");
  await expect(sessionRow(page, /Spends/u)).toContainText("The budget “Everything today” holds new turns");
  expect(await findingsInBothThemes(page)).toEqual([]);

  await sendPayload(page, { kind: "Message", text: "SAY once more" });
  const refused = composer(page).getByRole("alert");
  await expect(refused).toContainText("Not sent. Budget “Everything today” is used up");
  await expect(refused).toContainText("until midnight");
  await expect(composer(page).getByRole("textbox", { name: "Text of the payload" })).toHaveValue("SAY once more");
  expect(stage.api.requests.filter(({ conversation }) => conversation.prompt === "SAY once more")).toEqual([]);
  expect(await findingsInBothThemes(page)).toEqual([]);

  await refused.getByRole("button", { name: "Let work go on and send" }).click();
  await expectReceipt(sentPayload(page, "SAY once more"), "answered");
  await expect(banner(page)).toHaveCount(0);
  await expect(sessionHeader(page)).not.toContainText("Held by a budget");
});

test("a threshold is told once, and what is held can be let go on with a note and held again", async ({
  page,
  stage,
}) => {
  await openApp(page, stage.host());
  const { sessionId } = await stage.startSession("shop", { name: "Spends" });
  await sessionRow(page, /Spends/u).click();
  await page.getByRole("button", { name: "More actions for this session" }).click();
  await page.getByRole("menuitem", { name: "Set a budget for this session…" }).click();
  const form = page.getByRole("dialog", { name: "New budget" });
  await expect(form.getByRole("combobox", { name: "Session" })).toHaveValue(sessionId);
  await form.getByRole("textbox", { name: "Limit" }).fill("1000");
  await form.getByRole("textbox", { name: "Name" }).fill("Small");
  await form.getByRole("textbox", { name: "And at" }).fill("0.5");
  await form.getByRole("button", { name: "Make budget" }).click();
  await expect(form.getByText("Write whole numbers from 1 to 100")).toBeVisible();
  await expect(form.getByRole("textbox", { name: "Limit" })).toHaveValue("1000");
  await form.getByRole("textbox", { name: "And at" }).fill("1");
  await form.getByRole("combobox", { name: "Unit of the limit" }).selectOption("tokens");
  await form.getByRole("button", { name: "Make budget" }).click();
  await expect(form).toHaveCount(0);

  await sendPayload(page, { kind: "Message", text: "SAY hello" });
  await expectReceipt(sentPayload(page, "SAY hello"), "answered");
  const notice = page.getByRole("region", { name: "Budget threshold passed" });
  await expect(notice).toContainText("Budget “Small” is");
  const told = page.getByRole("status").filter({ hasText: "Budget “Small” is" });
  await expect(told).toHaveCount(1);
  await page.reload();
  await expect(notice).toContainText("Budget “Small” is");
  await expect(told).toHaveCount(0);
  await notice.getByRole("button", { name: "I have seen this" }).click();
  await expect(notice).toHaveCount(0);
  await page.reload();
  await expect(sessionRow(page, /Spends/u)).toBeVisible();

  await showPage(page, "Costs");
  const card = budgetCard(page, "Small");
  await expect(card).toContainText("Never begins anew");
  await expect(notice).toHaveCount(0);
  await page.getByRole("button", { name: "Recent alerts and overrides" }).click();
  const recorded = page.getByRole("list", { name: "Recent alerts and overrides" }).getByRole("listitem");
  await expect(recorded).toContainText([/“Small”/u]);

  await card.getByRole("button", { name: /^Change/u }).click();
  const change = page.getByRole("dialog", { name: "Change the budget" });
  await change.getByRole("textbox", { name: "Limit" }).fill("1");
  await change.getByRole("radio", { name: /^Hold new turns/u }).check();
  await change.getByRole("button", { name: "Save budget" }).click();
  await expect(card).toContainText("Used up: new turns are held");
  await expect(banner(page)).toContainText("until the budget is raised or somebody lets work go on");
  await banner(page).getByRole("button", { name: "Let work go on…" }).click();
  await page.getByRole("textbox", { name: "Why" }).fill("The release");
  expect(await findingsInBothThemes(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await expect(card).toContainText("Overridden: work goes on");
  await expect(card).toContainText("“The release”");
  await expect(banner(page)).toHaveCount(0);
  expect(await findingsInBothThemes(page)).toEqual([]);
  await expect(recorded.first()).toContainText("Budget “Small” was overridden");
  await expect(recorded.first()).toContainText("from a browser: “The release”");
  await card.getByRole("button", { name: "Take it back" }).focus();
  await page.keyboard.press("Enter");
  await expect(banner(page)).toBeVisible();
  await expect(card.getByRole("button", { name: "Let work go on…" })).toBeFocused();
  await expect(recorded.first()).toContainText("Taken back");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Why" }).press("Enter");
  await expect(card.getByRole("button", { name: "Take it back" })).toBeFocused();
  await card.getByRole("button", { name: /^Change/u }).click();
  await change.getByRole("radio", { name: "Only tell me" }).check();
  await change.getByRole("button", { name: "Save budget" }).click();
  await expect(change).toHaveCount(0);
  await card.getByRole("button", { name: "Take it back" }).focus();
  await page.keyboard.press("Enter");
  await expect(card).toContainText("Used up");
  await expect(card).toBeFocused();
  expect(await findingsInBothThemes(page)).toEqual([]);
  await card.getByRole("button", { name: /^Switch/u }).click();
  await expect(card).toContainText("Off");
  await expect(card.getByRole("button", { name: /^Switch on/u })).toBeFocused();
  await expect(banner(page)).toHaveCount(0);
  await card.getByRole("button", { name: /^Delete/u }).click();
  await page
    .getByRole("dialog", { name: "Delete this budget?" })
    .getByRole("button", { name: "Delete budget" })
    .click();
  await expect(card).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Budgets" })).toBeFocused();
  await expect(recorded).toContainText([/overridden/u, /overridden/u, /“Small”/u]);
});

test("without budgets their panel is one line, and what happened to budgets that are gone stays in reach", async ({
  page,
  stage,
}) => {
  await openApp(page, stage.host());
  await stage.startSession("shop", { name: "Spends", prompt: "SAY hello" });
  await expect(sessionRow(page, /Spends/u)).toBeVisible();
  await showPage(page, "Costs");
  const panel = page.getByRole("region", { name: "Budgets" });
  await expect(panel).toContainText("A budget tells you when a day, a project or a session has used so much");
  await expect(panel.getByRole("button")).toHaveText(["New budget…"]);
  expect((await panel.boundingBox())?.height).toBeLessThan(ONE_LINE_PX);
  expect(await findingsInBothThemes(page)).toEqual([]);

  await stage.backstage.request("budgets.create", {
    scope: { kind: "everything" },
    period: "day",
    limit: { unit: "tokens", amount: 10 },
  });
  const card = budgetCard(page, "Everything today");
  await expect(card).toContainText("Used up");
  await card.getByRole("button", { name: /^Delete/u }).click();
  await page
    .getByRole("dialog", { name: "Delete this budget?" })
    .getByRole("button", { name: "Delete budget" })
    .click();
  await expect(card).toHaveCount(0);
  await panel.getByRole("button", { name: "Recent alerts and overrides" }).click();
  await expect(panel.getByRole("list", { name: "Recent alerts and overrides" })).toContainText("Everything today");
});

test("each session of a broadcast says what held it, and a held start says so in its dialog", async ({
  page,
  stage,
}) => {
  await openApp(page, stage.host());
  const one = await stage.startSession("one", { name: "Session one", prompt: "SAY ready" });
  await stage.startSession("two", { name: "Session two" });
  await stage.backstage.until(one.sessionId, ({ turnCount }) => turnCount === 1);
  await stage.backstage.request("budgets.create", {
    scope: { kind: "project", projectPath: one.projectPath },
    period: "day",
    limit: { unit: "tokens", amount: 10 },
    atLimit: "hold",
  });
  await expect(banner(page)).toContainText("Budget “one today” is used up");
  await sessionRow(page, /Session two/u).click();
  await composer(page).getByRole("button", { name: "To this session" }).click();
  const targets = page.getByRole("dialog", { name: "Sessions that get it" });
  await targets.getByRole("checkbox", { name: /Session one/u }).check();
  await page.keyboard.press("Escape");
  await sendPayload(page, { kind: "Message", text: "SAY heard" });
  const rows = composer(page).getByRole("region", { name: "Last broadcast" }).getByRole("row");
  await expectReceipt(rows.filter({ hasText: "Session two" }), "answered");
  const held = rows.filter({ hasText: "Session one" });
  await expect(held).toContainText("Not sent. Budget “one today” is used up");

  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "New", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "New session" });
  await dialog.getByRole("combobox", { name: "Directory" }).fill(one.projectPath);
  await dialog.getByRole("textbox", { name: "Prompt" }).fill("SAY a third");
  await dialog.getByRole("button", { name: "Start session" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Not started. Budget “one today” is used up");
  await expect(dialog.getByRole("textbox", { name: "Prompt" })).toHaveValue("SAY a third");
  await dialog.getByRole("button", { name: "Let work go on and start" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(sessionHeader(page)).toContainText("SAY a third");

  await sessionRow(page, /Session two/u).click();
  await held.getByRole("button", { name: "Let work go on and send" }).click();
  await expectReceipt(held, "answered");
});

test("a session that its budget closed is resumed when somebody lets work go on", async ({ page, stage }) => {
  await openApp(page, stage.host());
  await stage.backstage.request("budgets.create", {
    scope: { kind: "eachSession" },
    period: "always",
    limit: { unit: "tokens", amount: 10 },
    atLimit: "close",
  });
  await stage.startSession("shop", { name: "Spends" });
  await sessionRow(page, /Spends/u).click();
  await sendPayload(page, { kind: "Message", text: "SAY hello" });
  const resume = sessionHeader(page).getByRole("button", { name: "Resume here" });
  await expect(resume).toBeVisible();
  await expect(page.getByRole("region", { name: "Budget threshold passed" })).toContainText(
    "Budget “Each session” is used up by “Spends”",
  );
  await resume.click();
  const refused = page.getByRole("main", { name: "Session" }).getByRole("alert");
  await expect(refused).toContainText("Not resumed.");
  expect(await findingsInBothThemes(page)).toEqual([]);
  await refused.getByRole("button", { name: "Let work go on and resume" }).click();
  await expect(sessionHeader(page).getByRole("button", { name: "Close" })).toBeVisible();
  await expect(refused).toHaveCount(0);
});
