import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { composer, inbox, openApp, sessionHeader } from "./screen.ts";
import { expect, test } from "./stage.ts";

/** The main job without a mouse. */

test("sessions are found, opened and written to by keyboard alone", async ({ page, stage }) => {
  await stage.startSession("alpha", { name: "First of two" });
  await stage.startSession("beta", { name: "Second of two" });
  await openApp(page, stage.host());
  await expect(page.getByRole("navigation", { name: "Sessions" }).getByRole("button", { name: /of two/u })).toHaveCount(
    2,
  );

  await test.step("the palette opens a session", async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("First of");
    await page.keyboard.press("Enter");
    await expect(sessionHeader(page).getByRole("heading", { name: "First of two" })).toBeVisible();
  });

  await test.step("j and k walk the list, Enter opens", async () => {
    await page.keyboard.press("j");
    const names: (string | null)[] = [];
    for (const key of ["k", "j"] as const) {
      await page.keyboard.press(key);
      names.push(await page.evaluate(() => document.activeElement?.textContent ?? null));
    }
    expect(new Set(names).size).toBe(2);
    await page.keyboard.press("Enter");
    await expect(sessionHeader(page).getByRole("heading", { name: /of two/u })).toBeVisible();
  });

  await test.step("c writes, Ctrl+Enter sends", async () => {
    await page.keyboard.press("c");
    await expect(composer(page).getByRole("textbox", { name: "Text of the payload" })).toBeFocused();
    await page.keyboard.type("SAY typed");
    await page.keyboard.press("Control+Enter");
    await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Idle: typed/u);
  });

  await test.step("? shows every key, Escape closes", async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard" });
    await expect(help).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
  });
});

test("a new session is started by keyboard alone", async ({ page, stage }) => {
  const cwd = await stage.environment.projectDir("shop");
  await openApp(page, stage.host());
  await page.keyboard.press("n");
  await expect(page.getByRole("combobox", { name: "Directory" })).toBeFocused();
  await page.keyboard.type(cwd);
  const prompt = page.getByRole("dialog", { name: "New session" }).getByRole("textbox", { name: "Prompt" });
  for (let tabs = 0; tabs < 10 && !(await prompt.evaluate((box) => box === document.activeElement)); tabs += 1) {
    await page.keyboard.press("Tab");
  }
  await expect(prompt).toBeFocused();
  await page.keyboard.type("SAY started");
  await page.keyboard.press("Control+Enter");
  await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Idle: started/u);
});

test("requests are answered by keyboard alone, a dangerous one only with a second step", async ({ page, stage }) => {
  const harmless = await stage.startSession("harmless", { prompt: "RUN_BASH touch harmless.txt" });
  await stage.backstage.until(harmless.sessionId, ({ activity }) => activity.kind === "awaiting_permission");
  const dangerous = await stage.startSession("dangerous", { prompt: "RUN_BASH rm -rf old" });
  await mkdir(join(dangerous.projectPath, "old"));
  await stage.backstage.until(dangerous.sessionId, ({ activity }) => activity.kind === "awaiting_permission");
  await openApp(page, stage.host());
  const cards = inbox(page).getByRole("article", { name: "Wants to run a command" });
  await expect(cards).toHaveCount(2);

  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(cards.first()).toBeFocused();
  await page.keyboard.press("a");
  await stage.backstage.until(harmless.sessionId, ({ turnCount }) => turnCount === 1);
  await access(join(harmless.projectPath, "harmless.txt"));

  const card = inbox(page).getByRole("article").filter({ hasText: "rm -rf old" });
  await expect(card.getByRole("list", { name: "Warnings" })).toContainText("Deletes directories");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.keyboard.press("j");
  await expect(card).toBeFocused();
  await page.keyboard.press("a");
  const confirm = card.getByRole("group", { name: "Confirm" });
  await expect(confirm.getByRole("button", { name: "Go back" })).toBeFocused();
  // Neither the key again nor Enter may let it through.
  await page.keyboard.press("a");
  await expect(confirm).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(confirm).toBeHidden();
  await access(join(dangerous.projectPath, "old"));
  await card.focus();
  await page.keyboard.press("a");
  await page.keyboard.press("Tab");
  await expect(confirm.getByRole("button", { name: "Allow it anyway" })).toBeFocused();
  await page.keyboard.press("Space");
  await stage.backstage.until(dangerous.sessionId, ({ turnCount }) => turnCount === 1);
  await expect(access(join(dangerous.projectPath, "old"))).rejects.toThrow();
});

test("a request is denied by keyboard alone", async ({ page, stage }) => {
  await openApp(page, stage.host());
  await stage.startSession("shop", { prompt: "RUN_BASH touch unwanted.txt" });
  const card = inbox(page).getByRole("article", { name: "Wants to run a command" });
  await expect(card).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(card).toBeFocused();
  await page.keyboard.press("d");
  const told = await stage.api.waitForRequest(({ conversation }) => conversation.toolResults.length > 0);
  expect(told.conversation.toolResults[0]).toMatchObject({ toolName: "Bash", isError: true });
});
