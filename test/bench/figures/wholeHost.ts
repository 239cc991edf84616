/**
 * The part of `first_index` that measures a whole host, as `npm run serve` starts it: what it does beside indexing (listing
 * its sessions, its page, its clients) and the search that it builds afterwards are in it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { HOST_NODE_FLAGS } from "../../../electron/launch/hostNodeFlags.ts";
import { projectRoot } from "../../../electron/launch/paths.ts";
import { announcementOf } from "../host/announcement.ts";
import { connectHost, type HostClient } from "../host/hostClient.ts";
import { readProcessMemory } from "../host/processMemory.ts";
import { untilIndexed } from "../host/untilIndexed.ts";
import { millisecondsBetween, now } from "../measure.ts";

const serveScript = join(projectRoot, "electron", "launch", "serve.mjs");

const LOOK_MS = 200;

/** What ends with the building of the search, a thread above all, has ended by then. */
const SETTLE_MS = 2000;

export interface HostStart {
  /** From its start until it says where it is. */
  readonly toldMs: number;
  /** From then until its index is ready. */
  readonly readyMs: number;
  readonly peakMb: number;
  /** With the search built, and at rest. */
  readonly restMb: number;
}

export interface HostPlace {
  /** The configuration folder that it reads. */
  readonly config: string;
  readonly home: string;
  /** What an earlier start left there makes this one the next. */
  readonly dataDir: string;
}

/** Starts a host, waits until it has done all that there is to do, and ends it. */
export async function startWholeHost({ config, home, dataDir }: HostPlace): Promise<HostStart> {
  const beganNs = now();
  const child = spawn(
    process.execPath,
    [...HOST_NODE_FLAGS, serveScript, "--port", "0", "--data-dir", dataDir, "--json", "--log-level", "warn"],
    {
      cwd: projectRoot,
      env: { PATH: process.env["PATH"] ?? "", HOME: home, CLAUDE_CONFIG_DIR: config },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const exited = once(child, "exit");
  try {
    const { pid, ...address } = await announcementOf(child);
    const toldNs = now();
    const client = await connectHost(address);
    await untilIndexed(client);
    const readyNs = now();
    await untilSearched(client);
    await wait(SETTLE_MS);
    const { rssMb, peakMb } = await readProcessMemory(pid);
    client.close();
    const [toldMs, readyMs] = [millisecondsBetween(beganNs, toldNs), millisecondsBetween(toldNs, readyNs)];
    return { toldMs, readyMs, peakMb, restMb: rssMb };
  } finally {
    child.kill("SIGTERM");
    await exited;
  }
}

async function untilSearched(client: HostClient): Promise<void> {
  for (;;) {
    const { search } = await client.request("host.get", {});
    if (search.state === "ready") return;
    if (search.problem !== null) throw new Error(search.problem);
    await wait(LOOK_MS);
  }
}
