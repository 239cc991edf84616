import { expect, it } from "vitest";
import { emptyFacts, type FileFacts } from "../../../../../electron/engine/transcripts/fileFacts.ts";
import { rollUpSession, type SessionFile } from "../../../../../electron/engine/transcripts/rollUpSession.ts";

function file(path: string, atMs: number, facts: Partial<FileFacts>): SessionFile {
  const times = { firstAtMs: atMs, lastAtMs: atMs + 10 };
  return { path, kind: "part", isGone: false, modifiedMs: atMs + 10, facts: { ...emptyFacts(), ...times, ...facts } };
}

const cases: readonly (readonly [string, readonly SessionFile[], string | null])[] = [
  [
    "the first words of the oldest",
    [file("b", 2000, { firstPrompt: "then" }), file("a", 1000, { firstPrompt: "first" })],
    "first",
  ],
  [
    "words of a later part, when the oldest has none",
    [file("a", 1000, {}), file("b", 2000, { firstPrompt: "then" })],
    "then",
  ],
  ["the newest title", [file("a", 1000, { aiTitle: "old" }), file("b", 2000, { aiTitle: "new" })], "new"],
  [
    "a title of an older part",
    [file("a", 1000, { customTitle: "mine" }), file("b", 2000, { aiTitle: "made up" })],
    "mine",
  ],
  [
    "a sub-agent's words never",
    [file("a", 1000, {}), { ...file("agent-x", 500, { firstPrompt: "dig" }), kind: "subagent" }],
    null,
  ],
];
it.each(cases)("a session of parts is called by %s", (_, files, title) => {
  expect(rollUpSession(files)?.title).toBe(title);
  expect(rollUpSession(files.toReversed())?.title).toBe(title);
});

const YEAR_2999 = Date.UTC(2999, 0);
it.each([
  ["as its records say", { firstAtMs: 1000, lastAtMs: 2000 }, 5000, [1000, 2000]],
  ["a little later than it was written", { firstAtMs: 1000, lastAtMs: 5004 }, 5000, [1000, 5004]],
  [
    "as it was written, where its last record is of the future",
    { firstAtMs: 1000, lastAtMs: YEAR_2999 },
    5000,
    [1000, 5000],
  ],
  ["as it was written, where all are", { firstAtMs: YEAR_2999, lastAtMs: YEAR_2999 }, 5000, [5000, 5000]],
  [
    "as its records say, where nobody knows when it was written",
    { firstAtMs: 1000, lastAtMs: YEAR_2999 },
    0,
    [1000, YEAR_2999],
  ],
])("a file is as old %s", (_, facts, modifiedMs, times) => {
  const found = rollUpSession([{ ...file("a", 0, facts), modifiedMs }]);
  expect([found?.startedAtMs, found?.lastActivityMs]).toEqual(times);
});
