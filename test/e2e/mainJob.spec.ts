import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { composer, inbox, openApp, openTranscript, sessionHeader, streamText, transcript } from "./screen.ts";
import { expect, test } from "./stage.ts";

/** Starting, watching, and answering what a session asks, through the page. */

async function startThroughDialog(
  page: Page,
  session: { readonly cwd: string; readonly prompt: string },
): Promise<void> {
  await page.getByRole("button", { name: /^New/u }).first().click();
  const dialog = page.getByRole("dialog", { name: "New session" });
  await dialog.getByRole("combobox", { name: "Directory" }).fill(session.cwd);
  await dialog.getByRole("textbox", { name: "Prompt" }).fill(session.prompt);
  await dialog.getByRole("button", { name: "Start session" }).click();
  await expect(dialog).toBeHidden();
}

test("a session is started with a prompt and its text streams in", async ({ page, stage }) => {
  await openApp(page, stage.host());
  await startThroughDialog(page, { cwd: await stage.environment.projectDir("shop"), prompt: "STREAM 240 25" });
  await expect(sessionHeader(page).getByRole("heading", { name: "STREAM 240 25" })).toBeVisible();
  const stream = await streamText(page);
  await expect(stream).toContainText("word-13");
  // Still on the way: what is seen was not waited for.
  await expect(sessionHeader(page).getByRole("status")).toHaveText("Working");
  await expect(stream).not.toContainText("word-240");
  await expect(stream).toContainText("word-240");
  await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Idle/u);
});

test("a command is asked for within a second, allowed, and really runs", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const cwd = await stage.environment.projectDir("shop");
  await startThroughDialog(page, { cwd, prompt: "RUN_BASH echo made > made.txt" });
  const card = inbox(page).getByRole("article", { name: "Wants to run a command" });
  await expect(card).toContainText("echo made > made.txt");
  await expect(card).toContainText(cwd);
  await card.getByRole("button", { name: /^Allow/u }).click();
  await expect(transcript(await shown(page))).toContainText("The Bash tool answered");
  expect(await readFile(join(cwd, "made.txt"), "utf8")).toBe("made\n");
  await expect(inbox(page).getByText("Nothing waits for you")).toBeVisible();
  await expect(inbox(page).getByRole("listitem").filter({ hasText: "made.txt" })).toContainText("Allowed");
});

test("a request shows in the inbox within a second of its arrival at the host", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const { sessionId } = await stage.startSession("shop", { prompt: "RUN_BASH touch quick.txt" });
  await stage.backstage.until(sessionId, ({ activity }) => activity.kind === "awaiting_permission");
  await expect(inbox(page).getByRole("article", { name: "Wants to run a command" })).toBeVisible({ timeout: 1_000 });
});

test("a denial with a message is read by the model", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const cwd = await stage.environment.projectDir("shop");
  await startThroughDialog(page, { cwd, prompt: "RUN_BASH touch unwanted.txt" });
  const card = inbox(page).getByRole("article", { name: "Wants to run a command" });
  await card.getByText("Reply, stop the turn, edit the input").click();
  await card.getByRole("textbox", { name: /^Reply when denied/u }).fill("Ask the database team first");
  await card.getByRole("button", { name: /^Deny with reply/u }).click();
  const told = await stage.api.waitForRequest(({ conversation }) => conversation.toolResults.length > 0);
  expect(told.conversation.toolResults[0]).toMatchObject({ toolName: "Bash", isError: true });
  expect(told.conversation.toolResults[0]?.text).toContain("Ask the database team first");
  await expect(transcript(await shown(page))).toContainText("The Bash tool was refused or failed");
  await expect(access(join(cwd, "unwanted.txt"))).rejects.toThrow();
});

