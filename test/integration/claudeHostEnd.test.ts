/** However the host ends, none of its children is left running. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { isSameProcess, readStartIdentity } from "../../electron/engine/claude/processIdentity.ts";
import { startReaper } from "../../electron/engine/claude/reaper.ts";
import { endProcessTrees } from "../../electron/engine/claude/stopProcess.ts";
import { fakePath, testFolder, waitUntilGone } from "./recordedProcess.ts";

const engine = new URL("../../electron/engine/claude/", import.meta.url);

/** A host of its own process that starts a fake and a reaper and prints who runs. */
function hostProgram(fault: string): string {
  const options = {
    command: { file: process.execPath, args: [fakePath] },
    launchArguments: [],
    cwd: testFolder(),
    env: { PATH: process.env["PATH"] ?? "", FAKE_CLAUDE_FAULT: fault },
  };
  return `
    import { startClaudeProcess } from ${JSON.stringify(new URL("claudeProcess.ts", engine).href)};
    import { startReaper } from ${JSON.stringify(new URL("reaper.ts", engine).href)};
    const reaper = startReaper();
    const child = await startClaudeProcess({
      ...${JSON.stringify(options)},
      reaper,
      onMessage: (message) => {
        if (message.messageType !== "system/fake_grandchild") return;
        console.log(JSON.stringify({ child: child.pid, grandchild: JSON.parse(message.raw).pid, reaper: reaper.pid() }));
      },
      onStderr: () => undefined,
      onExit: () => undefined,
    });
    process.on("SIGUSR2", async () => { await child.stop({ graceMs: 100, termMs: 100 }); await reaper.dispose(); process.exit(0); });
    setInterval(() => undefined, 1000);`;
}

interface RunningHost {
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
  readonly pids: Readonly<Record<"child" | "grandchild" | "reaper", number>>;
}

async function startHost(fault: string): Promise<RunningHost> {
  const program = join(testFolder(), "host.mjs");
  await writeFile(program, hostProgram(fault));
  const host = spawn(process.execPath, [program], { cwd: testFolder(), stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(host, "exit");
  const [line] = await once(createInterface({ input: host.stdout }), "line");
  return {
    pids: JSON.parse(String(line)),
    kill: async (signal) => {
      host.kill(signal);
      await exited;
    },
  };
}

test.each(["SIGKILL", "SIGTERM"] as const)(
  "%s of the host leaves nothing, not even what ignores the end of its input",
  async (signal) => {
    const host = await startHost("ignoresEnd,detachedGrandchild");
    await host.kill(signal);
    await Promise.all(Object.values(host.pids).map(waitUntilGone));
    expect(Object.keys(host.pids)).toEqual(["child", "grandchild", "reaper"]);
  },
);

test("a host that ends in order takes the reaper with it", async () => {
  const host = await startHost("ignoresEnd,grandchild");
  await host.kill("SIGUSR2");
  await Promise.all(Object.values(host.pids).map(waitUntilGone));
  expect(Object.keys(host.pids)).toEqual(["child", "grandchild", "reaper"]);
});

test("a reaper that was killed is replaced, and the new one knows what to watch", async () => {
  const reaper = startReaper();
  const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {
    stdio: "ignore",
    detached: true,
  });
  const pid = bystander.pid ?? 0;
  const identity = { pid, startIdentity: (await readStartIdentity(pid)) ?? "" };
  reaper.watch(identity);
  const first = reaper.pid() ?? 0;
  process.kill(first, "SIGKILL");
  await expect.poll(() => reaper.pid(), { timeout: 20_000 }).not.toBe(first);
  await reaper.dispose();
  await waitUntilGone(pid);
});

test("a pid that somebody else has by now is left alone", async () => {
  const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const pid = bystander.pid ?? 0;
  const startIdentity = (await readStartIdentity(pid)) ?? "";
  await endProcessTrees([{ pid, startIdentity: "1" }], { termMs: 0 });
  expect(await isSameProcess({ pid, startIdentity })).toBe(true);
  const exited = once(bystander, "exit");
  bystander.kill("SIGKILL");
  await exited;
});
