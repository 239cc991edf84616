import type { Locator, Page } from "@playwright/test";
import { openApp, sessionHeader, transcript } from "./screen.ts";
import { expect, test } from "./stage.ts";
import { writeStory } from "./storyTranscript.ts";

/** Finding what was said, in any session and however long ago, and going there. */

const quiet = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    sample: "texts",
    replace: { "全角の文字と、句読点。": `Quiet turn ${from + index}` },
  }));

const harbour = {
  sessionId: "5707e000-0000-4000-8000-00000000000a",
  cwd: "/home/me/projects/harbour",
  begins: "2026-11-01T08:00:00.000Z",
  parts: [
    ...quiet(1, 60),
    {
      sample: "compacted",
      replace: { "SAY before": "SAY The lighthouse is dark", '"before"': '"The lighthouse is dark"' },
    },
    ...quiet(61, 60),
  ],
};

const village = {
  sessionId: "5707e000-0000-4000-8000-00000000000b",
  cwd: "/home/me/projects/village",
  begins: "2026-11-02T08:00:00.000Z",
  parts: [
    {
      sample: "tools",
      replace: {
        "echo one": "echo lighthouse",
        "answered: one": "answered: lighthouse",
        "SAY hello": "SAY hello village",
      },
    },
  ],
};

test.beforeEach(async ({ page, stage }) => {
  await writeStory(stage.environment.configDir, harbour);
  await writeStory(stage.environment.configDir, village);
  await openApp(page, stage.host());
  await expect(
    page.getByRole("navigation", { name: "Sessions" }).getByRole("button", { name: /SAY hello village/u }),
  ).toBeVisible();
});

test("a text is found by its words, and leads to its place in a long transcript", async ({ page }) => {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Search" }).click();
  await expect(box(page)).toBeFocused();
  await page.keyboard.type("lighthouse dark");

  await test.step("the words are highlighted", async () => {
    await expectHits(page, 2);
    const answer = hits(page).filter({ hasText: "Claude: The lighthouse is dark" });
    await expect(answer.locator("mark")).toHaveText(["lighthouse", "dark"]);
  });

  await test.step("a click leads to the place, far from the session's end", async () => {
    await hits(page).filter({ hasText: "SAY The lighthouse is dark" }).click();
    await expect(sessionHeader(page).getByRole("heading", { name: "SAY Quiet turn 1" })).toBeVisible();
    await expect(place(page)).toContainText("SAY The lighthouse is dark");
    await expect(place(page)).toBeInViewport();
    await expect(place(page)).toBeFocused();
    await expect(rows(page).filter({ hasText: /^SAY Quiet turn 120/u })).toHaveCount(0);
    await page.getByRole("button", { name: "Back to the end" }).click();
    await expect(rows(page).filter({ hasText: /^SAY Quiet turn 120/u })).toBeVisible();
    await expect(rows(page).last()).toBeInViewport();
    await expect(place(page)).toHaveCount(0);
  });

  await test.step("back on the page the hits are still there, and the keyboard walks them", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await expect(box(page)).toBeFocused();
    await expect(box(page)).toHaveValue("lighthouse dark");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Home");
    await expect(hits(page).first()).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(hits(page).last()).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect(box(page)).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(place(page)).toContainText("The lighthouse is dark");
  });
});

