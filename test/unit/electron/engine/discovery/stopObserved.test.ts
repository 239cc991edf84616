import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { readStartIdentities, readStartIdentity } from "../../../../../electron/engine/claude/processIdentity.ts";
import { stopObserved, type StopOutcome } from "../../../../../electron/engine/discovery/stopObserved.ts";

/** A process as the system shows it: the identity that it has, and what signals do to it. */
function scripted(first: string | null, onSignal: Readonly<Record<string, string | null | Error>> = {}) {
  let identity = first;
  const sent: string[] = [];
  return {
    sent,
    readStartIdentities: (pids: readonly number[]) =>
      Promise.resolve(new Map(identity === null ? [] : pids.map((pid) => [pid, identity ?? ""] as const))),
    signal: (_pid: number, name: string) => {
      sent.push(name);
      const effect = onSignal[name];
      if (effect instanceof Error) throw effect;
      if (effect !== undefined) identity = effect;
    },
    wait: () => Promise.resolve(),
  };
}

const failing = (code: string) => Object.assign(new Error(code), { code });

test.each<readonly [string, ReturnType<typeof scripted>, StopOutcome, readonly string[]]>([
  ["ends when told", scripted("a", { SIGTERM: null }), "ended", ["SIGTERM"]],
  ["is killed when it does not listen", scripted("a", { SIGKILL: null }), "ended", ["SIGTERM", "SIGKILL"]],
  ["cannot be ended", scripted("a"), "still_running", ["SIGTERM", "SIGKILL"]],
  ["is gone already", scripted(null), "already_gone", []],
  ["is another by now", scripted("b"), "not_the_same", []],
  ["makes room for another, which is left alone", scripted("a", { SIGTERM: "b" }), "ended", ["SIGTERM"]],
  ["belongs to somebody else", scripted("a", { SIGTERM: failing("EPERM") }), "not_permitted", ["SIGTERM"]],
  [
    "ends between look and signal",
    scripted("a", { SIGTERM: failing("ESRCH"), SIGKILL: null }),
    "ended",
    ["SIGTERM", "SIGKILL"],
  ],
])("a process that %s", async (_name, system, outcome, sent) => {
  expect(await stopObserved({ pid: 7, startIdentity: "a" }, system)).toBe(outcome);
  expect(system.sent).toEqual(sent);
});

test.skipIf(process.platform === "win32")("a real process", async () => {
  const child = spawn("sleep", ["600"], { stdio: "ignore" });
  const exited = once(child, "exit");
  const pid = child.pid ?? -1;
  const startIdentity = (await readStartIdentity(pid)) ?? "";
  expect(startIdentity).not.toBe("");

  expect(await stopObserved({ pid, startIdentity: "another" }, { readStartIdentities })).toBe("not_the_same");
  expect(child.exitCode).toBeNull();
  expect(await stopObserved({ pid, startIdentity }, { readStartIdentities })).toBe("ended");
  expect(await exited).toEqual([null, "SIGTERM"]);
  expect(await stopObserved({ pid, startIdentity }, { readStartIdentities })).toBe("already_gone");
});
