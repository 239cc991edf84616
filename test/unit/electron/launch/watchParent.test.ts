import { expect, test } from "vitest";
import { parseProcStat, parsePsLine } from "../../../../electron/launch/watchParent.ts";

test.each([
  ["7960 (sh) S 7935 7835 7835 0 -1 4194304", { name: "sh", parent: 7935 }],
  ["12 (npm run (x) y) R 1 12 12", { name: "npm run (x) y", parent: 1 }],
  ["12 (kthreadd) S 0 0 0", { name: "kthreadd", parent: null }],
])("/proc line %j", (stat, entry) => {
  expect(parseProcStat(stat)).toEqual(entry);
});

test.each([
  ["  512 /bin/sh\n", { name: "sh", parent: 512 }],
  ["1 -zsh", { name: "zsh", parent: 1 }],
  ["77 /Applications/My App/node\n", { name: "node", parent: 77 }],
  ["", { name: "", parent: null }],
])("ps line %j", (line, entry) => {
  expect(parsePsLine(line)).toEqual(entry);
});
