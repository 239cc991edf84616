import { expect, test } from "vitest";
import { entrypointWords } from "../../../../renderer/views/session/entrypointWords.ts";
import { refusalWords } from "../../../../renderer/views/session/refusalWords.ts";
import { missedWords } from "../../../../renderer/views/transcript/jumpWords.ts";
import type { ErrorCode } from "../../../../shared/contract/errors.ts";

test.each<readonly [ErrorCode, string, string]>([
  ["session_open_elsewhere", "Another process has this session open.", "End it there, then take it over here."],
  [
    "directory_unusable",
    "Its directory cannot be used.",
    "Bring the directory back, or go on in another one. Its transcript can be read as it is.",
  ],
  [
    "transcript_missing",
    "Its transcript is gone.",
    "Claude Code deletes transcripts after some time. Without it the session cannot go on; start a new one.",
  ],
  ["budget_reached", "A budget is used up.", "Wait until it begins anew, raise it, or let work go on."],
])("a refusal with %s says what to do", (code, title, advice) => {
  expect(refusalWords({ action: "resume", failure: { code, message: "" } })).toEqual({ title, advice });
});

test.each([
  ["cli", "terminal"],
  ["claude-vscode", "VS Code"],
  ["something-new", "something-new"],
])("the entrypoint %s is called %s", (entrypoint, words) => {
  expect(entrypointWords(entrypoint)).toBe(words);
});

test.each([
  ["error", "next", "No further error"],
  ["change", "previous", "No earlier changed file"],
] as const)("a missed %s, %s, says so", (mark, direction, words) => {
  expect(missedWords({ sessionId: "one", mark, direction })).toBe(words);
});
