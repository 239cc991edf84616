import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import {
  composer,
  expectReceipt,
  openApp,
  openTranscript,
  sendPayload,
  sentPayload,
  sessionHeader,
  streamText,
  transcript,
} from "./screen.ts";
import { expect, hasTmux, test } from "./terminalStage.ts";

/** Sessions that a person runs in a terminal: seen live, left alone, and taken over once they have ended. */

test.skip(!hasTmux, "There is no tmux.");

test("a terminal's session is watched from its start to its end, then taken over", async ({
  page,
  stage,
  terminal,
}) => {
  test.slow();
  const cwd = await stage.environment.projectDir("shop");
  await openApp(page, stage.host());
  const repl = await terminal.start(cwd);
  const row = rowIn(page, cwd);

  await test.step("it stands under its project, marked as somebody else's", async () => {
    await expect(row).toHaveCount(1);
    await expect(row).toContainText("terminal");
    await expect(row).toContainText("Idle");
    await row.click();
    await expect(status(page)).toHaveText(new RegExp(`observed · pid ${repl.pid}.*Idle`, "u"));
    await expect(composer(page)).toContainText("runs in somebody else's process, and no route leads into it");
    await expect(composer(page).getByRole("textbox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Resume here" })).toHaveCount(0);
  });

  await test.step("its state follows what it does: idle, working, idle", async () => {
    const gate = stage.api.hold("SAY The shop");
    await repl.say("SAY The shop is open.");
    await expect(status(page)).toHaveText(/Working$/u);
    await expect(row).toContainText("Working");
    gate.release();
    await expect(status(page)).toHaveText(/Idle: The shop is open\.$/u);
    await expect(row).toContainText("SAY The shop is open.");
  });

  await test.step("stream and transcript tell it live", async () => {
    await expect(await streamText(page)).toContainText("SAY The shop is open.");
    await repl.say("SAY Two customers came.");
    await expect(page.getByRole("region", { name: "Stream" }).getByRole("list")).toContainText("Two customers came.");
    await page.getByRole("tab", { name: "Transcript" }).click();
    await expectSaid(page, ["The shop is open.", "Two customers came."]);
    await repl.say("SAY One of them paid.");
    await expectSaid(page, ["The shop is open.", "Two customers came.", "One of them paid."]);
  });

  await test.step("a permission is waited for by name, in its terminal", async () => {
    await repl.say("RUN_BASH: touch made; until [ -e go ]; do sleep 0.05; done");
    await expect(status(page)).toHaveText(/Needs permission for Bash\. Answer it in its terminal$/u);
    await page.getByRole("radio", { name: /^Needs you 1$/u }).click();
    await expect(row).toContainText("Needs permission");
    let isWaiting = true;
    const goesOn = expect(status(page))
      .toHaveText(/Running Bash$/u)
      .then(() => (isWaiting = false));
    await repl.answer("Enter", "Do you want to proceed?", () => isWaiting);
    await goesOn;
    await expect(row).toHaveCount(0);
    await page.getByRole("radio", { name: /^All/u }).click();
    await writeFile(join(cwd, "go"), "");
    await expect(status(page)).toHaveText(/Idle: The Bash tool answered/u);
    await access(join(cwd, "made"));
  });

  await test.step("killed, it has ended", async () => {
    process.kill(repl.pid, "SIGKILL");
    await expect(status(page)).toHaveText("Ended");
    await expect(row).toContainText("Ended");
    await expect(row).not.toContainText("terminal");
    await expect(composer(page)).toContainText("This session has no process. Resume it to send something.");
  });

  await test.step("taken over, it goes on here with all of its past, each word once", async () => {
    await page.getByRole("button", { name: "Resume here" }).click();
    await expect(status(page)).toHaveText(/^Idle/u);
    await expect(row).toContainText("owned");
    await expectSaid(page, ["The shop is open.", "Two customers came.", "One of them paid."]);
    await sendPayload(page, { kind: "Message", text: "SAY The till is right." });
    await expectReceipt(sentPayload(page, "SAY The till is right."), "answered");
    const asked = await stage.api.waitForRequest(
      ({ conversation }) => conversation.prompt === "SAY The till is right.",
    );
    expect(JSON.stringify(asked.body)).toContain("SAY Two customers came.");
    const all = ["The shop is open.", "Two customers came.", "One of them paid.", "The till is right."];
    await expectSaid(page, all);
    await page.reload();
    await expectSaid(page, all);
  });
});

test("a session that a terminal opened a moment ago is not taken over, and the page says why", async ({
  page,
  stage,
  terminal,
}) => {
  const cwd = await stage.environment.projectDir("shop");
  const events = await holdableEvents(page);
  const first = await terminal.start(cwd);
  await first.shows("? for shortcuts");
  await first.say("SAY We are closed.");
  await openApp(page, stage.host());
  await openTranscript(page, /SAY We are closed/u);
  await expect(status(page)).toHaveText(/Idle: We are closed\.$/u);
  const sessionId = (await rowIn(page, cwd).getAttribute("data-session-row")) ?? "";
  await first.say("/exit");
  await expect(status(page)).toHaveText("Ended");

  // The page is a moment behind: it does not yet know that the session runs again.
  events.hold();
  const again = await terminal.start(cwd, ["--resume", sessionId]);
  await stage.backstage.until(sessionId, ({ live, owner }) => live && owner === "observed");
  await page.getByRole("button", { name: "Resume here" }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "Another process has this session open." });
  await expect(refusal).toContainText("End it there, then take it over here.");
  await expect(refusal).toContainText(String(again.pid));
  events.release();
  await expect(status(page)).toHaveText(new RegExp(`observed · pid ${again.pid}`, "u"));
  await refusal.getByRole("button", { name: "Close this note" }).click();
  await expect(refusal).toHaveCount(0);

  await again.shows("We are closed.");
  process.kill(again.pid, "SIGKILL");
  await expect(status(page)).toHaveText("Ended");
  await page.getByRole("button", { name: "Resume here" }).click();
  await expect(status(page)).toHaveText(/^Idle/u);
  await expect(rowIn(page, cwd)).toContainText("owned");
  await expectSaid(page, ["We are closed."]);
});

/** Lets a test keep events from the page for a while, as a slow connection does; answers come through. */
async function holdableEvents(page: Page): Promise<{ readonly hold: () => void; readonly release: () => void }> {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/\/api\/v1\/socket$/u, (socket) => {
    socket.connectToServer().onMessage((message) => {
      const isEvents = String(message).includes('"t":"events"');
      if (held !== null && isEvents) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  return {
    hold: () => (held = []),
    release: () => {
      for (const send of held ?? []) send();
      held = null;
    },
  };
}

/** The only session of a project in the list. */
function rowIn(page: Page, cwd: string): Locator {
  return page.getByRole("list", { name: `Sessions in ${cwd}` }).locator("[data-session-row]");
}

function status(page: Page): Locator {
  return sessionHeader(page).getByRole("status");
}

/** What Claude said, each once and in this order. */
async function expectSaid(page: Page, words: readonly string[]): Promise<void> {
  const said = transcript(page)
    .getByRole("article")
    .filter({ hasText: new RegExp(`^(?:${words.join("|")})`, "u") });
  await expect(said).toHaveText(words.map((text) => new RegExp(`^${text}`, "u")));
}
