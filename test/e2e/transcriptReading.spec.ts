import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { openApp, sessionHeader, sessionRow, transcript } from "./screen.ts";
import { expect, test } from "./stage.ts";
import { type StoryPart, writeStory } from "./storyTranscript.ts";

/** Reading a long past session of another terminal: from its end to its beginning, by jumps, and out of the app. */

/** Turns that nothing happens in, so that what does happen lies far apart. */
function quietTurns(from: number, count: number): readonly StoryPart[] {
  return Array.from({ length: count }, (_, index) => ({
    sample: "texts",
    replace: { "全角の文字と、句読点。": `Quiet turn ${from + index}` },
  }));
}

const story = {
  sessionId: "5707e000-0000-4000-8000-000000000001",
  cwd: "/home/me/projects/story",
  begins: "2026-11-01T08:00:00.000Z",
  parts: [
    {
      sample: "tools",
      replace: { "SAY hello": "SAY Once upon a time", '"text":"hello"': '"text":"Once upon a time"' },
    },
    ...quietTurns(1, 70),
    { sample: "oneSubagent" },
    { sample: "questionAnswered" },
    ...quietTurns(71, 70),
    { sample: "compacted", replace: { "SAY after": "SAY They lived happily", "SAY before": "SAY Late in the story" } },
    { sample: "texts", replace: { "全角の文字と、句読点。": "Nearly the end" } },
  ],
};

