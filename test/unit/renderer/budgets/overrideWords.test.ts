import { describe, expect, test } from "vitest";
import { overrideEnd, overrideTitle, overrideWords } from "../../../../renderer/views/budgets/overrideWords.ts";
import type { OverrideRecord } from "../../../../shared/model/budget.ts";
import { anOverride } from "../../../support/budgetSamples.ts";

const NOW = Date.parse("2026-11-20T12:00:00.000Z");
const [SOON, AGO] = ["2026-11-20T12:30:00.000Z", "2026-11-20T11:00:00.000Z"];

describe("what an override says", () => {
  test.each<readonly [Partial<OverrideRecord>, string]>([
    [{}, "At $10.02 of $10.00, from a browser."],
    [{ by: "rest" }, "At $10.02 of $10.00, over the REST API."],
    [{ by: "desktop", note: "The release" }, "At $10.02 of $10.00, from the desktop window: “The release”."],
    [{ spent: null, by: "a script\u202e" }, "Beyond $10.00, by “a script‹U+202E›”."],
  ])("%j", (differences, expected) => {
    expect(overrideWords(anOverride(differences))).toBe(expected);
    expect(overrideTitle(anOverride())).toBe("Budget “Everything today” was overridden");
  });
});

describe("how it ends", () => {
  test.each<readonly [Partial<OverrideRecord>, RegExp | null]>([
    [{ until: SOON }, /^It holds until \d\d:\d\d\.$/u],
    [{ until: AGO }, /^It ended with the period\.$/u],
    [{ until: null }, null],
    [{ until: SOON, revokedAt: AGO }, null],
  ])("%j", (differences, expected) => {
    const end = overrideEnd(anOverride(differences), NOW);
    if (expected === null) expect(end).toBeNull();
    else expect(end).toMatch(expected);
  });
});
