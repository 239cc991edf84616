import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";

/** The headless entry as a process of its own, the way a person starts it. */
const ENTRY = fileURLToPath(new URL("../../electron/headless.ts", import.meta.url));
const children: ChildProcess[] = [];
let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "switchboard-headless-"));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  await rm(home, { recursive: true });
});

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [ENTRY, "--data-dir", path.join(home, "data"), ...args], {
    env: { PATH: process.env["PATH"], HOME: home, CLAUDE_CONFIG_DIR: path.join(home, "claude") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const exited = once(child, "exit").then(([code]) => Number(code));
  return { child, exited, stderr: text(child.stderr) };
}

async function firstLine(child: ReturnType<typeof start>["child"]): Promise<string> {
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return String(line);
}

async function statusOf(url: string, token: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/host`, { headers: { authorization: `Bearer ${token}` } });
  return response.status;
}

it.each(["SIGTERM", "SIGINT"] as const)(
  "says where it is in one line, serves, and ends in order on %s",
  async (signal) => {
    const { child, exited } = start("--port", "0", "--json");
    const said: { url: string; token: string; pid: number } = JSON.parse(await firstLine(child));
    expect(said).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      token: expect.any(String),
      pid: child.pid,
    });
    expect(await statusOf(said.url, said.token)).toBe(200);
    child.kill(signal);
    expect(await exited).toBe(0);
  },
);

it("gives a person the address that opens the page signed in", async () => {
  const { child } = start("--port", "0");
  const address = /http:\S+$/.exec(await firstLine(child))?.[0] ?? "";
  const { origin, hash } = new URL(address);
  expect(await statusOf(origin, hash.replace("#token=", ""))).toBe(200);
});

it("says that its port is in use, and ends", async () => {
  const first = start("--port", "0", "--json");
  const said: { url: string } = JSON.parse(await firstLine(first.child));
  const second = start("--port", new URL(said.url).port, "--data-dir", path.join(home, "other"));
  expect([await second.exited, await second.stderr]).toEqual([1, expect.stringMatching(/^Port \d+ is in use\./)]);
});

it.each([
  [["--port", "70000"], "whole number"],
  [["--shout"], "unknown option"],
])("refuses %j in words", async (args, words) => {
  const { exited, stderr } = start(...args);
  expect([await exited, await stderr]).toEqual([1, expect.stringContaining(words)]);
});

it("says that nothing can be kept in its data directory, in one line, and ends", async () => {
  const file = path.join(home, "file");
  await writeFile(file, "");
  const started = start("--port", "0", "--data-dir", file);
  expect([await started.exited, await started.stderr]).toEqual([
    1,
    expect.stringMatching(/^Switchboard cannot keep its data in \S+: EEXIST\. Check .*--data-dir\.\n$/u),
  ]);
});
