/** Starts the headless host as a child and waits for the line that tells where it is. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { HOST_NODE_FLAGS } from "./hostNodeFlags.ts";
import { projectRoot } from "./paths.ts";

const serveScript = fileURLToPath(new URL("serve.mjs", import.meta.url));

/** The one line that a host with `--json` prints when it is ready to be used. */
export const announcementSchema = z.object({ url: z.string(), token: z.string(), pid: z.number() });
export type HostAnnouncement = Readonly<z.infer<typeof announcementSchema>>;

export interface StartedHost {
  readonly child: ChildProcess;
  /** Null when the host ended before it said where it is. */
  readonly announcement: HostAnnouncement | null;
}

export interface StartHostOptions {
  /** The headless host's own arguments. */
  readonly args: readonly string[];
  /** Node's own arguments, e.g. to start again on a change. */
  readonly nodeArgs?: readonly string[];
  /** True when the page comes from somewhere else. */
  readonly skipBuild?: boolean;
}

/** The host ends with this process. Its stderr is ours. */
export async function startHost({ args, nodeArgs = [], skipBuild = false }: StartHostOptions): Promise<StartedHost> {
  const child = spawn(process.execPath, [...HOST_NODE_FLAGS, ...nodeArgs, serveScript, ...args, "--json"], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, SWITCHBOARD_EXIT_WITH_PARENT: "1", SWITCHBOARD_SKIP_BUILD: skipBuild ? "1" : "" },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const announcement = readAnnouncement(line);
    if (announcement === null) continue;
    child.stdout.resume();
    return { child, announcement };
  }
  return { child, announcement: null };
}

function readAnnouncement(line: string): HostAnnouncement | null {
  try {
    return announcementSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
