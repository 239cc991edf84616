import { expect, test } from "vitest";
import { isLoggedOut } from "../../../../../electron/engine/claude/isLoggedOut.ts";

test.each([
  ["no credentials", { tokenSource: "none", apiProvider: "firstParty" }, true],
  ["a key", { tokenSource: "none", apiKeySource: "ANTHROPIC_API_KEY", apiProvider: "firstParty" }, false],
  ["a token", { tokenSource: "claude.ai", apiProvider: "firstParty" }, false],
  ["another provider", { tokenSource: "none", apiProvider: "bedrock" }, false],
  ["an older version", {}, false],
])("%s", (_name, account, expected) => {
  expect(isLoggedOut({ account })).toBe(expected);
});

test("an answer without an account", () => {
  expect(isLoggedOut({})).toBe(false);
});
