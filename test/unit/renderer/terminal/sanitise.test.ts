import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sanitise } from "../../../../renderer/terminal/sanitise.ts";
import { hidesText, visibleText } from "../../../../shared/text/visibleText.ts";

// oxlint-disable-next-line no-control-regex -- what must not be there
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

describe("sanitise", () => {
  test.each([
    ["plain", "plain"],
    ["two\nlines", "two\r\nlines"],
    ["two\r\nlines", "two\r\nlines"],
    ["tab\tstays", "tab\tstays"],
    ["lone\rreturn", "lone‹CR›return"],
    ["clear \u001b[2J screen", "clear ‹ESC›[2J screen"],
    ["title \u001b]0;owned\u0007", "title ‹ESC›]0;owned‹BEL›"],
    ["link \u001b]8;;http://x\u001b\\text", "link ‹ESC›]8;;http://x‹ESC›\\text"],
    ["C1 \u009b31m and \u0090q", "C1 ‹U+009B›31m and ‹U+0090›q"],
    ["back\u0008space and del\u007f", "back‹BS›space and del‹DEL›"],
    ["\u001b[31mred\u001b[0m is left out", "red is left out"],
    ["\u001b\u001b[m[2J made by leaving out", "‹ESC›[2J made by leaving out"],
    ["\u202etxt.exe", "‹U+202E›txt.exe"],
    ["\u2066isolate\u2069", "‹U+2066›isolate‹U+2069›"],
    ["tag \u{e0041}", "tag ‹U+E0041›"],
    ["family 👨‍👩‍👧 stays", "family 👨‍👩‍👧 stays"],
    ["lone \ud83d surrogate", "lone \ufffd surrogate"],
  ])("%j becomes %j", (text, shown) => {
    expect(sanitise(text)).toBe(shown);
  });

  test("no control character of any text survives, and line ends are whole", () => {
    const nasty = fc.constantFrom(
      "\u001b",
      "\u009b",
      "\u001b[",
      "[",
      "m",
      "0",
      ";",
      "\r",
      "\n",
      "\u0007",
      "\u202e",
      "]8;;",
      "a",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(nasty).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (content) => {
        const shown = sanitise(content);
        expect(shown).not.toMatch(CONTROLS);
        expect(shown.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/u);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("visibleText", () => {
  test("is stable under repetition", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (content) => {
        const once = visibleText(content);
        expect(visibleText(once)).toBe(once);
      }),
    );
  });

  test.each([
    ["plain text\n\twith a tab", false],
    ["windows\r\nlines", false],
    ["\u202eright to left", true],
    ["bell\u0007", true],
  ])("%j hides text: %j", (text, hides) => {
    expect(hidesText(text)).toBe(hides);
  });
});
