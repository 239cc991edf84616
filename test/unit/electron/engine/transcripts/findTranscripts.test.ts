import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configRootCandidates, existingFolders } from "../../../../../electron/engine/transcripts/configRoots.ts";
import { findTranscript, findTranscripts } from "../../../../../electron/engine/transcripts/findTranscripts.ts";
import { leadsToTranscripts, placeOf } from "../../../../../electron/engine/transcripts/transcriptPlace.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "switchboard-find-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, seconds: number): Promise<string> {
  const full = join(root, "projects", path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, "{}\n");
  await utimes(full, seconds, seconds);
  return full;
}

describe("where transcripts are", () => {
  it.each([
    ["-p/s1.jsonl", { kind: "main", sessionId: "s1" }],
    ["-p/agent-a1.jsonl", { kind: "subagent", sessionId: null }],
    ["-p/s1/subagents/agent-a1.jsonl", { kind: "subagent", sessionId: "s1" }],
    ["-p/s1/subagents/workflows/run/agent-a1.jsonl", { kind: "subagent", sessionId: "s1" }],
    ["-p/s1/old.jsonl", { kind: "part", sessionId: "s1" }],
    ["-p/s1/subagents/agent-a1.meta.json", null],
    ["-p/s1/subagents/journal.jsonl", null],
    ["-p/s1/tool-results/x.jsonl", null],
    ["-p", null],
  ])("%s", (path, place) => {
    expect(placeOf(path.split("/"))).toEqual(place);
  });

  it.each([
    ["", true],
    ["-p", true],
    ["-p/s1", true],
    ["-p/memory", false],
    ["-p/s1/subagents", true],
    ["-p/s1/subagents/workflows/run", true],
    ["-p/s1/tool-results", false],
    [`-p/s1/subagents${"/deep".repeat(20)}`, false],
  ])("below %j: %s", (path, leads) => {
    expect(leadsToTranscripts(path === "" ? [] : path.split("/"))).toBe(leads);
  });

  it("lists a project that a link leads to by the link, unless it has a name of its own below a root", async () => {
    const [own, far] = [await put("-z/s1.jsonl", 100), join(root, "far")];
    await mkdir(far);
    await writeFile(join(far, "s2.jsonl"), "{}\n");
    await writeFile(join(root, "note"), "");
    for (const [target, name] of [
      [join(root, "projects", "-z"), "-a"],
      [far, "-far"],
      [far, "-other"],
      [join(root, "note"), "-note"],
      [join(root, "nowhere"), "-nowhere"],
      [join(root, "projects"), "-loop"],
    ] as const)
      await symlink(target, join(root, "projects", name));
    const { files, folders, problems } = await findTranscripts([root]);
    const linked = join(root, "projects", "-far");
    expect(files.map(({ path }) => path).toSorted()).toEqual([join(linked, "s2.jsonl"), own]);
    expect(folders).toEqual([
      { listed: join(root, "projects"), real: join(root, "projects"), parts: [] },
      { listed: linked, real: far, parts: ["-far"] },
    ]);
    expect(problems).toEqual([{ path: join(root, "projects", "-nowhere"), code: "ENOENT" }]);
  });

  it("lists them newest first, each once, and ends in a loop of links", async () => {
    const main = await put("-p/s1.jsonl", 100);
    const agent = await put("-p/s1/subagents/deep/agent-a.jsonl", 300);
    const legacy = await put("-q/agent-b.jsonl", 200);
    await put("-q/s2/tool-results/deep/x.jsonl", 400);
    await symlink(join(root, "projects"), join(root, "projects", "-p", "s1", "subagents", "loop"));
    await symlink(join(root, "projects", "-p"), join(root, "projects", "-again"));
    await mkdir(join(root, "projects", "-q", "folder.jsonl"));
    const { files, problems } = await findTranscripts([root, join(root, "nowhere")]);
    expect(files.map(({ kind, sessionId, modifiedMs }) => [kind, sessionId, modifiedMs / 1000])).toEqual([
      ["subagent", "s1", 300],
      ["subagent", null, 200],
      ["main", "s1", 100],
    ]);
    expect(files.map(({ path }) => path).toSorted()).toEqual(expect.arrayContaining([legacy]));
    expect(problems).toEqual([{ path: join(root, "projects", "-q", "folder.jsonl"), code: "EISDIR" }]);
    expect(await findTranscript([root], main)).toMatchObject({ kind: "main", sessionId: "s1" });
    expect(await findTranscript([root], agent)).toMatchObject({ kind: "subagent", sessionId: "s1" });
    expect(await findTranscript([root], join(root, "projects", "-p", "gone.jsonl"))).toBeNull();
    expect(await findTranscript([root], "/etc/passwd.jsonl")).toBeNull();
  });
});

describe("configuration folders", () => {
  it.each([
    [{}, [], ["/h/.claude", "/h/.config/claude"]],
    [{ XDG_CONFIG_HOME: "/x" }, [], ["/h/.claude", "/x/claude"]],
    [{ CLAUDE_CONFIG_DIR: "/a, /b/projects ,~/c", XDG_CONFIG_HOME: "/x" }, ["/more"], ["/a", "/b", "/h/c", "/more"]],
    [{ CLAUDE_CONFIG_DIR: "" }, [], ["/h/.claude", "/h/.config/claude"]],
  ])("%j", (environment, extraRoots, candidates) => {
    expect(configRootCandidates({ environment, home: "/h", extraRoots })).toEqual(candidates);
  });

  it("are those that exist", async () => {
    await symlink(root, `${root}-link`);
    await writeFile(join(root, "file"), "");
    const [link, none] = [`${root}-link`, join(root, "none")];
    expect(await existingFolders([root, link, join(root, "file"), none])).toEqual([root, link]);
    await rm(link);
  });
});
