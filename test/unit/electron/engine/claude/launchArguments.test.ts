import { expect, test } from "vitest";
import { buildLaunchArguments } from "../../../../../electron/engine/claude/launchArguments.ts";
import type { LaunchOptions } from "../../../../../electron/engine/claude/launchArguments.ts";

const duplex = [
  "--print",
  "--verbose",
  "--input-format=stream-json",
  "--output-format=stream-json",
  "--permission-prompt-tool=stdio",
  "--include-partial-messages",
  "--replay-user-messages",
];

const cases: readonly (readonly [string, LaunchOptions, readonly string[]])[] = [
  ["nothing", {}, []],
  ["a new session", { sessionId: "s1", name: "Tests" }, ["--session-id=s1", "--name=Tests"]],
  ["resume", { resume: "s1" }, ["--resume=s1"]],
  ["resume: the id of the session itself is left out", { resume: "s1", sessionId: "s1" }, ["--resume=s1"]],
  [
    "fork with an id for the copy",
    { resume: "s1", fork: true, sessionId: "s2" },
    ["--resume=s1", "--fork-session", "--session-id=s2"],
  ],
  ["fork without resume", { fork: true }, []],
  ["a model and a mode", { model: "opus", permissionMode: "plan" }, ["--model=opus", "--permission-mode=plan"]],
  ["limits", { maxTurns: 3, maxBudgetUsd: 0.0000001 }, ["--max-turns=3", "--max-budget-usd=1e-7"]],
  [
    "lists, an argument for each item",
    {
      allowedTools: ["Bash(git *)", "Edit"],
      disallowedTools: ["WebFetch"],
      additionalDirectories: ["/a b", "/c"],
      mcpConfig: ['{"mcpServers":{}}'],
    },
    [
      "--allowedTools=Bash(git *)",
      "--allowedTools=Edit",
      "--disallowedTools=WebFetch",
      "--add-dir=/a b",
      "--add-dir=/c",
      '--mcp-config={"mcpServers":{}}',
    ],
  ],
  [
    "values that look like flags",
    { resume: "--dangerously-skip-permissions", appendSystemPrompt: "--help", allowedTools: ["-x"], name: "-n" },
    ["--resume=--dangerously-skip-permissions", "--name=-n", "--append-system-prompt=--help", "--allowedTools=-x"],
  ],
  [
    "empty values",
    { model: "", name: "", allowedTools: ["", "Edit"], appendSystemPrompt: "" },
    ["--allowedTools=Edit"],
  ],
];

test.each(cases)("%s", (_name, options, expected) => {
  expect(buildLaunchArguments(options)).toEqual([...duplex, ...expected]);
});
