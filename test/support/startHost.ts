/**
 * The real headless host as a child process.
 * Owns that one process; knows nothing about sessions, pages or the scripted API.
 * Invariants: the promise resolves only once the host has said where it is; nothing of the environment but what is
 * given reaches it; its stderr is always drained.
 */
import { HOST_NODE_FLAGS } from "../../electron/launch/hostNodeFlags.ts";
import { builtHost } from "../../electron/launch/paths.ts";
import { announcementSchema, type HostAnnouncement } from "../../electron/launch/startHost.ts";
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface StartHostOptions {
  /** The whole environment of the host and, through it, of the CLI: `ClaudeEnvironment.env`. */
  readonly env: Readonly<Record<string, string>>;
  /** Starting again with the same directory (and port) is a restart. */
  readonly dataDir: string;
  /** The CLI to run. */
  readonly claudePath: string;
  /** 0, any free one, when missing. */
  readonly port?: number;
  readonly maxSessions?: number;
  /** Runs what `npm run serve` does, which must be built before; from source when missing. */
  readonly isBuilt?: boolean;
  /** Opens the page in the person's browser. */
  readonly open?: boolean;
}

export interface HostAnswer {
  readonly status: number;
  /** The parsed body. */
  readonly body: unknown;
}

export interface StartedHost {
  /** Without the token and without a slash at the end. */
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly pid: number;
  /** The address that opens the page with its token. */
  readonly pageUrl: string;
  /** Asks at the REST door; `path` is below `/api/v1`. */
  readonly request: (method: string, path: string, body?: unknown) => Promise<HostAnswer>;
  /** SIGTERM, then waits for the end. Harmless when it is gone already. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, then waits for the end. */
  readonly kill: () => Promise<void>;
  /** The newest of what it wrote to stderr. */
  readonly stderrTail: () => string;
}

const sourceEntry = fileURLToPath(new URL("../../electron/headless.ts", import.meta.url));

/** Enough of stderr to say why a host did not start. */
const MAX_STDERR_CHARS = 64 * 1024;

/** Throws with the host's own words when it ends before it is ready. */
export async function startHost(options: StartHostOptions): Promise<StartedHost> {
  const entry = options.isBuilt === true ? fileURLToPath(builtHost) : sourceEntry;
  const child = spawn(process.execPath, [...HOST_NODE_FLAGS, entry, ...hostArguments(options)], {
    env: { ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl+C in a terminal goes to the whole process group; the host is to hear of the end once, from its owner.
    detached: true,
  });
  const stderrTail = keepTail(child);
  const gone = goneOf(child);
  const { url, token, pid } = await Promise.race([
    readAnnouncement(child),
    gone.then(() => Promise.reject(new Error(`The host ended before it was ready: ${stderrTail()}`))),
  ]);
  async function end(signal: NodeJS.Signals): Promise<void> {
    child.kill(signal);
    await gone;
  }
  return {
    url,
    token,
    pid,
    port: Number(new URL(url).port),
    pageUrl: `${url}/#token=${token}`,
    request: (method, path, body) => askHost({ url, token }, { method, path, body }),
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    stderrTail,
  };
}

function hostArguments(options: StartHostOptions): readonly string[] {
  const { dataDir, claudePath, port = 0, maxSessions, open = false } = options;
  const limit = maxSessions === undefined ? [] : ["--max-sessions", String(maxSessions)];
  const opening = open ? ["--open"] : [];
  return ["--port", String(port), "--json", "--data-dir", dataDir, "--claude", claudePath, ...limit, ...opening];
}

/** Resolves with the line that tells where the host is, and goes on draining stdout; never resolves without one. */
function readAnnouncement(child: ChildProcess): Promise<HostAnnouncement> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).once("line", (line) => {
      child.stdout?.resume();
      try {
        resolve(announcementSchema.parse(JSON.parse(line)));
      } catch (error) {
        reject(new Error(`The host said something unexpected: ${line}`, { cause: error }));
      }
    });
  });
}

function goneOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => resolve());
  });
}

function keepTail(child: ChildProcess): () => string {
  let tail = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    tail = (tail + text).slice(-MAX_STDERR_CHARS);
  });
  return () => tail;
}

async function askHost(
  host: { readonly url: string; readonly token: string },
  ask: { readonly method: string; readonly path: string; readonly body: unknown },
): Promise<HostAnswer> {
  const content =
    ask.body === undefined ? {} : { body: JSON.stringify(ask.body), headers: { "content-type": "application/json" } };
  const response = await fetch(`${host.url}/api/v1${ask.path}`, {
    method: ask.method,
    ...content,
    headers: { ...content.headers, authorization: `Bearer ${host.token}` },
  });
  return { status: response.status, body: await response.json() };
}
