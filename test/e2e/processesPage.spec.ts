import type { Locator, Page } from "@playwright/test";
import { openApp, sessionHeader, sessionRow } from "./screen.ts";
import { expect, hasTmux, test } from "./terminalStage.ts";

/** Every claude process on the machine: whose it is, what it has open, and how it is stopped. */

test.skip(!hasTmux, "There is no tmux.");

test("processes of a terminal and of the app are listed, and stopped only when that is meant", async ({
  page,
  stage,
  terminal,
}) => {
  const cwd = await stage.environment.projectDir("shop");
  const repl = await terminal.start(cwd);
  const owned = await stage.startSession("warehouse", { prompt: "SAY counted", name: "Stock taking" });
  await openApp(page, stage.host());
  const replSession = page.getByRole("list", { name: `Sessions in ${cwd}` }).locator("[data-session-row]");
  await expect(replSession).toContainText("Idle");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  const ours = processRow(page, owned.pid ?? 0);
  const theirs = processRow(page, repl.pid);

  await test.step("each stands with its session and its project", async () => {
    await expect(ours).toContainText("owned");
    await expect(ours).toContainText("stdin");
    await expect(ours).toContainText("warehouse");
    await expect(ours.getByRole("button", { name: "Stock taking", exact: true })).toBeVisible();
    await expect(theirs).toContainText("observed");
    await expect(theirs).toContainText("shop");
    await expect(theirs).toContainText("--permission-mode default");
    await expect(theirs).toContainText("pts/");
  });

  await test.step("they can be filtered and sorted, and lead to their session", async () => {
    await page.getByRole("searchbox", { name: "Filter processes" }).fill("warehouse");
    await expect(theirs).toHaveCount(0);
    await expect(ours).toHaveCount(1);
    await page.getByRole("searchbox", { name: "Filter processes" }).fill("");
    await expect(theirs).toHaveCount(1);
    await page.getByRole("button", { name: "Pid", exact: true }).click();
    await expect(page.getByRole("columnheader", { name: "Pid" })).toHaveAttribute("aria-sort", "ascending");
    await ours.getByRole("button", { name: "Stock taking", exact: true }).click();
    await expect(sessionHeader(page).getByRole("heading", { name: "Stock taking" })).toBeVisible();
    await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Processes" }).click();
  });

  await test.step("somebody else's is stopped only after a question", async () => {
    const question = page.getByRole("dialog", { name: "Stop a process of somebody else's terminal?" });
    await theirs.getByRole("button", { name: `Stop process ${repl.pid}` }).click();
    await expect(question).toContainText(`Process ${repl.pid} on pts/`);
    await expect(question).toContainText(cwd);
    await expect(question.getByRole("button", { name: "Keep it running" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(question).toBeHidden();
    expect(isRunning(repl.pid)).toBe(true);
    await expect(theirs).toHaveCount(1);

    await theirs.getByRole("button", { name: `Stop process ${repl.pid}` }).click();
    await question.getByRole("button", { name: "Stop it all the same" }).click();
    await expect(page.getByText(`Process ${repl.pid} has ended`)).toBeVisible();
    await expect(theirs).toHaveCount(0);
    await expect.poll(() => isRunning(repl.pid)).toBe(false);
  });

  await test.step("one of the app's own is stopped by closing its session", async () => {
    const question = page.getByRole("dialog", { name: "Close this session?" });
    await ours.getByRole("button", { name: `Stop process ${owned.pid ?? 0}` }).click();
    await expect(question).toContainText("Stock taking");
    await question.getByRole("button", { name: "Close session" }).click();
    await expect(ours).toHaveCount(0);
    await stage.backstage.until(owned.sessionId, ({ live, activity }) => !live && activity.kind === "ended");
    await expect.poll(() => isRunning(owned.pid ?? 0)).toBe(false);
    await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Sessions" }).click();
    await expect(sessionRow(page, /Stock taking/u)).toContainText("Ended");
    await expect(page.getByRole("radio", { name: "Live 0" })).toBeVisible();
  });
});

function processRow(page: Page, pid: number): Locator {
  return page
    .getByRole("main", { name: "Processes" })
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name: `Stop process ${pid}`, exact: true }) });
}

/** Whether a process with this pid is there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
