import { expect, test } from "vitest";
import { rootProblem } from "../../../../renderer/views/settings/rootProblem.ts";

const roots = ["/mnt/old/.claude"];

test.each([
  ["/mnt/new/.claude", roots, null],
  ["~/backup/.claude", roots, null],
  ["C:\\old\\.claude", roots, null],
  ["  ", roots, "Write the folder's path."],
  ["old/.claude", roots, "Write the whole path, from the root on, e.g. /mnt/backup/.claude."],
  ["/mnt/old/.claude/", roots, "This folder is read already."],
  [
    "/one/more",
    Array.from({ length: 50 }, (_, index) => `/r${index}`),
    "At most 50 folders can be added. Remove one first.",
  ],
])("%j", (path, known, expected) => {
  expect(rootProblem(path, known)).toBe(expected);
});
