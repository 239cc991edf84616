import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claudeCandidates } from "../../../../../electron/engine/claude/claudeCandidates.ts";
import { isSupportedVersion, parseClaudeVersion } from "../../../../../electron/engine/claude/claudeVersion.ts";
import { locateClaude } from "../../../../../electron/engine/claude/locateClaude.ts";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "switchboard-locate-"));
});

afterEach(() => rm(home, { recursive: true, force: true }));

/** A stand-in for the CLI that prints the given version. */
async function install(path: string, script: string, mode = 0o755): Promise<string> {
  const file = join(home, path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, mode);
  return file;
}

const current = 'echo "2.1.329 (Claude Code)"';

test("a chosen path is taken, before CLAUDE_PATH and PATH", async () => {
  const chosen = await install("chosen/claude-next", current);
  await install("bin/claude", current);
  const environment = { PATH: join(home, "bin"), CLAUDE_PATH: "/nowhere" };
  expect(await locateClaude({ explicitPath: chosen, environment, home })).toEqual({
    ok: true,
    path: chosen,
    version: "2.1.329",
    command: { file: chosen },
  });
});

test("CLAUDE_PATH comes before PATH", async () => {
  const chosen = await install("chosen/claude", current);
  await install("bin/claude", current);
  const environment = { PATH: join(home, "bin"), CLAUDE_PATH: chosen };
  expect(await locateClaude({ environment, home })).toMatchObject({ ok: true, path: chosen });
});

test("PATH comes before the usual install places", async () => {
  await install(".local/bin/claude", current);
  const onPath = await install("bin/claude", current);
  expect(await locateClaude({ environment: { PATH: join(home, "bin") }, home })).toMatchObject({ path: onPath });
});

test("the usual install places are looked at when PATH has none", async () => {
  const local = await install(".claude/local/claude", current);
  expect(await locateClaude({ environment: { PATH: "" }, home })).toMatchObject({ ok: true, path: local });
});

test("one that does not work is passed over for one that does", async () => {
  await install("old/claude", 'echo "2.0.14 (Claude Code)"');
  const good = await install("new/claude", current);
  const environment = { PATH: `${join(home, "old")}:${join(home, "new")}` };
  expect(await locateClaude({ environment, home })).toMatchObject({ ok: true, path: good });
});

test.each([
  ["too_old", 'echo "2.0.99 (Claude Code)"', 0o755, /2\.0\.99.*2\.1\.0/u],
  ["not_executable", current, 0o644, /not an executable file/u],
  ["broken", 'echo "cannot load library" >&2; exit 3', 0o755, /exit code 3: cannot load library/u],
  ["broken", "echo hello", 0o755, /exit code 0/u],
])("problem %s", async (code, script, mode, message) => {
  const explicitPath = await install("claude", script, mode);
  const located = await locateClaude({ explicitPath, environment: {}, home });
  expect(located).toEqual({ ok: false, problem: { code, message: expect.stringMatching(message) } });
});

test("a chosen path that is not there is said to be missing, and nothing else is taken", async () => {
  await install(".local/bin/claude", current);
  const located = await locateClaude({ explicitPath: join(home, "gone"), environment: { PATH: "" }, home });
  expect(located).toEqual({ ok: false, problem: { code: "missing", message: expect.stringContaining("gone") } });
});

test("a directory is not an executable", async () => {
  expect(await locateClaude({ explicitPath: home, environment: {}, home })).toMatchObject({
    problem: { code: "not_executable" },
  });
});

test("candidates: POSIX, once each, no relative entry of PATH", () => {
  const environment = { PATH: "/usr/bin::bin:./node_modules/.bin:/opt/x", npm_config_prefix: "/npm" };
  const candidates = claudeCandidates({ platform: "linux", environment, home: "/home/dev" });
  expect(candidates.slice(0, 3)).toEqual(["/usr/bin/claude", "/opt/x/claude", "/home/dev/.local/bin/claude"]);
  expect(candidates).toContain("/npm/bin/claude");
  expect(new Set(candidates).size).toBe(candidates.length);
  expect(candidates.every((path) => path.startsWith("/"))).toBe(true);
});

test("candidates: Windows, with shims, quotes and any case of names", () => {
  const environment = { Path: '"C:\\Tools";D:\\bin', AppData: "C:\\Users\\dev\\AppData\\Roaming" };
  const candidates = claudeCandidates({ platform: "win32", environment, home: "C:\\Users\\dev" });
  expect(candidates.slice(0, 4)).toEqual([
    "C:\\Tools\\claude.exe",
    "C:\\Tools\\claude.cmd",
    "C:\\Tools\\claude.bat",
    "D:\\bin\\claude.exe",
  ]);
  expect(candidates).toContain("C:\\Users\\dev\\AppData\\Roaming\\npm\\claude.cmd");
});

test.each([
  ["2.1.329 (Claude Code)\n", "2.1.329"],
  ["3.0.0-beta.1 (Claude Code)", "3.0.0-beta.1"],
  ["claude: command not found", null],
])("version in %j", (output, version) => {
  expect(parseClaudeVersion(output)).toBe(version);
});

test.each([
  ["2.1.0", true],
  ["2.1.329", true],
  ["2.10.0", true],
  ["10.0.0", true],
  ["3.0.0-beta.1", true],
  ["2.0.999", false],
  ["1.9.9", false],
])("version %s supported: %s", (version, supported) => {
  expect(isSupportedVersion(version)).toBe(supported);
});
