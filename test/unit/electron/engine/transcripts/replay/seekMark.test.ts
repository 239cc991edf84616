import { describe, expect, it } from "vitest";
import type { Mark } from "../../../../../../electron/engine/transcripts/replay/marks.ts";
import { seekMark } from "../../../../../../electron/engine/transcripts/replay/seekMark.ts";
import { linesOf, samplePaths, sampleRecords, transcriptFile, wholeFile } from "./transcriptFixture.ts";

/** What each step finds, from one end to the other. */
async function found(path: string, mark: Mark, direction: "next" | "previous"): Promise<readonly string[]> {
  const events = await wholeFile(path);
  const seen: string[] = [];
  let from: number | undefined;
  for (;;) {
    const seq = await seekMark({ path, mark, direction, from });
    if (seq === null) return seen;
    const event = events.find((candidate) => candidate.seq === seq);
    seen.push(
      `${event?.type ?? "nothing"} ${JSON.stringify(event?.data).match(/"(?:text|name|errorText|output)":"[^"]{0,24}/u)?.[0] ?? ""}`,
    );
    from = seq;
  }
}

const cases: readonly (readonly [Mark, string, readonly string[]])[] = [
  ["turn", "queued", ['user.textAdded "text":"RUN_BASH: touch /home/me', 'user.textAdded "text":"SAY later']],
  ["turn", "silentContext", ['user.textAdded "text":"SAY noted']],
  ["turn", "backgroundSubagent", ['user.textAdded "text":"BACKGROUND_SUBAGENT SAY ']],
  ["question", "questionAnswered", ['tool.called "name":"AskUserQuestion']],
  ["question", "planAllowed", ['tool.called "name":"ExitPlanMode']],
  ["question", "questionInWords", [expect.stringMatching(/^assistant\.textAdded /u)]],
  ["question", "tools", []],
  ["error", "error529", ['turn.completed "errorText":"API Error: 529 Overloade']],
  ["error", "interruptedTool", [expect.stringMatching(/^tool\.finished "output":"The user doesn't want/u)]],
  [
    "error",
    "tools",
    [
      'tool.finished "output":"<tool_use_error>Error: N',
      expect.stringMatching(/^tool\.finished "output":"Exit code 3/u),
    ],
  ],
  ["change", "tools", ['tool.called "name":"Write', 'tool.called "name":"Edit']],
  ["change", "questionAnswered", []],
];

describe("seeking marks", () => {
  it.each(cases)("%s in %s", async (mark, situation, expected) => {
    const path = (await samplePaths(situation))[0] ?? "";
    expect(await found(path, mark, "next")).toEqual(expected);
    expect(await found(path, mark, "previous")).toEqual(expected.toReversed());
  });

  it.each(cases)("%s in %s, written anew by a program that puts spaces between", async (mark, situation, expected) => {
    const records = await sampleRecords(situation);
    const spaced = records.map((record) => `${JSON.stringify(record, null, 1).replaceAll(/\n\s*/gu, " ")}\n`);
    const path = await transcriptFile(spaced.join(""));
    expect(await found(path, mark, "next")).toEqual(expected);
    expect(await found(path, mark, "previous")).toEqual(expected.toReversed());
  });

  it.each([
    ["どちらにしますか？", 1],
    ["هل نتابع؟", 1],
    ["Done.", 0],
  ])("finds %s as often as it asks", async (text, times) => {
    const message = { id: "m1", content: [{ type: "text", text }], stop_reason: "end_turn" };
    const path = await transcriptFile(linesOf([{ type: "assistant", message }]));
    expect(await found(path, "question", "next")).toHaveLength(times);
  });

  it("begins beside a place and not at it", async () => {
    const path = (await samplePaths("tools"))[0] ?? "";
    const [first, second] = (await wholeFile(path)).filter(({ type }) => type === "user.textAdded");
    const seek = (direction: "next" | "previous", from: number) => seekMark({ path, mark: "turn", direction, from });
    expect(await seek("next", (first?.seq ?? 0) - 1)).toBe(first?.seq);
    expect(await seek("next", first?.seq ?? 0)).toBe(second?.seq);
    expect(await seek("previous", second?.seq ?? 0)).toBe(first?.seq);
    expect(await seek("previous", first?.seq ?? 0)).toBeNull();
    expect(await seek("next", 12)).toBeNull();
    expect(await seek("previous", 12)).toBe(
      (await wholeFile(path)).findLast(({ type }) => type === "user.textAdded")?.seq,
    );
  });

  it("stops when it is aborted", async () => {
    const path = await transcriptFile('{"type":"novel"}\n');
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(seekMark({ path, mark: "turn", direction: "next", signal })).rejects.toThrow("enough");
  });
});
