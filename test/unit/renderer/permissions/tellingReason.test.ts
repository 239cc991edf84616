import { expect, test } from "vitest";
import { tellingReason } from "../../../../renderer/views/permissions/tellingReason.ts";

test.each([
  [null, null],
  [" ", null],
  ["This command requires approval", null],
  ["This tool requires your permission.", null],
  [
    "This command requires approval because it writes outside the project",
    "This command requires approval because it writes outside the project",
  ],
  [" Path is outside allowed working directories", "Path is outside allowed working directories"],
])("%j tells %j", (reason, told) => {
  expect(tellingReason(reason)).toBe(told);
});
