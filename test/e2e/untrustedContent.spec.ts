import type { Page } from "@playwright/test";
import { inbox, openApp, openTranscript, sessionRow, streamText, transcript } from "./screen.ts";
import { expect, test } from "./stage.ts";

/** Everything that a session says is untrusted: no HTML of it becomes part of the page, no escape sequence acts. */

const HTML = '<img src="/none" onerror="document.title=\'owned\'"><script>document.title="owned"</script><b>bold</b>';
const ESCAPES =
  "\u001b[2J\u001b[1;1H\u001b]0;owned\u0007\u001b]8;;https://evil.example/\u0007link\u001b]8;;\u0007\u009b31m";

async function expectHarmless(page: Page): Promise<void> {
  expect(await page.title()).not.toContain("owned");
  expect(await page.locator('img[src="/none"]').count()).toBe(0);
  expect(await page.evaluate(() => [...document.scripts].filter((script) => script.src === "").length)).toBe(0);
  expect(await placesOfEscapes(page)).toEqual([]);
}

/** Where a raw control character became part of the page, which a person cannot see there. */
async function placesOfEscapes(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const places: string[] = [];
    while (walker.nextNode() !== null) {
      const { nodeValue, parentElement } = walker.currentNode;
      if (["\u001b", "\u009b", "\u202e"].some((character) => nodeValue?.includes(character)))
        places.push(parentElement?.outerHTML ?? "");
    }
    return places;
  });
}

test("HTML and escape sequences in assistant text and in titles stay text", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const { sessionId } = await stage.startSession("shop", { prompt: `SAY start \u202E${HTML} middle ${ESCAPES} end` });
  await stage.backstage.until(sessionId, ({ turnCount }) => turnCount === 1);
  await expect(sessionRow(page, /‹U\+202E›<img src=/u)).toBeVisible();
  await openTranscript(page, /SAY start/u);
  await expect(transcript(page)).toContainText("middle");
  await expect(transcript(page)).toContainText("end");
  await expect(transcript(page).locator("b")).toHaveCount(0);
  await expectHarmless(page);
  const stream = await streamText(page);
  await expect(stream).toContainText("start");
  await expect(stream).toContainText("end");
  await expectHarmless(page);
});

test("HTML and escape sequences in tool input and output stay text", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const command = String.raw`printf 'start <img src="/none" onerror="document.title=1"> \033[2J\033]0;owned\007 end\n' | tee out.txt`;
  const { sessionId } = await stage.startSession("shop", { prompt: `RUN_BASH ${command}` });
  const card = inbox(page).getByRole("article", { name: "Wants to run a command" });
  await expect(card).toContainText('<img src="/none"');
  await expectHarmless(page);
  await card.getByRole("button", { name: /^Allow/u }).click();
  await stage.backstage.until(sessionId, ({ turnCount }) => turnCount === 1);
  await openTranscript(page, /RUN_BASH/u);
  await expect(transcript(page)).toContainText("The Bash tool answered: start");
  await expectHarmless(page);
  const stream = await streamText(page);
  // The screen was not cleared: what came before the output is still there.
  await expect(stream).toContainText("RUN_BASH");
  await expect(stream).toContainText("end");
  await expectHarmless(page);
});

test("a command that hides text is marked", async ({ page, stage }) => {
  await openApp(page, stage.host());
  await stage.startSession("shop", { prompt: "RUN_BASH touch \u202Etxt.exe" });
  const card = inbox(page).getByRole("article", { name: "Wants to run a command" });
  await expect(card.getByRole("list", { name: "Warnings" })).toContainText("hide or reorder text");
});

test("links of a session open outside the app, and only web addresses do", async ({ page, stage }) => {
  await openApp(page, stage.host());
  const { sessionId } = await stage.startSession("shop", {
    prompt: "SAY [good](https://example.com/page) [bad](javascript:document.title='owned')",
  });
  await stage.backstage.until(sessionId, ({ turnCount }) => turnCount === 1);
  await openTranscript(page, /SAY \[good\]/u);
  const good = transcript(page).getByRole("link", { name: "good" });
  await expect(good).toBeVisible();
  expect(await good.getAttribute("rel")).toContain("noopener");
  await expect(transcript(page).locator('a[href^="javascript:"]')).toHaveCount(0);
});
