import { expect, test } from "vitest";
import { sessionOfArguments } from "../../../../../electron/engine/discovery/sessionOfArguments.ts";

const ONE = "2ae54b84-1f0c-4c1e-9a55-0d6a3f3b1c22";
const TWO = "9b1c22d0-0d6a-4c1e-9a55-2ae54b841f0c";

test.each<readonly [string, readonly string[], string | null]>([
  ["a new session", ["claude"], null],
  ["an id of its own", ["claude", "--session-id", ONE], ONE],
  ["the same in one argument", ["claude", `--session-id=${ONE}`, "--verbose"], ONE],
  ["a resumed one", ["claude", "--model", "opus", "--resume", ONE, "go on"], ONE],
  ["a resumed one, short", ["claude", "-r", ONE.toUpperCase()], ONE],
  ["a resumed one, in one short argument", ["claude", `-r${ONE}`], ONE],
  ["a resumed transcript", ["claude", "--resume", `/home/dev/.claude/projects/-shop/${ONE}.jsonl`], ONE],
  ["a script", ["node", "/opt/claude-code/cli.js", "-r", ONE], ONE],
  ["a fork", ["claude", "--resume", ONE, "--fork-session"], null],
  ["a fork with an id", ["claude", "--fork-session", "--resume", ONE, "--session-id", TWO], TWO],
  ["a title", ["claude", "--resume", "the shop"], null],
  ["the last one", ["claude", "--continue"], null],
  ["an id that is only spoken of", ["claude", "-p", `what is --resume ${ONE}`], null],
  ["a prompt that is an id", ["claude", "-p", ONE], null],
])("%s", (_what, argv, expected) => {
  expect(sessionOfArguments(argv)).toBe(expected);
});
