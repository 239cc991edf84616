import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDirectory } from "../../../../../electron/engine/sessions/startDirectory.ts";
import { aSession } from "../../../../support/builders.ts";
import { someTranscriptFacts } from "../observation/observationFixture.ts";

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "switchboard-start-")));
  for (const name of ["begun", "last", "asked"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "file"), "");
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const session = (begun: string, last: string | null) =>
  aSession({
    projectPath: join(folder, begun),
    facts: someTranscriptFacts({ lastCwd: last === null ? null : join(folder, last) }),
  });

test.each([
  ["the one that was asked for", "asked", "begun", "last", "asked"],
  ["the one it was begun in", undefined, "begun", "last", "begun"],
  ["the one it was last in, when that is gone", undefined, "old", "last", "last"],
  ["the one it was last in, when that is a file by now", undefined, "file", "last", "last"],
])("a session goes on in %s", async (_what, asked, begun, last, expected) => {
  const path = asked === undefined ? undefined : join(folder, asked);
  expect(await startDirectory(path, session(begun, last))).toBe(join(folder, expected));
});

test.each([
  ["old", null, /\/old does not exist/u],
  ["old", "older", /begun in .*\/old and was last in .*\/older; neither can be used/u],
])("what is missing is named (%s, %s)", async (begun, last, words) => {
  await expect(startDirectory(undefined, session(begun, last))).rejects.toMatchObject({
    code: "directory_unusable",
    message: expect.stringMatching(words),
  });
});

test("nothing takes the place of the directory that was asked for, and nothing is guessed of an unknown session", async () => {
  const refused = startDirectory(join(folder, "gone"), session("begun", "last"));
  await expect(refused).rejects.toMatchObject({ code: "directory_unusable" });
  await expect(startDirectory(undefined, undefined)).rejects.toMatchObject({ code: "not_found" });
});
