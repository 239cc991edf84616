/**
 * Runs the real headless host, as it is built, as a process of its own, with a throw-away home and data directory, for one
 * figure. `bench.ts` has built it.
 * Invariant: when `withHost` settles, the host has ended and its directories are gone.
 */
import { HOST_NODE_FLAGS } from "../../../electron/launch/hostNodeFlags.ts";
import { builtHost } from "../../../electron/launch/paths.ts";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { announcementOf } from "./announcement.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../../support/claudeEnvironment.ts";

const headlessEntry = fileURLToPath(builtHost);

/** Where no API answers: for children that are not the real CLI. */
const NO_API = "http://127.0.0.1:9";

export type BenchHost = {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
  /** The home, project directories and environment of the host and its children. */
  readonly environment: ClaudeEnvironment;
  /** Ends the host as a service manager would, and waits for it. */
  readonly stop: () => Promise<void>;
};

export type HostOptions = {
  readonly claudePath: string;
  /** The scripted API, for the real CLI. */
  readonly apiUrl?: string;
  /** Added to the environment of the host and its children; gets the home, to place files in. */
  readonly env?: (home: string) => Readonly<Record<string, string>>;
  /** Arguments of Node itself, e.g. `--import`. */
  readonly nodeArguments?: readonly string[];
  /** Places what the host shall find, before it starts. */
  readonly prepare?: (environment: ClaudeEnvironment) => void | Promise<void>;
};

export async function withHost(options: HostOptions, measure: (host: BenchHost) => Promise<void>): Promise<void> {
  const environment = await createClaudeEnvironment({ apiUrl: options.apiUrl ?? NO_API });
  try {
    await options.prepare?.(environment);
    const host = await startHost(options, environment);
    try {
      await measure(host);
    } finally {
      await host.stop();
    }
  } finally {
    await rm(environment.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function startHost(options: HostOptions, environment: ClaudeEnvironment): Promise<BenchHost> {
  const dataDir = join(environment.home, "switchboard");
  const args = ["--port", "0", "--data-dir", dataDir, "--claude", options.claudePath, "--json", "--log-level", "warn"];
  const env = { ...environment.env, PATH: pathWithThisNode(), ...options.env?.(environment.home) };
  const child = spawn(
    process.execPath,
    [...HOST_NODE_FLAGS, ...(options.nodeArguments ?? []), headlessEntry, ...args],
    {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const exited = once(child, "exit");
  const { url, token, pid } = await announcementOf(child);
  return {
    pid,
    url,
    token,
    environment,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** The fake `claude` is started by its first line, `#!/usr/bin/env node`. */
function pathWithThisNode(): string {
  return [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
}
