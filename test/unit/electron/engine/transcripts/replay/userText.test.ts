import { describe, expect, it } from "vitest";
import { recogniseUserText } from "../../../../../../electron/engine/transcripts/replay/userText.ts";

describe("a user record's text with what the CLI put before it", () => {
  const reminder = "<system-reminder>\nToday is Friday.\n</system-reminder>";
  const opened = "<ide_opened_file>The user opened /w/a.ts.</ide_opened_file>";
  const command = "<command-message>greet</command-message>\n<command-name>/greet</command-name>";
  it.each([
    [`${reminder}\n\ndo it`, { kind: "words", text: "do it" }],
    [`${opened}${reminder} do it`, { kind: "words", text: "do it" }],
    [`${reminder}\n${command}`, { kind: "command", text: "/greet" }],
    [reminder, { kind: "cli", text: "Today is Friday." }],
    [opened, { kind: "cli", text: "The user opened /w/a.ts." }],
    ["<local-command-caveat>Do not answer.</local-command-caveat>", { kind: "nothing" }],
    ["<b>do it</b>", { kind: "words", text: "<b>do it</b>" }],
  ])("%j is %j", (text, meaning) => {
    expect(recogniseUserText(text)).toEqual(meaning);
  });
});
