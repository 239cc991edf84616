/** The index over folders that links lead to, and that come and go while it watches. */
import { appendFile, mkdir, mkdtemp, realpath, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sessionFactsSchema } from "../../electron/engine/transcripts/sessionFacts.ts";
import { untilPasses } from "../support/untilPasses.ts";
import { type IndexUnderTest, openIndexUnderTest } from "./transcriptIndexUnderTest.ts";
import { userLine } from "./transcriptRecords.ts";

const SOON = { timeout: 3000, interval: 20 };

let folder: string;
let root: string;
let one: IndexUnderTest;
let told: string[];

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "switchboard-folders-")));
  root = join(folder, "claude");
  await mkdir(root);
  told = [];
  one = await openIndexUnderTest({ roots: [root], onFilesChanged: (paths) => void told.push(...paths) });
});

afterEach(async () => {
  await one.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(path: string, content: string): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
  return full;
}

function facts(sessionId: string) {
  return sessionFactsSchema.parse(JSON.parse(one.index.read.session(sessionId)?.facts ?? "null"));
}

const turns = (sessionId: string, turnCount: number): Promise<void> =>
  untilPasses(async () => expect(facts(sessionId)).toMatchObject({ turnCount, isGone: false }), SOON);

test("what changes in folders that links lead to is read, and told by the paths that are listed", async () => {
  const [far, linked] = [await put("disk/-far/s1.jsonl", userLine("far")), join(root, "projects/-far/s1.jsonl")];
  await put("claude/projects/-w/s2.jsonl", userLine("near"));
  await symlink(join(folder, "disk/-far"), join(root, "projects/-far"));
  await symlink(join(root, "projects"), join(root, "projects/-loop"));
  await symlink("-self", join(root, "projects/-self"));
  await one.index.watch();
  await one.index.scan();
  expect(facts("s1").transcriptPath).toBe(linked);
  await appendFile(far, userLine("more"));
  await turns("s1", 2);
  await put("disk/-far/s3.jsonl", userLine("new"));
  await turns("s3", 1);
  await put("disk/-far/s1/subagents/agent-a.jsonl", userLine("sub", { sessionId: "s1", isSidechain: true }));
  await untilPasses(async () => expect(facts("s1").subagentCount).toBe(1), SOON);
  expect(told.every((path) => path.startsWith(join(root, "projects/-far/")))).toBe(true);
  await appendFile(join(root, "projects/-w/s2.jsonl"), userLine("more"));
  await turns("s2", 2);
  const paths = one.store.fileStates().map(({ path }) => path.slice(join(root, "projects").length));
  expect(paths.toSorted()).toEqual([
    "/-far/s1.jsonl",
    "/-far/s1/subagents/agent-a.jsonl",
    "/-far/s3.jsonl",
    "/-w/s2.jsonl",
  ]);
});

test("a projects folder that is a link is followed", async () => {
  const far = await put("disk/projects/-w/s1.jsonl", userLine("far"));
  await symlink(join(folder, "disk/projects"), join(root, "projects"));
  await one.index.watch();
  await one.index.scan();
  await appendFile(far, userLine("more"));
  await turns("s1", 2);
  expect(facts("s1").transcriptPath).toBe(join(root, "projects/-w/s1.jsonl"));
});

test("a link that is added while watching is followed, and one that is removed takes its sessions with it", async () => {
  const far = await put("disk/-far/s1.jsonl", userLine("far"));
  await put("claude/projects/-w/s2.jsonl", userLine("near"));
  await one.index.watch();
  await one.index.scan();
  await symlink(join(folder, "disk/-far"), join(root, "projects/-far"));
  await turns("s1", 1);
  await appendFile(far, userLine("more"));
  await turns("s1", 2);
  await unlink(join(root, "projects/-far"));
  await untilPasses(async () => expect(facts("s1").isGone).toBe(true), SOON);
  expect(one.index.notices()).toEqual([]);
});

test("a projects folder that is away while the host runs takes nothing with it, is told of, and is read when it is back", async () => {
  const path = await put("claude/projects/-w/s1.jsonl", userLine("kept"));
  await put("claude/projects/-v/s2.jsonl", userLine("kept too"));
  await one.index.watch();
  await one.index.scan();
  const projects = join(root, "projects");
  await rename(projects, `${projects}-away`);
  await untilPasses(
    async () =>
      expect(one.index.notices()).toEqual([expect.stringMatching(new RegExp(`^${projects} is away, or empty: `, "u"))]),
    SOON,
  );
  expect([facts("s1").isGone, facts("s2").isGone]).toEqual([false, false]);
  await rename(`${projects}-away`, projects);
  await one.index.scan();
  await untilPasses(async () => expect(one.index.notices()).toEqual([]), SOON);
  await appendFile(path, userLine("more"));
  await turns("s1", 2);
  await rm(path);
  await untilPasses(async () => expect(facts("s1").isGone).toBe(true), SOON);
});

test("what is left of a disk that was mounted there, and a link whose end is away, take nothing with them", async () => {
  await put("claude/projects/-w/s1.jsonl", userLine("kept"));
  await put("disk/-far/s2.jsonl", userLine("far"));
  await symlink(join(folder, "disk/-far"), join(root, "projects/-far"));
  await one.index.watch();
  await one.index.scan();
  await rename(join(folder, "disk"), join(folder, "disk-away"));
  await one.index.scan();
  await untilPasses(
    async () => expect(one.index.notices()).toEqual([expect.stringContaining(join(root, "projects/-far"))]),
    SOON,
  );
  await rename(join(root, "projects/-w"), join(folder, "-w"));
  await untilPasses(async () => expect(facts("s1").isGone).toBe(true), SOON);
  expect(facts("s2").isGone).toBe(false);
  await rename(join(folder, "disk-away"), join(folder, "disk"));
  await one.index.scan();
  await untilPasses(async () => expect(one.index.notices()).toEqual([]), SOON);
  await appendFile(join(folder, "disk/-far/s2.jsonl"), userLine("more"));
  await turns("s2", 2);
});

test("a root that is away is told of, also after a restart", async () => {
  await put("claude/projects/-w/s1.jsonl", userLine("kept"));
  await one.index.watch();
  await one.index.scan();
  await rename(root, `${root}-away`);
  const expectAway = () =>
    untilPasses(
      async () => expect(one.index.notices()).toEqual([expect.stringContaining(`${root}/projects is away`)]),
      SOON,
    );
  await one.index.scan();
  await expectAway();
  expect(facts("s1").isGone).toBe(false);
  await rename(`${root}-away`, root);
  await one.index.scan();
  await untilPasses(async () => expect(one.index.notices()).toEqual([]), SOON);
});