test("a long session is read from its end to its beginning, and by jumps", async ({ page, stage }) => {
  await writeStory(stage.environment.configDir, story);
  await openApp(page, stage.host());
  await sessionRow(page, /SAY Once upon a time/u).click();
  await page.getByRole("tab", { name: "Transcript" }).click();

  await test.step("it opens at its end", async () => {
    await expect(rows(page).last()).toBeInViewport();
    await expect(row(page, "Nearly the end")).toBeVisible();
    await expect(page.getByRole("button", { name: "Jump to the end" })).toHaveCount(0);
    await expect(row(page, "Once upon a time")).toHaveCount(0);
  });

  await test.step("scrolling up leads to its beginning", async () => {
    await scrollUpTo(page, page.getByText("The session begins here."));
    await expect(row(page, "SAY Once upon a time")).toBeInViewport();
    await page.getByRole("button", { name: /to the end$/u }).click();
    await expect(rows(page).last()).toBeInViewport();
    await expect(row(page, "Nearly the end")).toBeVisible();
  });

  await test.step("keys and buttons jump to what happened", async () => {
    await page.keyboard.press("Shift+Q");
    await expect(place(page)).toContainText("AskUserQuestion");
    await expect(place(page)).toBeInViewport();
    await expect(place(page)).toBeFocused();
    await page.keyboard.press("Shift+E");
    await expect(place(page)).toContainText("exit 3");
    await expect(place(page)).toBeInViewport();
    await page.keyboard.press("Shift+E");
    await expect(place(page)).toContainText("NoSuchTool");
    await page.getByRole("button", { name: "Previous changed file" }).click();
    await expect(place(page)).toContainText("note.txt");
    await page.getByRole("button", { name: "Previous changed file" }).click();
    await expect(place(page)).toContainText("new.txt");
    await page.getByRole("button", { name: "Previous changed file" }).click();
    await expect(jumps(page).getByText("No earlier changed file")).toBeVisible();
    await page.getByRole("button", { name: "Next turn" }).click();
    await expect(place(page)).toContainText("EDIT_FILE");
    await page.keyboard.press("Shift+U");
    await expect(place(page)).toContainText("WRITE_FILE");
    await page.keyboard.press("q");
    await expect(place(page)).toContainText("AskUserQuestion");
    await page.keyboard.press("q");
    await expect(jumps(page).getByText("No further question")).toBeVisible();
    await page.getByRole("button", { name: "Jump to the end" }).click();
    await expect(row(page, "Nearly the end")).toBeVisible();
    await expect(place(page)).toHaveCount(0);
  });

  await test.step("the compaction is marked, once, between what was said before it and after it", async () => {
    const around = ["SAY Late in the story", "context compacted (manual, 145 tokens before)", "SAY They lived happily"];
    for (const words of around) await expect(row(page, words)).toHaveCount(1);
    await expect(rows(page).filter({ hasText: "context compacted" })).toHaveCount(1);
    await expect(row(page, "context compacted")).toBeVisible();
    const shown = await rows(page).allInnerTexts();
    const places = around.map((words) => shown.findIndex((text) => text.trim().startsWith(words)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  await test.step("a change unfolds into a diff, an error into its output", async () => {
    await page.keyboard.press("Shift+M");
    await expect(place(page)).toContainText("note.txt");
    await page.keyboard.press("Enter");
    await expect(place(page).getByText("1st line, changed")).toBeVisible();
    await page.keyboard.press("e");
    await expect(place(page)).toContainText("NoSuchTool");
    await page.keyboard.press("e");
    await expect(place(page)).toContainText("exit 3");
    await page.keyboard.press("Enter");
    await expect(place(page).getByText("Exit code 3")).toBeVisible();
  });

  await test.step("a sub-agent unfolds below its call, by what it said itself", async () => {
    await page.keyboard.press("q");
    await expect(place(page)).toContainText("AskUserQuestion");
    const call = rows(page).filter({ hasText: /^Agent/u });
    await expect(row(page, "The Bash tool answered: from the sub-agent")).toHaveCount(0);
    await call.getByRole("button", { expanded: false }).click();
    await expect(call).toContainText("What the sub-agent said and did:");
    await expect(row(page, "The Bash tool answered: from the sub-agent")).toBeVisible();
    await call.getByRole("button", { expanded: true }).click();
    await expect(row(page, "The Bash tool answered: from the sub-agent")).toHaveCount(0);
  });
});

test("rows are copied as Markdown, and the session leaves as a page without scripts", async ({ page, stage }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await writeStory(stage.environment.configDir, story);
  await openApp(page, stage.host());
  await sessionRow(page, /SAY Once upon a time/u).click();
  await page.getByRole("tab", { name: "Transcript" }).click();

  await test.step("one row", async () => {
    await expect(row(page, "Nearly the end")).toBeVisible();
    await page.keyboard.press("Shift+M");
    await expect(place(page)).toContainText("note.txt");
    await place(page).hover();
    await place(page).getByRole("button", { name: "Copy this row as Markdown" }).click();
    await expect(place(page).getByRole("button", { name: "Copied" })).toBeVisible();
    expect(await clipboard(page)).toBe(
      "**Edit** (succeeded)\n\n`/home/me/projects/story/note.txt`\n\n```diff\n-first line\n+1st line, changed\n```\n\n" +
        "```\nThe file /home/me/projects/story/note.txt has been updated successfully. (file state is current in your context — no need to Read it back)\n```",
    );
  });

  await test.step("far away from the end, the way back to it is offered", async () => {
    await page.getByRole("button", { name: "Back to the end" }).click();
    await expect(rows(page).last()).toBeInViewport();
    await expect(row(page, "Nearly the end")).toBeVisible();
    await expect(place(page)).toHaveCount(0);
    await page.keyboard.press("Shift+E");
    await expect(place(page)).toContainText("exit 3");
    await scrollUpTo(page, page.getByText("The session begins here."));
  });

  await test.step("several rows", async () => {
    await row(page, "SAY Once upon a time").click();
    await page.keyboard.press("Shift+ArrowDown");
    const chosen = page.getByRole("toolbar", { name: "Chosen rows" });
    await expect(chosen).toContainText("2 rows");
    await chosen.getByRole("button", { name: "Copy as Markdown" }).click();
    await expect(chosen.getByRole("button", { name: "Copied" })).toBeVisible();
    expect(await clipboard(page)).toBe("SAY Once upon a time\n\n---\n\nOnce upon a time");
  });

  await test.step("all of it", async () => {
    await sessionHeader(page).getByRole("button", { name: "More actions for this session" }).click();
    const downloading = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Export as HTML page" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.html$/u);
    const html = await readFile(await download.path(), "utf8");
    const told = ["Once upon a time", "Quiet turn 1<", "Quiet turn 140<", "from the sub-agent", "Nearly the end"];
    for (const words of told) expect(html).toContain(words);
    expect(html).toContain("&lt;b&gt;&amp;amp;&lt;/b&gt;");
    expect(html).not.toMatch(/<script|\son\w+\s*=|javascript:|<b>&amp;/iu);
    await page.setContent(html);
    await expect(page.getByText("SAY Quiet turn 77", { exact: true })).toHaveCount(1);
  });
});

function jumps(page: Page): Locator {
  return page.getByRole("toolbar", { name: "Jump to" });
}

/** The row that a jump led to. */
function place(page: Page): Locator {
  return transcript(page).locator('article[aria-current="location"]');
}

function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

function rows(page: Page): Locator {
  return transcript(page).getByRole("article");
}

/** Rows whose words begin so. */
function row(page: Page, words: string): Locator {
  return rows(page).filter({ hasText: new RegExp(`^${words.replaceAll(/[\\()|.*+?]/gu, "\\$&")}`, "u") });
}

async function scrollUpTo(page: Page, what: Locator): Promise<void> {
  await transcript(page).getByRole("feed").hover();
  await expect(async () => {
    await page.mouse.wheel(0, -4_000);
    await expect(what).toBeInViewport({ timeout: 100 });
  }).toPass({ intervals: [50] });
}