test("filters narrow what is found", async ({ page }) => {
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await box(page).fill("lighthouse");
  const inVillage = hits(page).filter({ hasText: "echo lighthouse" });
  await expectHits(page, 4);
  await expect(inVillage).toHaveCount(1);

  const filters = page.getByRole("group", { name: "Narrow the search" });
  const clear = filters.getByRole("button", { name: "No filters" });
  const project = filters.getByRole("combobox", { name: "Project" });
  await project.selectOption("village");
  await expect(hits(page)).toHaveCount(2);
  await filters.getByRole("combobox", { name: "Said by" }).selectOption("Said by a person");
  await expect(hits(page)).toHaveCount(1);
  await expect(inVillage).toHaveCount(1);
  await project.selectOption("harbour");
  await expect(hits(page)).toHaveText([/SAY The lighthouse is dark/u]);
  await clear.click();
  await expect(hits(page)).toHaveCount(4);

  await filters.getByRole("combobox", { name: "Tool called in the turn" }).fill("Bash");
  await expect(hits(page)).toHaveCount(2);
  await expect(inVillage).toHaveCount(1);
  await clear.click();
  await filters.getByRole("combobox", { name: "When" }).selectOption("Between days…");
  await filters.getByLabel("First day").fill("2026-11-02");
  await filters.getByLabel("Last day").fill("2026-11-03");
  await expect(hits(page)).toHaveCount(2);
  await expect(inVillage).toHaveCount(1);
  await filters.getByRole("combobox", { name: "State of the session" }).selectOption("Working");
  await expect(page.getByText("Nothing found for “lighthouse”")).toBeVisible();
  await page.getByRole("button", { name: "Search without filters" }).click();
  await expect(hits(page)).toHaveCount(4);
});

