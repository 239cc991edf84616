import { describe, expect, test } from "vitest";
import { factRows, tokenRows, tokenTotal, unreadableWords } from "../../../../renderer/views/session/factRows.ts";
import type { TranscriptFacts } from "../../../../shared/model/session.ts";
import { sampleSession } from "../stores/samples.ts";

const usage = { input: 1200, output: 0, cacheRead: null, cacheWrite5m: 30, cacheWrite1h: null };
const facts: TranscriptFacts = {
  entrypoint: "cli",
  models: ["m1", "m2"],
  usage,
  toolCount: 1204,
  subagentCount: 2,
  linesAdded: 10,
  linesRemoved: 0,
  pullRequestUrl: null,
  lastCwd: "/home/ada/atlas/tree",
  unreadableLines: 1,
};

function lines(change: Parameters<typeof sampleSession>[0]): readonly string[] {
  return factRows(sampleSession(change)).map(({ label, value }) => `${label}: ${value}`);
}

describe("the facts of a session", () => {
  test("name what is known", () => {
    const session = { facts, turnCount: 3, cliVersion: "2.1.329" };
    expect(lines(session)).toEqual([
      "Models: m1, m2",
      "Claude Code: 2.1.329",
      "Started from: terminal",
      "Turns: 3",
      "Tool calls: 1,204",
      "Sub-agents: 2",
      "Lines changed: +10 −0",
      "Directory: /home/ada/atlas",
      "Last worked in: /home/ada/atlas/tree",
      "Session id: one",
    ]);
  });

  test("leave out what is not known", () => {
    expect(lines({ facts: null, model: null, cliVersion: null, turnCount: 0 })).toEqual([
      "Turns: 0",
      "Directory: /home/ada/atlas",
      "Session id: one",
    ]);
  });

  test("tell tokens by kind, and zero apart from unknown", () => {
    expect({ rows: tokenRows(usage), total: tokenTotal(usage) }).toEqual({
      rows: [
        { label: "Input", value: "1,200" },
        { label: "Output", value: "0" },
        { label: "Cache write, 5 min", value: "30" },
      ],
      total: 1230,
    });
  });

  test("know no total where no kind was told", () => {
    const unknown = { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null };
    expect(tokenTotal(unknown)).toBeNull();
  });

  test.each([
    [0, null],
    [1, "1 line of the transcript could not be read and was passed over."],
    [3, "3 lines of the transcript could not be read and were passed over."],
  ])("say that %i lines could not be read", (unreadableLines, words) => {
    expect(unreadableWords(sampleSession({ facts: { ...facts, unreadableLines } }))).toBe(words);
  });
});
