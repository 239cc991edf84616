import type { Page } from "@playwright/test";
import {
  composer,
  expectReceipt,
  inbox,
  openApp,
  openTranscript,
  sentPayload,
  sessionHeader,
  transcript,
} from "./screen.ts";
import { expect, test } from "./stage.ts";

/** Killed children, restarted hosts, and pages that may not connect. */

test("a killed child fails with a reason, and resumes with its history", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const { sessionId, pid } = await stage.startSession("shop", { prompt: "SAY before the fall" });
  await stage.backstage.until(sessionId, ({ turnCount }) => turnCount === 1);
  await openTranscript(page, /SAY before/u);
  process.kill(pid ?? 0, "SIGKILL");
  await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Failed: .*SIGKILL/u);
  await expect(page.getByRole("alert").filter({ hasText: "Resume continues the session" })).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Idle/u);
  await composer(page).getByRole("textbox", { name: "Text of the payload" }).fill("SAY back again");
  await composer(page).getByRole("button", { name: "Send" }).click();
  await expectReceipt(sentPayload(page, "SAY back again"), "answered");
  await expect(transcript(page)).toContainText("before the fall");
  // The resumed process knows what was said before it.
  const asked = await stage.api.waitForRequest(({ conversation }) => conversation.prompt === "SAY back again");
  expect(JSON.stringify(asked.body)).toContain("SAY before the fall");
});

for (const how of ["stop", "kill"] as const) {
  test(`after a host ${how} and restart the page goes on without a reload, and nothing is lost or doubled`, async ({
    page,
    stage,
  }) => {
    await openApp(page, stage.host());
    const session = await stage.startSession("shop", { prompt: "RUN_BASH touch kept.txt && echo kept" });
    await inbox(page)
      .getByRole("button", { name: /^Allow/u })
      .click();
    await stage.backstage.until(session.sessionId, ({ turnCount }) => turnCount === 1);
    await openTranscript(page, /RUN_BASH/u);
    await expect(transcript(page).getByText("Turn finished")).toHaveCount(1);
    const before = await conversationOf(page);
    await page.evaluate(() => Reflect.set(window, "loadedOnce", true));

    await (how === "kill" ? stage.host().kill() : stage.host().stop());
    await expect(page.getByRole("status").filter({ hasText: "The connection to the host is lost" })).toBeVisible();
    await stage.startHostAgain();
    await expect(page.getByText("The connection to the host is lost")).toBeHidden();

    await expect(transcript(page).getByText("Turn finished")).toHaveCount(1);
    const after = await conversationOf(page);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.filter((row) => row.includes("The Bash tool answered: kept"))).toHaveLength(1);
    await expectReceipt(sentPayload(page, "RUN_BASH touch kept.txt"), "answered");
    await expect(inbox(page).getByRole("listitem").filter({ hasText: "kept.txt" })).toContainText("Allowed");
    expect(await page.evaluate(() => Reflect.get(window, "loadedOnce"))).toBe(true);

    await page.getByRole("button", { name: "Resume" }).click();
    await expect(sessionHeader(page).getByRole("status")).toHaveText(/^Idle/u);
    await page.reload();
    await expect(transcript(page).getByText("Turn finished")).toHaveCount(1);
  });
}

test("a connection that breaks in the middle of a stream costs no word and doubles none", async ({ page, stage }) => {
  const sockets: { readonly close: () => Promise<void> }[] = [];
  await page.routeWebSocket(/\/api\/v1\/socket$/u, (socket) => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await openApp(page, stage.host());
  const { sessionId } = await stage.startSession("shop", { prompt: "STREAM 120 40" });
  await openTranscript(page, /STREAM/u);
  for (const word of ["word-20", "word-60"]) {
    await expect(transcript(page)).toContainText(word);
    await sockets.at(-1)?.close();
  }
  await stage.backstage.until(sessionId, ({ turnCount }) => turnCount === 1);
  await expect(transcript(page).getByText("Turn finished")).toHaveCount(1);
  expect(sockets.length).toBeGreaterThanOrEqual(3);
  const seen = (await transcript(page).innerText()).match(/word-\d+/gu);
  expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `word-${String(index + 1)}`));
});

test("a request that was open when the host stopped is expired, not lost", async ({ page, stage }) => {
  await openApp(page, stage.host());
  await stage.startSession("shop", { prompt: "RUN_BASH touch x.txt" });
  await expect(inbox(page).getByRole("button", { name: /^Allow/u })).toBeVisible();
  await stage.host().kill();
  await stage.startHostAgain();
  await expect(inbox(page).getByRole("listitem").filter({ hasText: "touch x.txt" })).toContainText("Expired");
  await expect(inbox(page).getByRole("button", { name: /^Allow/u })).toHaveCount(0);
});

test("a page without a token, or with a wrong one, says what to do", async ({ page, stage }) => {
  const { url } = stage.host();
  for (const address of [url, `${url}/#token=not-the-token-of-this-host`]) {
    await page.goto("about:blank");
    await page.goto(address);
    const banner = page.getByRole("status").filter({ hasText: "This page may not connect" });
    await expect(banner).toContainText("Open the address with the token");
    await expect(page.getByRole("button", { name: /RUN_BASH/u })).toHaveCount(0);
  }
});

test("the token leaves the address bar and survives a reload", async ({ page, stage }) => {
  await openApp(page, stage.host());
  expect(page.url()).toBe(`${stage.host().url}/`);
  await page.reload();
  await expect(page.getByText("No session yet")).toBeVisible();
});

async function conversationOf(page: Page): Promise<readonly string[]> {
  const rows = await transcript(page).getByRole("feed", { name: "Conversation" }).getByRole("article").allInnerTexts();
  // The age of a row grows while the test runs.
  return rows.map((row) => row.replaceAll(/\b(?:now|\d+ ?(?:s|m|h))\b/gu, "").trim());
}