test("what a sub-agent said leads into the sub-agent, and a fork to the session that it was made of", async ({
  page,
  stage,
}) => {
  const tower = {
    sessionId: "5707e000-0000-4000-8000-00000000000c",
    cwd: "/home/me/projects/tower",
    begins: "2026-11-03T08:00:00.000Z",
    parts: [
      ...quiet(1, 40),
      { sample: "nestedSubagent", replace: { "from the depth": "from the watchtower" } },
      ...quiet(41, 40),
    ],
  };
  await writeStory(stage.environment.configDir, tower);
  const forkId = "5707e000-0000-4000-8000-00000000000d";
  const fork = { ...tower, sessionId: forkId, begins: "2026-11-04T08:00:00.000Z", parts: [{ sample: "texts" }] };
  const copied = `"sessionId":"${forkId}","forkedFrom":{"sessionId":"${tower.sessionId}"}`;
  await writeStory(stage.environment.configDir, {
    ...fork,
    parts: [{ sample: "texts", replace: { [`"sessionId":"${forkId}"`]: copied } }],
  });

  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await box(page).fill("watchtower");
  await page.getByRole("combobox", { name: "Said by" }).selectOption("Said in a sub-agent");
  const answer = hits(page).filter({ hasText: /^Sub-agent: from the watchtower/u });
  await expect(async () => {
    await box(page).press("Enter");
    await expect(answer).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await answer.click();
  await expect(place(page)).toContainText("from the watchtower");
  await expect(place(page)).toBeInViewport();
  await expect(place(page)).toBeFocused();

  const facts = page.getByRole("button", { name: /all facts about this session/u });
  const popover = page.getByRole("dialog", { name: "Facts about this session" });
  await facts.click();
  await popover.locator(`[title="Open session ${forkId}"]`).click();
  await expect(popover).toHaveCount(0);
  await facts.click();
  await expect(popover).toContainText(forkId);
  const parent = popover.getByRole("button", { name: "SAY Quiet turn 1" });
  await expect(parent).toHaveAttribute("title", `Open session ${tower.sessionId}`);
  await parent.click();
  await facts.click();
  await expect(popover).toContainText(tower.sessionId);
});

test("many hits of one session unfold below its title, and a further page moves nothing", async ({ page }) => {
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await box(page).fill("quiet");
  await expectHits(page, 3);
  await expectWholeSearch(page);
  const session = page.getByRole("main", { name: "Search" }).getByRole("heading", { name: /^SAY Quiet turn 1/u });
  await expect(session).toHaveCount(1);
  const more = page.getByRole("button", { name: /^27 more in this session/u });

  await test.step("the keyboard walks from the box over the button to the hits", async () => {
    await box(page).press("ArrowDown");
    await expect(hits(page).first()).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(more).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(box(page)).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await expect(hits(page).nth(2)).toBeFocused();
  });

  await test.step("the page that the last hit calls for is folded away", async () => {
    await expect(page.getByRole("button", { name: /^57 more in this session/u })).toBeVisible();
    await expect(hits(page)).toHaveCount(3);
    await expect(hits(page).nth(2)).toBeFocused();
  });

  await test.step("unfolded, what is in sight stays where it is while further hits come", async () => {
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const fewer = page.getByRole("button", { name: /^Fewer in this session/u });
    await expect(fewer).toBeFocused();
    await expect(fewer).toHaveAttribute("aria-expanded", "true");
    await expect(hits(page)).toHaveCount(60);
    const before = await places(page);
    await page.getByRole("button", { name: "Show more" }).press("Enter");
    await expect(page.getByRole("button", { name: /^30 more in this session/u })).toBeAttached();
    expect(await places(page)).toEqual(before);
  });

  await test.step("folded again, the hit that was reached gives way to the best one", async () => {
    await hits(page).last().focus();
    await page.keyboard.press("ArrowUp");
    await page.getByRole("button", { name: /^30 more in this session/u }).click();
    await page.getByRole("button", { name: /^Fewer in this session/u }).click();
    await expect(hits(page)).toHaveCount(3);
    await box(page).press("ArrowDown");
    await expect(hits(page).first()).toBeFocused();
  });
});

test("switched off in the settings, the search says so, and finds again once it is back on", async ({ page }) => {
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await box(page).fill("lighthouse");
  await expectHits(page, 4);
  await switchSearch(page, false);
  await expect(page.getByText("Full-text search is switched off")).toBeVisible();
  await expect(hits(page)).toHaveCount(0);
  await page.reload();
  await page.getByRole("navigation", { name: "Pages" }).getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("Full-text search is switched off")).toBeVisible();
  await page.getByRole("main", { name: "Search" }).getByRole("button", { name: "Open the settings" }).click();
  await switchSearch(page, true);
  await expect(page.getByText("Full-text search is switched off")).toBeHidden();
  await expect(hits(page)).toHaveCount(0);
  await box(page).fill("lighthouse");
  await expect(hits(page)).toHaveCount(4);
});

/** Searches until nothing is said of sessions that are not read yet: what is below that moves when it goes. */
async function expectWholeSearch(page: Page): Promise<void> {
  const note = page
    .getByRole("main", { name: "Search" })
    .getByRole("status")
    .filter({ hasText: /not all sessions had been read|index is being built/u });
  await expect(async () => {
    await box(page).press("Enter");
    await expect(note).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
}

/** Searches until all is found: the transcripts were written a moment ago, and the search reads after the list. */
async function expectHits(page: Page, count: number): Promise<void> {
  await expect(async () => {
    await box(page).press("Enter");
    await expect(hits(page)).toHaveCount(count, { timeout: 1_000 });
  }).toPass();
}

/** Opens the settings where they are not open, sets the switch, and closes them. */
async function switchSearch(page: Page, isOn: boolean): Promise<void> {
  const settings = page.getByRole("dialog", { name: "Settings" });
  if (!(await settings.isVisible())) await page.getByRole("button", { name: "Settings" }).click();
  const search = settings.getByRole("checkbox", { name: /^Search the text of all sessions/u });
  await expect(search).toBeChecked({ checked: !isOn });
  await search.click();
  await expect(search).toBeChecked({ checked: isOn });
  await page.keyboard.press("Escape");
  await expect(settings).toBeHidden();
}

function box(page: Page): Locator {
  return page.getByRole("searchbox", { name: "Search all sessions" });
}

function hits(page: Page): Locator {
  return page.getByRole("main", { name: "Search" }).getByRole("listitem").getByRole("button");
}

/** Where each hit stands in the list, in pixels, and what it says. */
async function places(page: Page): Promise<readonly string[]> {
  return await hits(page).evaluateAll((all) =>
    all.map((hit) => `${hit instanceof HTMLElement ? hit.offsetTop : ""}: ${hit.textContent ?? ""}`),
  );
}

function rows(page: Page): Locator {
  return transcript(page).getByRole("article");
}

/** The row that a hit led to. */
function place(page: Page): Locator {
  return transcript(page).locator('article[aria-current="location"]');
}
