import { expect, test } from "vitest";
import {
  oneLine,
  pendingCountWords,
  permissionDetail,
  permissionTitle,
} from "../../../../electron/desktop/permissionWords.ts";
import type { Permission } from "../../../../shared/model/permission.ts";
import { pendingPermission } from "../../../support/electronStandIn/permissionFixtures.ts";

const cases: readonly (readonly [string, Partial<Permission>, title: string, detail: string])[] = [
  ["a command", {}, "Bash asks for permission", "npm test"],
  [
    "a file",
    { toolName: "Write", displayName: "Write", input: { file_path: "/a/b.ts", content: "x" } },
    "Write asks for permission",
    "/a/b.ts",
  ],
  [
    "a question",
    { toolName: "AskUserQuestion", displayName: "Ask", input: {}, description: "Which colour?" },
    "Claude has a question",
    "Which colour?",
  ],
  ["a plan", { toolName: "ExitPlanMode", displayName: "Plan", input: {} }, "A plan is ready", "Plan"],
  [
    "a tool nobody knows",
    { toolName: "mcp__x", displayName: "x: do it", input: { command: 3 } },
    "x: do it asks for permission",
    "x: do it",
  ],
];

test.each(cases)("words for %s", (_, changes, title, detail) => {
  const permission = pendingPermission(changes);
  expect([permissionTitle(permission), permissionDetail(permission)]).toEqual([title, detail]);
});

test.each([
  ["rm -rf \n\t build", "rm -rf build"],
  ["a\u001b[31mred\u0007", "a [31mred"],
  ["abc\u202Etxt.exe", "abctxt.exe"],
  ["x".repeat(500), `${"x".repeat(159)}…`],
  ["😀".repeat(200), `${"😀".repeat(159)}…`],
])("untrusted text %j becomes one plain line", (text, line) => {
  expect(oneLine(text)).toBe(line);
});

test.each([
  [0, "No permission requests"],
  [1, "1 permission request"],
  [12, "12 permission requests"],
])("%i pending", (count, words) => {
  expect(pendingCountWords(count)).toBe(words);
});