test("a command is allowed with an edited input", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const cwd = await stage.environment.projectDir("shop");
  await startThroughDialog(page, { cwd, prompt: "RUN_BASH touch asked.txt" });
  const card = inbox(page).getByRole("article", { name: "Wants to run a command" });
  await card.getByText("Reply, stop the turn, edit the input").click();
  await card.getByRole("button", { name: "Edit the input" }).click();
  await card.getByRole("textbox", { name: "Input to run instead, as JSON" }).fill('{"command": "touch edited.txt"}');
  await card.getByRole("button", { name: /^Allow as edited/u }).click();
  await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Idle/u);
  await access(join(cwd, "edited.txt"));
  await expect(access(join(cwd, "asked.txt"))).rejects.toThrow();
});

test("a file edit is shown as a diff before it is allowed", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const cwd = await stage.environment.projectDir("shop");
  await startThroughDialog(page, { cwd, prompt: "WRITE_FILE notes.md first line" });
  const card = inbox(page).getByRole("article", { name: "Wants to write a file" });
  await expect(card).toContainText("notes.md");
  await expect(card).toContainText("first line");
  await card.getByRole("button", { name: /^Allow/u }).click();
  await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Idle/u);
  expect(await readFile(join(cwd, "notes.md"), "utf8")).toBe("first line");
});

test("questions are answered in a form", async ({ page, stage }) => {
  await openApp(page, stage.host());
  await startThroughDialog(page, { cwd: await stage.environment.projectDir("shop"), prompt: "ASK_QUESTION" });
  const card = inbox(page).getByRole("article", { name: "Asks a question" });
  const send = card.getByRole("button", { name: "Send the answers" });
  await expect(send).toBeDisabled();
  await card.getByRole("radio", { name: /^PostgreSQL/u }).check();
  await card.getByRole("checkbox", { name: /^By day/u }).check();
  await card.getByRole("checkbox", { name: /^By project/u }).check();
  await send.click();
  const told = await stage.api.waitForRequest(({ conversation }) => conversation.toolResults.length > 0);
  const answer = told.conversation.toolResults[0];
  expect(answer).toMatchObject({ toolName: "AskUserQuestion", isError: false });
  expect(answer?.text).toContain('"Which database should the ledger use?"="PostgreSQL"');
  expect(answer?.text).toContain('"Which reports do you want?"="By day, By project"');
  await expect(inbox(page).getByText("Nothing waits for you")).toBeVisible();
  await expect(transcript(await shown(page))).toContainText("The AskUserQuestion tool answered");
});

test("a plan is sent back with feedback, then approved", async ({ page, stage }) => {
  await openApp(page, stage.host());
  await stage.startSession("shop", { prompt: "PLAN Add a health check", permissionMode: "plan" });
  const card = inbox(page).getByRole("article", { name: "Has a plan to approve" });
  await expect(card.getByRole("heading", { name: "Plan: Add a health check" })).toBeVisible();
  await expect(card.getByRole("listitem").filter({ hasText: "Write a failing test" })).toBeVisible();
  await card.getByRole("textbox", { name: /^Feedback/u }).fill("Say who will be woken up");
  await card.getByRole("button", { name: /^Keep planning/u }).click();
  await stage.api.waitForRequest(({ conversation }) =>
    conversation.toolResults.some((result) => result.isError && result.text.includes("Say who will be woken up")),
  );
  await openTranscript(page, /PLAN Add a health check/u);
  await composer(page)
    .getByRole("textbox", { name: "Text of the payload" })
    .fill("PLAN Add a health check, second try");
  await composer(page).getByRole("button", { name: "Send" }).click();
  const second = inbox(page).getByRole("article", { name: "Has a plan to approve" }).filter({ hasText: "second try" });
  await second.getByRole("button", { name: /^Approve/u }).click();
  const approved = await stage.api.waitForRequest(({ conversation }) =>
    conversation.toolResults.some((result) => result.toolName === "ExitPlanMode" && !result.isError),
  );
  expect(approved.conversation.toolResults.at(-1)?.text).toContain("approved");
  await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Idle/u);
});

/** The page with the transcript of the chosen session. */
async function shown(page: Page): Promise<Page> {
  await page.getByRole("tab", { name: "Transcript" }).click();
  return page;
}
