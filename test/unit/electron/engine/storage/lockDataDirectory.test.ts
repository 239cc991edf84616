import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  DataDirectoryInUseError,
  DataDirectoryUnusableError,
  lockDataDirectory,
  makeDataDirectory,
} from "../../../../../electron/engine/storage/lockDataDirectory.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("lets one host in at a time", async () => {
  await makeDataDirectory(join(folder, "deep", "data"));
  const release = lockDataDirectory(join(folder, "deep", "data"));
  expect(() => lockDataDirectory(join(folder, "deep", "data"))).toThrow(DataDirectoryInUseError);
  release();
  lockDataDirectory(join(folder, "deep", "data"))();
});

it("says in one line what is wrong with a directory that nothing can be kept in", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  const line = /^Switchboard cannot keep its data in \S+: [A-Z_]+\. Check that .*--data-dir\.$/u;
  await expect(makeDataDirectory(file)).rejects.toThrow(line);
  await expect(makeDataDirectory(join(file, "data"))).rejects.toThrow(DataDirectoryUnusableError);
  mkdirSync(join(folder, "host.lock"));
  expect(() => lockDataDirectory(folder)).toThrow(line);
});
