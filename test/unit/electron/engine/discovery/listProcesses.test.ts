import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readStartIdentities, readStartIdentity } from "../../../../../electron/engine/claude/processIdentity.ts";
import { createProcessList } from "../../../../../electron/engine/discovery/listProcesses.ts";

const onPosix = process.platform !== "win32";

test.runIf(onPosix)("a process called claude is listed, another only when asked for", async () => {
  const cwd = await realpath(await mkdtemp(join(tmpdir(), "switchboard-processes-")));
  const claude = spawn("sleep", ["600"], { argv0: "claude", cwd, stdio: "ignore" });
  const other = spawn("sleep", ["600"], { stdio: "ignore" });
  const [pid = -1, otherPid = -1] = [claude.pid, other.pid];
  const { list } = createProcessList({ readStartIdentities });

  const found = await list([]);
  expect(found.find((process) => process.pid === pid)).toEqual({
    pid,
    parentPid: process.pid,
    argv: ["claude", "600"],
    cwd,
    tty: expect.toSatisfy((tty) => tty === null || typeof tty === "string"),
    startedAt: expect.any(Number),
    memoryBytes: expect.any(Number),
    cpuPercent: expect.any(Number),
    startIdentity: await readStartIdentity(pid),
  });
  expect(found.map((process) => process.pid)).not.toContain(otherPid);
  expect((await list([otherPid, 999_999])).map((process) => process.pid)).toEqual(
    expect.arrayContaining([pid, otherPid]),
  );

  claude.kill("SIGKILL");
  other.kill("SIGKILL");
  await Promise.all([once(claude, "exit"), once(other, "exit")]);
  expect((await list([pid, otherPid])).filter((process) => [pid, otherPid].includes(process.pid))).toEqual([]);
  await rm(cwd, { recursive: true });
});

test.runIf(process.platform === "linux")("where there is no ps, /proc is enough", async () => {
  const claude = spawn("sleep", ["600"], { argv0: "claude", stdio: "ignore" });
  vi.stubEnv("PATH", "/nonexistent");
  const found = await createProcessList({ readStartIdentities }).list([]);
  vi.unstubAllEnvs();
  claude.kill("SIGKILL");
  await once(claude, "exit");
  expect(found.map(({ pid }) => pid)).toContain(claude.pid);
});
