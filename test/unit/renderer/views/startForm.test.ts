import { describe, expect, test } from "vitest";
import { parentToList } from "../../../../renderer/views/start/parentToList.ts";
import { emptyStartForm, type StartForm, toStartParams } from "../../../../renderer/views/start/startForm.ts";

const filled: StartForm = { ...emptyStartForm, cwd: " /home/ada/atlas " };

describe("toStartParams", () => {
  test.each<readonly [string, Partial<StartForm>, unknown]>([
    ["only a directory", {}, { cwd: "/home/ada/atlas" }],
    [
      "everything",
      {
        prompt: "Go",
        model: "opus",
        permissionMode: "plan",
        name: "N",
        label: " Acme ",
        resume: "id",
        fork: true,
        appendSystemPrompt: "Be brief",
        allowedTools: "Read\n Bash(git log:*) \n\n",
        disallowedTools: "Write",
        additionalDirectories: "/a\n/b",
        mcpConfig: '{"mcpServers":{}}',
        maxTurns: "5",
        maxBudgetUsd: "0.5",
      },
      {
        cwd: "/home/ada/atlas",
        prompt: "Go",
        model: "opus",
        permissionMode: "plan",
        name: "N",
        label: "Acme",
        resume: "id",
        fork: true,
        appendSystemPrompt: "Be brief",
        allowedTools: ["Read", "Bash(git log:*)"],
        disallowedTools: ["Write"],
        additionalDirectories: ["/a", "/b"],
        mcpConfig: ['{"mcpServers":{}}'],
        maxTurns: 5,
        maxBudgetUsd: 0.5,
      },
    ],
    ["forking needs something to fork", { fork: true }, { cwd: "/home/ada/atlas" }],
    ["resuming without a fork", { resume: "id" }, { cwd: "/home/ada/atlas", resume: "id" }],
  ])("takes %s", (_name, change, params) => {
    expect(toStartParams({ ...filled, ...change })).toEqual({ ok: true, params });
  });

  test.each<readonly [string, Partial<StartForm>, readonly string[]]>([
    ["no directory", { cwd: " " }, ["cwd"]],
    ["turns that are no whole number", { maxTurns: "1.5" }, ["maxTurns"]],
    ["turns that are no number", { maxTurns: "many" }, ["maxTurns"]],
    ["no budget at all", { maxBudgetUsd: "0" }, ["maxBudgetUsd"]],
    ["an unknown mode", { permissionMode: "yolo" }, ["permissionMode"]],
    ["a label that is too long", { label: "x".repeat(101) }, ["label"]],
    ["two mistakes", { cwd: "", maxTurns: "0" }, ["cwd", "maxTurns"]],
  ])("refuses %s", (_name, change, fields) => {
    const result = toStartParams({ ...filled, ...change });
    expect(result.ok ? [] : Object.keys(result.errors).toSorted()).toEqual(fields);
  });
});

test.each([
  ["", null],
  ["work", null],
  ["~", null],
  ["/", "/"],
  ["/wo", "/"],
  ["/home/ada/", "/home/ada/"],
  ["/home/ada/at", "/home/ada/"],
  ["C:\\work\\at", "C:\\work\\"],
])("%j is completed from %j", (typed, parent) => {
  expect(parentToList(typed)).toBe(parent);
});
