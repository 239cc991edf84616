import { describe, expect, it } from "vitest";
import {
  chooseTitle,
  isWrapper,
  NO_TITLES,
  toCommand,
  toTitle,
} from "../../../../../electron/engine/transcripts/titleChoice.ts";

describe("the title of a session", () => {
  const all = {
    ...{ customTitle: "custom", aiTitle: "ai", agentName: "agent", summary: "summary" },
    ...{ firstPrompt: "prompt", firstCommand: "/command" },
  };
  const cases = [
    [all, "custom"],
    [{ ...all, customTitle: null }, "ai"],
    [{ ...all, customTitle: " \n ", aiTitle: null }, "agent"],
    [{ ...NO_TITLES, summary: "summary", firstPrompt: "prompt" }, "summary"],
    [{ ...NO_TITLES, firstPrompt: "\n\n  first line \nsecond" }, "first line"],
    [{ ...NO_TITLES, firstPrompt: "prompt", firstCommand: "/command" }, "prompt"],
    [{ ...NO_TITLES, firstCommand: "/command" }, "/command"],
    [NO_TITLES, null],
  ] as const;
  it.each(cases)("%j is %s", (candidates, title) => {
    expect(chooseTitle(candidates)).toBe(title);
  });

  it("is cut where lists end, never in the middle of a character", () => {
    const title = toTitle("a".repeat(198) + "😀".repeat(10)) ?? "";
    expect([title.length, title.isWellFormed(), title.endsWith("…")]).toEqual([200, true, true]);
  });

  it.each([
    ["<command-name>/compact</command-name>", true],
    ["\\n  <system-reminder>x", true],
    ["<local-command-stdout>x", true],
    ["[Request interrupted by user for tool use]", true],
    ["<b>bold</b> is how I begin", false],
    ["fix the <command-name> parser", false],
  ])("%s: a wrapper? %s", (text, is) => {
    expect(isWrapper(text)).toBe(is);
  });

  const greet = "<command-message>greet</command-message>\n<command-name>/greet</command-name>";
  it.each([
    [`${greet}\n<command-args>the\nworld</command-args>`, "/greet the"],
    [`${greet}\n<command-args></command-args>`, "/greet"],
    [greet, "/greet"],
    ["<command-name>/usage</command-name>\n<command-message>usage</command-message>", null],
    [`say ${greet}`, null],
  ])("%s: the command %s", (text, command) => {
    expect(toCommand(text)).toBe(command);
  });
});
